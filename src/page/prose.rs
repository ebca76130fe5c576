//! Where a page's text runs on.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

/// The places of text that runs on, over one line or more: a paragraph, or as much of an item of a tight list.
#[derive(Default)]
pub(super) struct Prose {
    pub spans: Vec<Range<usize>>,
    runs_on: bool,
}

impl Prose {
    /// Takes in an event and where it stands.
    pub fn note(&mut self, event: &Event<'_>, span: &Range<usize>, in_code: bool) {
        let did_run_on = self.runs_on;
        self.runs_on = is_prose(event) && !in_code;
        match self.spans.last_mut() {
            Some(prose) if did_run_on && self.runs_on => prose.end = prose.end.max(span.end),
            _ if self.runs_on => self.spans.push(span.clone()),
            _ => {}
        }
    }

    /// What comes next is no part of what came last.
    pub fn end(&mut self) {
        self.runs_on = false;
    }
}

/// Whether an event outside of code is part of a paragraph's text.
fn is_prose(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => stands_in_prose(&tag.to_end()),
        Event::End(tag) => stands_in_prose(tag),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn stands_in_prose(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
