//! Whether a page that was rewritten is still the same to what reads its Markdown next. No rule about
//! lines and marks foresees all that Markdown makes of HTML, so the result is read, and compared.

use std::iter::{self, Peekable};
use std::ops::Range;
use std::slice;

use pulldown_cmark::{Event, Parser};

use crate::page::document::Document;
use crate::page::expand::{Part, Placeholders, Replacement};
use crate::page::fences_to_blocks::{Item, SpannedItem};
use crate::page::heading_attributes;

use super::canonical::Canonical;
use super::written::{Origin, PutHtml, ReadAs, Written};

/// Where two pages begin to differ.
pub(super) struct Difference {
    /// The fence or the call that is to blame, in the source.
    pub cause: Range<usize>,
    /// What is no longer what it was, in the source.
    pub place: Option<usize>,
}

/// Where the page that `items` are begins to differ from what is read in `written`; `blocks` are where
/// its blocks stand in the source.
pub(super) fn difference(
    document: &Document<'_>,
    items: &[SpannedItem<'_>],
    blocks: &[Range<usize>],
    written: &Written<'_>,
) -> Option<Difference> {
    let mut sources = written.sources.iter();
    if sources.all(|source| is_fence_apart(&document.markdown, source)) {
        return None;
    }
    let (markdown, html) = written.as_read();
    let markdown = heading_attributes::at_the_margin(markdown, document.settings.markdown_options);
    let mut reading = Reading::new(&markdown, &html, &document.expanded.placeholders);
    let parser = Parser::new_ext(&markdown, document.settings.markdown_options);
    for (event, span) in parser.into_offset_iter() {
        reading.event(&event, span);
    }
    reading.leave(markdown.len());
    let expected = canonical(items, blocks);
    let found = reading.page.text;
    let pairs = iter::zip(expected.text.bytes(), found.bytes());
    let same = pairs
        .take_while(|(expected, found)| expected == found)
        .count();
    if same < expected.text.len().max(found.len()) {
        let place = expected.place_of(same);
        let is_before = |source: &Range<usize>| place.is_some_and(|place| source.start <= place);
        let before = written.sources.partition_point(is_before);
        let cause = written.sources[before.saturating_sub(1)].clone();
        return Some(Difference { cause, place });
    }
    reading.damaged.map(|html| Difference {
        cause: html.source.clone(),
        place: None,
    })
}

/// Whether a fence stands here that begins its line, with a blank line above and below. What goes in its place is HTML
/// on whole lines, which begins and ends nothing around it: most pages have no other, and aren't read once more.
fn is_fence_apart(markdown: &str, source: &Range<usize>) -> bool {
    let (before, rest) = markdown.split_at(source.start);
    let (fence, after) = rest.split_at(source.len());
    let begins = before.is_empty() || before.ends_with("\n\n");
    let ends = after.is_empty() || after == "\n" || after.starts_with("\n\n");
    fence.starts_with(['`', '~']) && begins && ends
}

/// The page as pyfence itself has it.
fn canonical(items: &[SpannedItem<'_>], blocks: &[Range<usize>]) -> Canonical {
    let mut page = Canonical::default();
    for SpannedItem { item, span } in items {
        page.note(span.start);
        match item {
            Item::Event(event) => page.event(event),
            Item::Html(html) => page.output(html),
            Item::Block(index) => page.block(blocks[*index].start),
        }
    }
    page
}

/// The reading of rewritten Markdown.
struct Reading<'r> {
    markdown: &'r str,
    placeholders: &'r Placeholders,
    /// The HTML that was put in and has not been passed.
    html: Peekable<slice::Iter<'r, PutHtml<'r>>>,
    /// How many bytes of the first of it have been read as HTML.
    read: usize,
    /// The first that was not read as HTML from its start to its end.
    damaged: Option<&'r PutHtml<'r>>,
    page: Canonical,
}

impl<'r> Reading<'r> {
    fn new(markdown: &'r str, html: &'r [PutHtml<'r>], placeholders: &'r Placeholders) -> Self {
        Self {
            markdown,
            placeholders,
            html: html.iter().peekable(),
            read: 0,
            damaged: None,
            page: Canonical::default(),
        }
    }

    /// An event; HTML of ours may begin, go on and end in it.
    fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        let (Event::Text(text) | Event::Html(text) | Event::InlineHtml(text)) = event else {
            self.page.event(event);
            return;
        };
        if span.is_empty() {
            // The rest of a tab, of which a mark has taken a part.
            self.page.event(event);
        }
        let mut at = span.start;
        while at < span.end {
            self.leave(at);
            let ours = self.html.peek().copied();
            let ours = ours.filter(|html| html.span.start < span.end);
            let start = ours.map_or(span.end, |html| html.span.start);
            if (at..start) == span {
                self.page.event(event);
            } else if at < start && **text == self.markdown[span.clone()] {
                self.page
                    .event(&with_text(event, &self.markdown[at..start]));
            } else if at < start {
                // A character that is written in another way can't be of both.
                self.damaged = self.damaged.or(ours);
            }
            at = at.max(start);
            if let Some(html) = ours {
                let end = html.span.end.min(span.end);
                self.ours(html, event, at..end);
                at = end;
            }
        }
    }

    /// A part of our HTML.
    fn ours(&mut self, html: &'r PutHtml<'r>, event: &Event<'_>, part: Range<usize>) {
        if self.read == 0 {
            self.show(html.origin);
        }
        self.read += part.len();
        let is_html = match event {
            Event::Html(_) => true,
            Event::InlineHtml(_) => html.read_as == ReadAs::Line,
            // A tag that Markdown doesn't know.
            _ => html.read_as == ReadAs::Line && !self.markdown[part].contains('<'),
        };
        if !is_html {
            self.damaged.get_or_insert(html);
        }
    }

    /// What the HTML is that was put in.
    fn show(&mut self, origin: Origin<'_>) {
        let output = match origin {
            Origin::Block(start) => return self.page.block(start),
            Origin::Output(output) => output,
        };
        for part in self.placeholders.parts(output) {
            match part {
                Part::Text(html) => self.page.output(html),
                Part::Placeholder(index) => self.show(match self.placeholders.replacement(index) {
                    Replacement::Html(html) => Origin::Output(html),
                    Replacement::Block { block, .. } => Origin::Block(block.span.start),
                }),
            }
        }
    }

    /// Passes our HTML that ends at `at` or before.
    fn leave(&mut self, at: usize) {
        while let Some(html) = self.html.next_if(|html| html.span.end <= at) {
            if self.read > 0 && self.read != html.length {
                self.damaged.get_or_insert(html);
            }
            self.read = 0;
        }
    }
}

/// The same event with a part of its text.
fn with_text<'t>(event: &Event<'_>, text: &'t str) -> Event<'t> {
    match event {
        Event::Html(_) => Event::Html(text.into()),
        Event::InlineHtml(_) => Event::InlineHtml(text.into()),
        _ => Event::Text(text.into()),
    }
}
