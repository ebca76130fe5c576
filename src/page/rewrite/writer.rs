//! A page's Markdown with HTML in the place of its fences and calls, and with the author's text beside it as it was.

use std::ops::Range;

use crate::page::expand::{Part, Replacement};
use crate::syntax::line_prefix::{containers_of, continued, ends_with_mark};

use super::edits::{CallText, Edit};
use super::html_lines::{html_line, html_lines, one_line};
use super::inline_html::begins_block;
use super::kept_code::keeps_code;
use super::page_text::PageText;
use super::places::Places;
use super::text_beside::{NO_MARK, may_be_more_than_text, may_open_block};
use super::written::{Origin, ReadAs, Written};

/// The page, rewritten.
pub(super) fn written<'d>(page: &PageText<'d>) -> Written<'d> {
    let mut writer = Writer {
        page,
        written: Written::new(page.dialect),
    };
    writer.write();
    writer.written
}

struct Writer<'p, 'd> {
    page: &'p PageText<'d>,
    written: Written<'d>,
}

impl<'d> Writer<'_, 'd> {
    fn write(&mut self) {
        let source = &*self.page.document.markdown;
        self.written.markdown.reserve(source.len() * 2);
        let mut at = 0;
        for (span, edit) in self.page.edits() {
            // A call in what is a block by now is part of that.
            if span.start < at {
                continue;
            }
            self.written.markdown.push_str(&source[at..span.start]);
            self.written.sources.push(span.clone());
            at = self.edit(&span, edit);
        }
        self.written.markdown.push_str(&source[at..]);
    }

    /// Writes what goes in the place of `span`; returns where the source goes on.
    fn edit(&mut self, span: &Range<usize>, edit: Edit<'d>) -> usize {
        match edit {
            Edit::Markdown(output) => self.put_markdown(span, output),
            Edit::Comment(html) => self.written.markdown.push_str(&html),
            Edit::Text(CallText { markdown, read }) => self.written.put_text(&markdown, read),
            Edit::Line(origin, read_as, line) => {
                let is_prose = !Places::hold(&self.page.places.html_blocks, span);
                if is_prose && begins_block(&line) && begins_line(&self.written.markdown) {
                    self.written.markdown.push_str(NO_MARK);
                }
                self.put_html(span, origin, read_as, &line, "");
            }
            Edit::LinesOfHtml(origin, lines, margin) => {
                self.put_html(span, origin, ReadAs::Block, &lines, &margin);
            }
            Edit::OwnLines(origin) => return self.put_on_own_lines(span, origin),
        }
        span.end
    }

    fn put_markdown(&mut self, source: &Range<usize>, output: &str) {
        let page = self.page;
        let placeholders = &page.document.expanded.placeholders;
        for part in placeholders.parts(output) {
            let index = match part {
                Part::Text(text) => {
                    self.written.markdown.push_str(text);
                    continue;
                }
                Part::Placeholder(index) => index,
            };
            match placeholders.replacement(index) {
                Replacement::Html(html) => self.put_markdown(source, html),
                Replacement::Block {
                    block,
                    written: call,
                } => {
                    match page.blocks.get(&block.span.start) {
                        Some(found) => {
                            let origin = Origin::Block(block.span.start);
                            let line = one_line(&found.html);
                            self.put_html(source, origin, ReadAs::Block, &line, "");
                        }
                        // In code and comments there is none.
                        None => {
                            let CallText { markdown, read } = page.as_text(source, call);
                            self.written.put_text(&markdown, read);
                        }
                    }
                }
            }
        }
    }

    /// Puts in HTML that comes from `origin`, of which `lines` is what is read, and notes it if the code of its scripts is
    /// no longer the same then.
    fn put_html(
        &mut self,
        span: &Range<usize>,
        origin: Origin<'d>,
        read_as: ReadAs,
        lines: &str,
        continued: &str,
    ) {
        let html = self.page.html_of(origin);
        let options = self.page.document.settings.markdown_options;
        if !keeps_code(&html, lines, read_as, self.page.dialect, options) {
            self.written.changed_code.push(span.clone());
        }
        self.written
            .push_html(span, origin, read_as, lines, continued);
    }

    /// Puts HTML on lines of its own between those of the author, in the same lists and quotes; returns where the source
    /// goes on.
    fn put_on_own_lines(&mut self, span: &Range<usize>, origin: Origin<'d>) -> usize {
        let containers = self.page.containers(span.start);
        let html = self.page.html_of(origin);
        // What is the author's own indentation would be part of the code's further lines. To scripts and style sheets it
        // means nothing.
        let margin = self.page.margin(span.start, &containers);
        let is_exact = margin.is_some() || ends_with_mark(&containers);
        let continued = margin.unwrap_or_else(|| continued(&containers));
        let lines = match is_exact || !html.contains("</pre>") {
            true => html_lines(&html),
            false => html_line(&html),
        };
        self.end_line_before(span, &containers, &continued);
        self.put_html(span, origin, ReadAs::Block, &lines, &continued);
        self.go_on_behind(span, &lines, &continued)
    }

    /// Begins a line for HTML behind what stands before it.
    fn end_line_before(&mut self, span: &Range<usize>, containers: &str, continued: &str) {
        let markdown = &mut self.written.markdown;
        let (before, own_containers) = self.page.before(span.start);
        if own_containers.len() == before.len() {
            // The first line of a paragraph keeps its marks, and others begin as it goes on.
            if own_containers != containers {
                let line_start = markdown.rfind('\n').map_or(0, |at| at + 1);
                markdown.truncate(line_start);
                markdown.push_str(continued);
            }
        } else if !markdown.ends_with(&format!("\n{continued}")) {
            let end = markdown.trim_end_matches([' ', '\t']).len();
            markdown.truncate(end);
            if may_be_more_than_text(&before[own_containers.len()..]) {
                markdown.push_str(NO_MARK);
            }
            markdown.push('\n');
            markdown.push_str(continued);
        }
    }

    /// Has the author's text go on behind `lines` of HTML in the place of `span`; returns where it does.
    fn go_on_behind(&mut self, span: &Range<usize>, lines: &str, continued: &str) -> usize {
        let source = self.page.document.source();
        let line_end = source.line_around(span.end).end.max(span.end);
        let rest_of_line = &source.text[span.end..line_end];
        if !rest_of_line.trim().is_empty() {
            let rest = rest_of_line.trim_start();
            self.begin_line_of_text(rest, continued);
            return line_end - rest.len();
        }
        if continued.is_empty() {
            // Outside of lists and quotes blank lines mean nothing: what follows keeps its line number.
            let line_ends = |text: &str| text.matches('\n').count();
            let lost = line_ends(&source.text[span.clone()]).saturating_sub(line_ends(lines));
            self.written.markdown.push_str(&"\n".repeat(lost));
        }
        let prose = self.page.places.prose_around(span.start);
        if prose.is_none_or(|prose| prose.end <= line_end + 1) {
            return line_end;
        }
        let next_line = source.line_around(line_end + 1);
        let (line, containers) = self.page.before(next_line.end);
        self.begin_line_of_text(&line[containers.len()..], continued);
        next_line.start + containers.len()
    }

    /// Begins a line with `text`, which is no more than that: its author has it in the middle of a paragraph.
    fn begin_line_of_text(&mut self, text: &str, continued: &str) {
        let markdown = &mut self.written.markdown;
        markdown.push('\n');
        markdown.push_str(continued);
        if may_open_block(text) {
            markdown.push_str(NO_MARK);
        }
    }
}

/// Whether nothing but the marks of lists and quotes stands on the last line of `markdown`.
fn begins_line(markdown: &str) -> bool {
    let line = markdown.rsplit('\n').next().unwrap_or_default();
    containers_of(line).len() == line.len()
}
