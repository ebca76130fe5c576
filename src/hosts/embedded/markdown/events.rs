//! The one pass over a page's events.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::fence_words::Worded;
use super::headings::{Heading, Ids, nest, title};
use super::html_tags::{external_link, lazy_image, opening_tag};
use super::links::{Destination, InternalLink};
use super::pipeline::{Content, Pipeline};
use super::summary::{CONTINUE, divider_in};
use crate::error::{Error, ErrorKind, Errors, nearest};
use crate::hosts::embedded::config::InsertAnchor;

/// An event and the bytes of the Markdown it comes from.
type Located<'a> = (Event<'a>, Range<usize>);

pub(super) struct Pass<'a> {
    pipeline: &'a Pipeline,
    content: &'a Content<'a>,
    input: Vec<Located<'a>>,
    ids: Ids,
    events: Vec<Event<'a>>,
    /// Where in `events` the open heading and the open lazy image start.
    heading: Option<usize>,
    image: Option<usize>,
    /// How many images are open in the description of that one.
    inner_images: usize,
    in_code: bool,
    /// How the open code ends where its tags are written here.
    code_end: Option<Event<'a>>,
    headings: Vec<Heading>,
    links: Vec<InternalLink>,
    errors: Errors,
    summary_end: Option<usize>,
}

/// What the pass leaves.
pub(super) struct Done<'a> {
    pub(super) events: Vec<Event<'a>>,
    pub(super) toc: Vec<Heading>,
    pub(super) links: Vec<InternalLink>,
    pub(super) errors: Errors,
    /// Where in `events` the summary ends.
    pub(super) summary_end: Option<usize>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        pipeline: &'a Pipeline,
        content: &'a Content<'a>,
        input: Vec<Located<'a>>,
    ) -> Self {
        Self {
            pipeline,
            content,
            ids: Ids::reserving(input.iter().map(|(event, _)| event)),
            events: Vec::with_capacity(input.len()),
            input,
            heading: None,
            image: None,
            inner_images: 0,
            in_code: false,
            code_end: None,
            headings: Vec::new(),
            links: Vec::new(),
            errors: Errors::new(),
            summary_end: None,
        }
    }

    pub(super) fn run(mut self) -> Done<'a> {
        for (event, range) in mem::take(&mut self.input) {
            self.take(event, range);
        }
        Done {
            events: self.events,
            toc: nest(self.headings),
            links: self.links,
            errors: self.errors,
            summary_end: self.summary_end,
        }
    }

    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.heading = Some(self.events.len());
                self.events.push(event);
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(event),
            Event::Start(Tag::Link { .. }) => self.start_link(event, range),
            Event::Start(Tag::Image { .. }) => self.start_image(event),
            Event::End(TagEnd::Image) => self.end_image(event),
            Event::Start(Tag::CodeBlock(kind)) => self.start_code(kind, range),
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                let end = self.code_end.take().unwrap_or(event);
                self.events.push(end);
            }
            Event::Html(html) => self.html(html, Event::Html),
            Event::InlineHtml(html) => self.html(html, Event::InlineHtml),
            other => self.events.push(other),
        }
    }

    fn start_code(&mut self, kind: CodeBlockKind<'a>, range: Range<usize>) {
        self.in_code = true;
        let worded = match &kind {
            CodeBlockKind::Fenced(info) => Worded::of(info),
            CodeBlockKind::Indented => None,
        };
        let Some(worded) = worded else {
            self.events.push(Event::Start(Tag::CodeBlock(kind)));
            return;
        };
        for word in worded.left_out() {
            let message =
                format!("the embedded engine leaves out `{word}`: it shows code as it is");
            let place = self.place_in_line(word, range.clone());
            let file = self.content.file;
            self.errors
                .push(file.warning(ErrorKind::Unsupported, message, place));
        }
        self.events.push(Event::Html(worded.opening().into()));
        self.code_end = Some(Event::Html("</code></pre>\n".into()));
    }

    fn html(&mut self, html: CowStr<'a>, event: fn(CowStr<'a>) -> Event<'a>) {
        let first_divider = || divider_in(&html).filter(|_| self.summary_end.is_none());
        let Some(divider) = first_divider() else {
            self.events.push(event(html));
            return;
        };
        if divider.start > 0 {
            self.events
                .push(event(html[..divider.start].to_owned().into()));
        }
        self.summary_end = Some(self.events.len());
        let rest = format!("{CONTINUE}{}", &html[divider.end..]);
        self.events.push(event(rest.into()));
    }

    fn end_heading(&mut self, end: Event<'a>) {
        let Some(start) = self.heading.take() else {
            self.events.push(end);
            return;
        };
        let title = title(&self.events[start + 1..]);
        let slugs = &self.pipeline.config.slugify;
        let Event::Start(Tag::Heading { level, id, .. }) = &mut self.events[start] else {
            return;
        };
        let id = id.get_or_insert_with(|| self.ids.for_title(&title, slugs).into());
        let heading = Heading {
            level: *level as u32,
            id: id.to_string(),
            permalink: format!("{}#{id}", self.content.permalink),
            title,
            children: Vec::new(),
        };
        self.link_heading(&heading, start);
        self.headings.push(heading);
        self.events.push(end);
    }

    /// Adds the link to itself that the site wants at its headings.
    fn link_heading(&mut self, heading: &Heading, start: usize) {
        let wanted = self.content.insert_anchor;
        if wanted == InsertAnchor::None {
            return;
        }
        let level = heading.level.to_string();
        let variables = [("id", heading.id.as_str()), ("level", level.as_str())];
        let link = match self.pipeline.partial("anchor-link.html", &variables) {
            Ok(link) => link,
            Err(error) => {
                self.errors.push(error);
                return;
            }
        };
        match wanted {
            InsertAnchor::Left => self
                .events
                .insert(start + 1, Event::InlineHtml(link.into())),
            InsertAnchor::Right => self.events.push(Event::InlineHtml(link.into())),
            InsertAnchor::Heading => {
                if let Some(opening) = opening_tag(&link) {
                    let opening = Event::InlineHtml(opening.to_owned().into());
                    self.events.insert(start + 1, opening);
                    self.events.push(Event::InlineHtml("</a>".into()));
                }
            }
            InsertAnchor::None => {}
        }
    }

    fn start_link(&mut self, mut event: Event<'a>, range: Range<usize>) {
        let Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            ..
        }) = &mut event
        else {
            return;
        };
        if *link_type == LinkType::Email {
            self.events.push(event);
            return;
        }
        if dest_url.is_empty() {
            self.errors.push(
                self.error("this link has no address", range.clone())
                    .help("write it between the parentheses: `[text](@/page.md)`"),
            );
        }
        let attributes = match Destination::of(dest_url) {
            Destination::External => self.pipeline.config.markdown.external_link_attributes(),
            _ => String::new(),
        };
        if !attributes.is_empty() {
            let opening = external_link(dest_url, title, &attributes);
            event = Event::InlineHtml(opening.into());
        } else if let Some(resolved) = self.resolve(dest_url, range) {
            *dest_url = resolved.into();
        }
        self.events.push(event);
    }

    /// The address that a link's destination stands for, if that isn't the destination itself.
    fn resolve(&mut self, link: &str, range: Range<usize>) -> Option<String> {
        match Destination::of(link) {
            Destination::Page { target, anchor } => {
                let range = self.place(link, range);
                let Some(permalink) = self.pipeline.library.permalink(&target) else {
                    let error = self.missing_page(link, &target, range);
                    self.errors.push(error);
                    return None;
                };
                let address = match anchor {
                    Some(anchor) => format!("{permalink}#{anchor}"),
                    None => permalink.to_owned(),
                };
                self.links.push(InternalLink {
                    target: target.into_owned(),
                    anchor: anchor.map(str::to_owned),
                    range,
                });
                Some(address)
            }
            Destination::Anchor(anchor) => {
                let range = self.place(link, range);
                self.links.push(InternalLink {
                    target: self.content.relative.to_owned(),
                    anchor: Some(anchor.to_owned()),
                    range,
                });
                Some(format!("{}#{anchor}", self.content.permalink))
            }
            Destination::Beside => Some(format!("{}{link}", self.content.permalink)),
            Destination::External | Destination::Other => None,
        }
    }

    fn start_image(&mut self, mut event: Event<'a>) {
        let Event::Start(Tag::Image { dest_url, .. }) = &mut event else {
            return;
        };
        if let Destination::Beside = Destination::of(dest_url) {
            *dest_url = format!("{}{dest_url}", self.content.permalink).into();
        }
        if self.image.is_some() {
            self.inner_images += 1;
        } else if self.pipeline.config.markdown.lazy_async_image {
            self.image = Some(self.events.len());
        }
        self.events.push(event);
    }

    /// Writes out an image that loads lazily; an image inside its description is text.
    fn end_image(&mut self, end: Event<'a>) {
        let Some(start) = self.image else {
            self.events.push(end);
            return;
        };
        if self.inner_images > 0 {
            self.inner_images -= 1;
            self.events.push(end);
            return;
        }
        self.image = None;
        let alt = super::headings::title(&self.events[start + 1..]);
        let inside = self.events.split_off(start);
        if let Some(Event::Start(Tag::Image {
            dest_url, title, ..
        })) = inside.into_iter().next()
        {
            let image = lazy_image(&dest_url, &alt, &title);
            self.events.push(Event::InlineHtml(image.into()));
        }
    }

    /// Where in the file a word of the first line of a range stands.
    fn place_in_line(&self, word: &str, range: Range<usize>) -> Range<usize> {
        let range = self.in_file(range);
        let text = &self.content.file.text[range.clone()];
        let line = text.lines().next().unwrap_or_default();
        let start = range.start + line.find(word).unwrap_or_default();
        start..start + word.len()
    }

    /// Where in the file a link's destination stands.
    fn place(&self, link: &str, range: Range<usize>) -> Range<usize> {
        let range = self.in_file(range);
        let written = self
            .content
            .file
            .text
            .get(range.clone())
            .unwrap_or_default();
        match written.rfind(link) {
            Some(at) => range.start + at..range.start + at + link.len(),
            None => range,
        }
    }

    /// A range of the Markdown as one of the file.
    fn in_file(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.content.start..range.end + self.content.start
    }

    fn error(&self, message: &str, range: Range<usize>) -> Error {
        let range = self.in_file(range);
        self.content.file.error(ErrorKind::Content, message, range)
    }

    fn missing_page(&self, link: &str, target: &str, range: Range<usize>) -> Error {
        let message = match nearest(target, self.pipeline.library.linkable()) {
            Some(meant) => format!("there is no `{link}`; did you mean `@/{meant}`?"),
            None => format!("there is no `{link}` in the `content` folder"),
        };
        let level = self.pipeline.config.link_checker.internal_level;
        level.problem(self.content.file, message, range)
    }
}
