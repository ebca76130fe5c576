//! What the lines in a list or a quote begin with.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::page::fences_to_blocks::{Item, SpannedItem};
use crate::syntax::line_prefix::continued;

use super::page_text::PageText;

/// The quotes and items of a page, sorted by where they begin.
pub(super) struct Containers(Vec<Container>);

struct Container {
    span: Range<usize>,
    /// The index of the one around it.
    outer: Option<usize>,
    inside: Inside,
}

/// What a place is inside of.
#[derive(Debug, Clone, Copy, Default)]
struct Inside {
    quotes: usize,
    /// Where the innermost item begins that is in the innermost quote.
    item: Option<usize>,
    /// Whether a footnote is among them, whose further lines have another rule.
    footnote: bool,
}

impl Containers {
    pub fn new(items: &[SpannedItem<'_>]) -> Self {
        let mut all: Vec<Container> = Vec::new();
        for SpannedItem { item, span } in items {
            let Item::Event(Event::Start(tag)) = item else {
                continue;
            };
            let mut outer = all.len().checked_sub(1);
            while let Some(index) = outer.filter(|&index| all[index].span.end <= span.start) {
                outer = all[index].outer;
            }
            let mut inside = outer.map(|index| all[index].inside).unwrap_or_default();
            match tag {
                Tag::BlockQuote(_) => {
                    inside.quotes += 1;
                    inside.item = None;
                }
                Tag::Item => inside.item = Some(span.start),
                Tag::FootnoteDefinition(_) => inside.footnote = true,
                _ => continue,
            }
            all.push(Container {
                span: span.clone(),
                outer,
                inside,
            });
        }
        Self(all)
    }

    fn inside(&self, at: usize) -> Inside {
        let after = self
            .0
            .partition_point(|container| container.span.start <= at);
        let mut last = after.checked_sub(1);
        while let Some(index) = last.filter(|&index| self.0[index].span.end <= at) {
            last = self.0[index].outer;
        }
        last.map(|index| self.0[index].inside).unwrap_or_default()
    }
}

impl PageText<'_> {
    /// What further lines of what stands at `at` begin with, where its own line begins with `containers`: of their blanks
    /// as many as belong to the list, for any others would be the code's. Nothing where that can't be told.
    pub fn margin(&self, at: usize, containers: &str) -> Option<String> {
        let inside = self.places.containers.inside(at);
        if inside.footnote || containers.contains('\t') {
            return None;
        }
        let (quotes, rest) = behind_quotes(containers, inside.quotes)?;
        let indent = match inside.item {
            Some(start) => self.indent_of_item(start, inside.quotes)?,
            None => 0,
        };
        (rest.len() >= indent).then(|| continued(quotes) + &" ".repeat(indent))
    }

    /// How far behind the quotes around it the lines of an item begin.
    fn indent_of_item(&self, start: usize, quotes: usize) -> Option<usize> {
        let line = self.document.source().line_around(start);
        let text = &self.document.markdown[line.clone()];
        let blanks = |text: &str| text.len() - text.trim_start_matches(' ').len();
        let mark = start - line.start + blanks(&text[start - line.start..]);
        let (_, before) = behind_quotes(&text[..mark], quotes)?;
        let digits = text[mark..].bytes().take_while(u8::is_ascii_digit).count();
        let behind = text.get(mark + digits + 1..)?;
        let gap = match blanks(behind) {
            // What begins so is code, or nothing.
            5.. => 1,
            _ if behind.trim().is_empty() => 1,
            gap => gap,
        };
        let has_tab = before.contains('\t')
            || behind[..blanks(behind)].len() < behind.len() - behind.trim_start().len();
        (!has_tab).then_some(before.len() + digits + 1 + gap)
    }
}

/// The marks of so many quotes that a line begins with, with the space behind the last, and the rest.
fn behind_quotes(line: &str, quotes: usize) -> Option<(&str, &str)> {
    let end = match quotes.checked_sub(1) {
        Some(last) => line.match_indices('>').nth(last)?.0 + 1,
        None => 0,
    };
    let space = usize::from(quotes > 0 && line[end..].starts_with(' '));
    Some(line.split_at(end + space))
}
