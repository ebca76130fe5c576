//! `bottom_footnotes`: the notes in a list at the end of the page, with links back to the text.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::html_tags::text;

/// How a reference starts; summaries leave references out.
pub(super) const REFERENCE: &str = "<sup class=\"footnote-reference\"";

type Located<'a> = (Event<'a>, Range<usize>);

/// A page's footnotes while its events are gone through.
#[derive(Default)]
struct Notes<'a> {
    /// The names in the order in which the text refers to them, with how often it does.
    referred: Vec<(CowStr<'a>, usize)>,
    /// Indexes into `referred` by name.
    numbers: HashMap<CowStr<'a>, usize>,
    bodies: HashMap<CowStr<'a>, Vec<Located<'a>>>,
}

/// Moves the notes to the end. Those that nothing refers to are left out, as in Zola.
pub(super) fn to_bottom<'a>(events: impl Iterator<Item = Located<'a>>) -> Vec<Located<'a>> {
    let mut notes = Notes::default();
    let mut page = Vec::new();
    let mut open: Option<(CowStr<'a>, Vec<Located<'a>>)> = None;
    for (event, range) in events {
        let event = match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                open = Some((name, Vec::new()));
                continue;
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, body)) = open.take() {
                    notes.bodies.entry(name).or_insert(body);
                }
                continue;
            }
            Event::FootnoteReference(name) => notes.refer(name),
            other => other,
        };
        match &mut open {
            Some((_, body)) => body.push((event, range)),
            None => page.push((event, range)),
        }
    }
    page.extend(notes.list());
    page
}

impl<'a> Notes<'a> {
    fn refer(&mut self, name: CowStr<'a>) -> Event<'a> {
        let next = self.referred.len();
        let index = *self.numbers.entry(name.clone()).or_insert(next);
        if index == next {
            self.referred.push((name.clone(), 0));
        }
        let count = &mut self.referred[index].1;
        *count += 1;
        let id = text(&name);
        let number = index + 1;
        let html =
            format!("{REFERENCE} id=\"fr-{id}-{count}\"><a href=\"#fn-{id}\">{number}</a></sup>");
        Event::InlineHtml(html.into())
    }

    fn list(mut self) -> Vec<Located<'a>> {
        let mut items = Vec::new();
        for (name, count) in &self.referred {
            let Some(mut body) = self.bodies.remove(name) else {
                continue;
            };
            items.push(html(format!("<li id=\"fn-{}\">\n", text(name))));
            // The links back stand in the last paragraph, where there is one.
            let is_end = |(event, _): &Located<'_>| matches!(event, Event::End(TagEnd::Paragraph));
            let at = body.iter().rposition(is_end).unwrap_or(body.len());
            body.insert(
                at,
                (Event::InlineHtml(links_back(name, *count).into()), 0..0),
            );
            items.extend(body);
            items.push(html("</li>\n".to_owned()));
        }
        if !items.is_empty() {
            let start = "<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n";
            items.insert(0, html(start.to_owned()));
            items.push(html("</ol>\n</section>\n".to_owned()));
        }
        items
    }
}

fn links_back(name: &str, count: usize) -> String {
    let id = text(name);
    (1..=count)
        .map(|number| {
            let shown = match number {
                1 => String::new(),
                number => number.to_string(),
            };
            format!(" <a href=\"#fr-{id}-{number}\">↩{shown}</a>")
        })
        .collect()
}

fn html<'a>(html: String) -> Located<'a> {
    (Event::Html(html.into()), 0..0)
}
