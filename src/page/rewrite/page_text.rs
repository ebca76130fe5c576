//! A page's Markdown, and what is known of the places in it where HTML is to stand.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::page::document::Document;
use crate::page::expand::{Part, Replacement};
use crate::page::fences_to_blocks::SpannedItem;
use crate::syntax::line_prefix::containers_before;

use super::places::Places;
use super::written::Origin;
use crate::page::dialect::Dialect;

pub(super) struct PageText<'d> {
    pub document: &'d Document<'d>,
    pub dialect: Dialect,
    /// The blocks, by where they start.
    pub blocks: BTreeMap<usize, RenderedBlock>,
    pub places: Places,
}

/// A block: where it ends in the source, and its HTML.
pub(super) struct RenderedBlock {
    pub end: usize,
    pub html: String,
}

impl<'d> PageText<'d> {
    /// The page that `items` are, where text runs on in these stretches.
    pub fn new(
        document: &'d Document<'d>,
        dialect: Dialect,
        blocks: BTreeMap<usize, RenderedBlock>,
        items: &[SpannedItem<'_>],
        prose: Vec<Range<usize>>,
    ) -> Self {
        let mut page = Self {
            document,
            dialect,
            blocks,
            places: Places::new(&document.markdown, items, prose),
        };
        let starts = page.places.prose.iter().map(|prose| prose.start);
        let starts: Vec<_> = starts
            .map(|start| page.start_with_definitions(start))
            .collect();
        for (prose, start) in page.places.prose.iter_mut().zip(starts) {
            prose.start = start;
        }
        page
    }

    /// Where text begins with the definitions of links right above it: above text that would be code anywhere else, they
    /// are the first lines of its paragraph, and say where that stands.
    fn start_with_definitions(&self, text: usize) -> usize {
        let (_, own_containers) = self.before(text);
        // The mark of an item begins a paragraph.
        let is_item = own_containers.contains(|mark| !"> \t".contains(mark));
        if is_item || !ends_as_code(own_containers) {
            return text;
        }
        let source = self.document.source();
        let quotes = |containers: &str| containers.matches('>').count();
        let mut start = text;
        while let Some(end) = source.line_around(start).start.checked_sub(1) {
            let (line, containers) = self.before(end);
            let text = &line[containers.len()..];
            let definition = end - text.len()..end;
            if !text.starts_with('[')
                || !text.contains("]:")
                || quotes(own_containers) > quotes(containers)
                || Places::hold(&self.places.code, &definition)
            {
                break;
            }
            start = definition.start;
        }
        start
    }

    /// Whether nothing else stands on the lines of a call.
    pub fn is_alone(&self, span: &Range<usize>) -> bool {
        let source = &self.document.source();
        let after = &source.text[span.end..source.line_around(span.end).end.max(span.end)];
        self.begins_line(span) && after.trim().is_empty()
    }

    /// Whether nothing but the marks of lists and quotes stands before a call.
    fn begins_line(&self, span: &Range<usize>) -> bool {
        let (before, containers) = self.before(span.start);
        containers.len() == before.len()
    }

    /// What stands on its line before `at`, and the marks of lists and quotes that this begins with.
    pub fn before(&self, at: usize) -> (&str, &str) {
        let line_start = self.document.source().line_around(at).start;
        let before = &self.document.markdown[line_start..at];
        let is_text = |mark| Places::hold(&self.places.text, &(line_start + mark..at));
        (before, containers_before(before, is_text))
    }

    /// What the line of `at` begins with that says in which lists and quotes `at` stands. In a paragraph or a table, that is
    /// what the first of its lines begins with: the others may have less, or blanks that would mean code elsewhere.
    pub fn containers(&self, at: usize) -> Cow<'_, str> {
        let table = self.places.table_around(at);
        let prose = table.or_else(|| self.places.prose_around(at));
        let (before, containers) = self.before(prose.map_or(at, |prose| prose.start));
        if prose.is_some() && before[containers.len()..].starts_with("[^") {
            // A footnote's further lines are behind four spaces, however long its name is.
            return format!("{containers}    ").into();
        }
        containers.into()
    }

    /// The HTML that comes from there.
    pub fn html_of(&self, origin: Origin<'d>) -> Cow<'_, str> {
        match origin {
            Origin::Block(start) => self.blocks[&start].html.as_str().into(),
            Origin::Output(output) => self.filled(output).into(),
        }
    }

    /// What a template gave, with the blocks in it.
    pub fn filled(&self, output: &str) -> String {
        let placeholders = &self.document.expanded.placeholders;
        let mut filled = String::new();
        for part in placeholders.parts(output) {
            let index = match part {
                Part::Text(text) => {
                    filled.push_str(text);
                    continue;
                }
                Part::Placeholder(index) => index,
            };
            match placeholders.replacement(index) {
                Replacement::Html(html) => filled.push_str(&self.filled(html)),
                Replacement::Block { block, written } => {
                    let block = self.blocks.get(&block.span.start);
                    // In code and comments there is none.
                    filled.push_str(block.map_or(written, |block| block.html.trim()));
                }
            }
        }
        filled
    }
}

/// Whether what stands behind the last mark may be the four columns that begin code.
fn ends_as_code(containers: &str) -> bool {
    containers.ends_with("    ") || containers.ends_with('\t')
}
