//! From a page's Markdown to Markdown in which its blocks are HTML: what goes in the place of each fence and call.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::page::document::Document;
use crate::page::expand::{CallOutput, Part, Replacement};

use super::dialect::Dialect;
use super::escaped::{escaped_call, raw};
use super::html_lines::{html_line, html_lines_without_blank, one_line};
use super::inline_html::{as_inline, begins_block};
use super::kept_code::keeps_code;
use super::own_line::{NO_HTML, NO_MARK};
use super::places::Places;
use super::written::{Html, HtmlPlace, Written};
use crate::syntax::line_prefix::{containers_of, continued};

pub(super) struct Rewriter<'d> {
    pub document: &'d Document<'d>,
    pub dialect: Dialect,
    /// The blocks, by where they start.
    pub blocks: BTreeMap<usize, WrittenBlock>,
    pub places: Places,
}

/// A block: where it ends in the source, and its HTML.
pub(super) struct WrittenBlock {
    pub end: usize,
    pub html: String,
}

/// A call that is text: as the generator finds it, and as it is when Markdown is read.
struct CallText {
    markdown: String,
    read: String,
}

/// What goes in the place of some text.
enum Edit<'d> {
    /// The Markdown that a template gave, with placeholders of blocks in it.
    Markdown(&'d str),
    /// HTML in a comment.
    Comment(String),
    Text(CallText),
    /// Part of a line.
    Line(Html<'d>, HtmlPlace, String),
    /// Lines within HTML of the author, and what all but the first begin with.
    LinesOfHtml(Html<'d>, String, String),
    /// Lines of its own.
    Lines(Html<'d>, String),
}

impl<'d> Rewriter<'d> {
    pub fn written(&self) -> Written<'d> {
        let source = &*self.document.markdown;
        let mut written = Written::new(self.dialect);
        written.markdown.reserve(source.len() * 2);
        let mut at = 0;
        for (span, edit) in self.edits() {
            // A call in what is a block by now is part of that.
            if span.start < at {
                continue;
            }
            written.markdown.push_str(&source[at..span.start]);
            at = span.end;
            written.sources.push(span.clone());
            match edit {
                Edit::Markdown(output) => self.put_markdown(&mut written, &span, output),
                Edit::Comment(html) => written.markdown.push_str(&html),
                Edit::Text(CallText { markdown, read }) => written.put_text(&markdown, read),
                Edit::Line(html, place, line) => {
                    let is_prose = !Places::hold(&self.places.html, &span);
                    if is_prose && begins_block(&line) && begins_line(&written.markdown) {
                        written.markdown.push_str(NO_MARK);
                    }
                    self.note_changed_code(&mut written, &span, &self.html(html), &line, place);
                    written.put_html(&span, html, place, &line, "");
                }
                Edit::LinesOfHtml(html, lines, margin) => {
                    let place = HtmlPlace::Block;
                    self.note_changed_code(&mut written, &span, &self.html(html), &lines, place);
                    written.put_html(&span, html, place, &lines, &margin);
                }
                Edit::Lines(html, lines) => {
                    at = self.put_on_lines(&mut written, &span, html, &lines);
                }
            }
        }
        written.markdown.push_str(&source[at..]);
        written
    }

    fn edits(&self) -> Vec<(Range<usize>, Edit<'d>)> {
        let source = &*self.document.markdown;
        let replaced = &self.document.expanded.replaced;
        let calls = replaced
            .iter()
            .map(|(span, output)| (span.clone(), self.call(span, output)));
        let fences = self.blocks.iter().filter_map(|(&start, block)| {
            let after = replaced.partition_point(|(call, _)| call.start <= start);
            let is_in_call = after > 0 && start < replaced[after - 1].0.end;
            let end = start + source[start..block.end].trim_end().len();
            let edit = || Edit::Lines(Html::Block(start), block.html.clone());
            (!is_in_call).then(|| (start..end, edit()))
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
        let html = Html::Block(start);
        if self.places.table_around(span.start).is_some() && !self.is_alone(span) {
            Edit::Line(html, HtmlPlace::Line, as_inline(&block.html))
        } else if Places::hold(&self.places.html, span) {
            self.in_html(span, html, &block.html)
        } else {
            Edit::Lines(html, block.html.clone())
        }
    }

    /// What goes in the place of a call that stands in HTML of the author.
    fn in_html(&self, span: &Range<usize>, html: Html<'d>, text: &str) -> Edit<'d> {
        let margin = self.margin(span.start, self.before(span.start).1);
        let ends = self
            .places
            .in_html_up_to_blank_line(&self.document.markdown, span.start);
        match (margin, html_lines_without_blank(text)) {
            (Some(margin), Some(lines)) if ends => Edit::LinesOfHtml(html, lines, margin),
            _ => Edit::Line(html, HtmlPlace::Block, html_line(text)),
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
            Edit::Lines(Html::Output(output), html)
        } else if Places::hold(&self.places.html, span) {
            self.in_html(span, Html::Output(output), &html)
        } else {
            let mut inline = as_inline(&html);
            if inline.is_empty() {
                inline.push_str(NO_HTML);
            }
            Edit::Line(Html::Output(output), HtmlPlace::Line, inline)
        }
    }

    fn put_markdown(&self, written: &mut Written<'d>, source: &Range<usize>, output: &str) {
        let placeholders = &self.document.expanded.placeholders;
        for part in placeholders.parts(output) {
            let index = match part {
                Part::Text(text) => {
                    written.markdown.push_str(text);
                    continue;
                }
                Part::Placeholder(index) => index,
            };
            match placeholders.replacement(index) {
                Replacement::Html(html) => self.put_markdown(written, source, html),
                Replacement::Block {
                    block,
                    written: call,
                } => {
                    match self.blocks.get(&block.span.start) {
                        Some(found) => {
                            let html = Html::Block(block.span.start);
                            let line = one_line(&found.html);
                            written.put_html(source, html, HtmlPlace::Block, &line, "");
                        }
                        // In code and comments there is none.
                        None => {
                            let CallText { markdown, read } = self.as_text(source, call);
                            written.put_text(&markdown, read);
                        }
                    }
                }
            }
        }
    }

    /// Notes the call at `span` if the code of its scripts isn't the same when `lines` of it are read.
    pub fn note_changed_code(
        &self,
        written: &mut Written<'d>,
        span: &Range<usize>,
        html: &str,
        lines: &str,
        place: HtmlPlace,
    ) {
        let options = self.document.settings.markdown_options;
        if !keeps_code(html, lines, place, self.dialect, options) {
            written.changed_code.push(span.clone());
        }
    }

    fn html(&self, html: Html<'d>) -> Cow<'_, str> {
        match html {
            Html::Block(start) => self.blocks[&start].html.as_str().into(),
            Html::Output(output) => self.filled(output).into(),
        }
    }

    /// HTML with the blocks in it.
    fn filled(&self, output: &str) -> String {
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
    fn as_text(&self, span: &Range<usize>, written: &str) -> CallText {
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

/// Whether nothing but the marks of lists and quotes stands on the last line of `markdown`.
fn begins_line(markdown: &str) -> bool {
    let line = markdown.rsplit('\n').next().unwrap_or_default();
    containers_of(line).len() == line.len()
}
