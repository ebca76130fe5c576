//! What goes in the place of each fence and call of a page.

use std::ops::Range;

use crate::page::expand::{CallOutput, Replacement};
use crate::syntax::line_prefix::continued;

use super::escaped::{escaped_call, raw};
use super::html_lines::{html_line, html_lines_without_blank, one_line};
use super::inline_html::as_inline;
use super::page_text::PageText;
use super::places::Places;
use super::text_beside::NO_HTML;
use super::written::{Origin, ReadAs};
use crate::page::dialect::Dialect;

/// What goes in the place of some text.
pub(super) enum Edit<'d> {
    /// The Markdown that a template gave, with placeholders of blocks in it.
    Markdown(&'d str),
    /// HTML in a comment.
    Comment(String),
    Text(CallText),
    /// Part of a line.
    Line(Origin<'d>, ReadAs, String),
    /// Lines within HTML of the author, and what all but the first begin with.
    LinesOfHtml(Origin<'d>, String, String),
    /// Lines of its own.
    OwnLines(Origin<'d>),
}

/// A call that is text: as the generator finds it, and as it is when Markdown is read.
pub(super) struct CallText {
    pub markdown: String,
    pub read: String,
}

impl<'d> PageText<'d> {
    /// What goes in the place of what, in the order of the page.
    pub fn edits(&self) -> Vec<(Range<usize>, Edit<'d>)> {
        let source = &*self.document.markdown;
        let replaced = &self.document.expanded.replaced;
        let calls = replaced
            .iter()
            .map(|(span, output)| (span.clone(), self.call(span, output)));
        let fences = self.blocks.iter().filter_map(|(&start, block)| {
            let after = replaced.partition_point(|(call, _)| call.start <= start);
            let is_in_call = after > 0 && start < replaced[after - 1].0.end;
            let end = start + source[start..block.end].trim_end().len();
            (!is_in_call).then_some((start..end, Edit::OwnLines(Origin::Block(start))))
        });
        let mut edits: Vec<_> = calls.chain(fences).collect();
        edits.sort_by_key(|(span, _)| span.start);
        edits
    }

    /// What goes in the place of a call.
    fn call(&self, span: &Range<usize>, output: &'d CallOutput) -> Edit<'d> {
        let placeholders = &self.document.expanded.placeholders;
        let output = match output {
            CallOutput::Text(text) => return self.escaped(span, text),
            CallOutput::Markdown(output) => output,
        };
        let only = placeholders.one(output);
        match only.map(|index| placeholders.replacement(index)) {
            Some(Replacement::Block { block, written }) => {
                self.block(span, block.span.start, written)
            }
            Some(Replacement::Html(html)) => self.output(span, html),
            None => Edit::Markdown(output),
        }
    }

    /// What goes in the place of a call that is the block at `start`.
    fn block(&self, span: &Range<usize>, start: usize, written: &str) -> Edit<'d> {
        let Some(block) = self.blocks.get(&start) else {
            // It stands where Markdown has only text.
            return Edit::Text(self.as_text(span, written));
        };
        let origin = Origin::Block(start);
        if self.places.table_around(span.start).is_some() && !self.is_alone(span) {
            Edit::Line(origin, ReadAs::Line, as_inline(&block.html))
        } else if Places::hold(&self.places.html_blocks, span) {
            self.in_html(span, origin, &block.html)
        } else {
            Edit::OwnLines(origin)
        }
    }

    /// What goes in the place of a call that stands in HTML of the author.
    fn in_html(&self, span: &Range<usize>, origin: Origin<'d>, html: &str) -> Edit<'d> {
        let margin = self.margin(span.start, self.before(span.start).1);
        let ends = self
            .places
            .in_html_up_to_blank_line(&self.document.markdown, span.start);
        match (margin, html_lines_without_blank(html)) {
            (Some(margin), Some(lines)) if ends => Edit::LinesOfHtml(origin, lines, margin),
            _ => Edit::Line(origin, ReadAs::Block, html_line(html)),
        }
    }

    /// What goes in the place of a call that became HTML.
    fn output(&self, span: &Range<usize>, output: &'d str) -> Edit<'d> {
        let html = self.filled(output);
        if Places::hold(&self.places.code, span) {
            let indentation = continued(self.before(span.start).1);
            let read = html.replace('\n', &format!("\n{indentation}"));
            let markdown = match self.dialect {
                Dialect::Templates if read.contains('{') => raw(&read),
                _ => read.clone(),
            };
            Edit::Text(CallText { markdown, read })
        } else if Places::hold(&self.places.comments, span) {
            Edit::Comment(one_line(&html))
        } else if self.is_alone(span) && self.places.table_around(span.start).is_none() {
            Edit::OwnLines(Origin::Output(output))
        } else if Places::hold(&self.places.html_blocks, span) {
            self.in_html(span, Origin::Output(output), &html)
        } else {
            let mut inline = as_inline(&html);
            if inline.is_empty() {
                inline.push_str(NO_HTML);
            }
            Edit::Line(Origin::Output(output), ReadAs::Line, inline)
        }
    }

    /// An escaped call, which a generator without shortcodes doesn't know.
    fn escaped(&self, span: &Range<usize>, text: &str) -> Edit<'d> {
        let markdown = match self.dialect {
            Dialect::Templates => raw(text),
            Dialect::Shortcodes | Dialect::Markdown => {
                self.document.markdown[span.clone()].to_owned()
            }
        };
        let read = text.to_owned();
        Edit::Text(CallText { markdown, read })
    }

    /// A call that is text: the generator must not take it for one.
    pub fn as_text(&self, span: &Range<usize>, written: &str) -> CallText {
        let read = self.as_lines_of_code(span, written.to_owned());
        let markdown = match self.dialect {
            Dialect::Templates => raw(&read),
            Dialect::Shortcodes | Dialect::Markdown => escaped_call(&read),
        };
        CallText { markdown, read }
    }

    /// A call in code that is so by its indentation: lines with less of it would be none.
    fn as_lines_of_code(&self, span: &Range<usize>, text: String) -> String {
        if !Places::hold(&self.places.indented_code, span) {
            return text;
        }
        let indentation = continued(self.before(span.start).1);
        let lines = text.split('\n').enumerate().map(|(index, line)| {
            let is_code = index == 0 || line.starts_with(&indentation);
            format!("{}{line}", if is_code { "" } else { &indentation })
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
