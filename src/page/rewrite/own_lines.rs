//! HTML on lines of its own between those of the author: in which lists and quotes these stand, and where his text goes on.

use std::borrow::Cow;
use std::ops::Range;

use crate::syntax::line_prefix::{containers_before, continued, ends_with_mark};

use super::html_lines::{html_line, html_lines};
use super::own_line::{NO_MARK, may_be_more_than_text, may_open_block};
use super::places::Places;
use super::rewriter::Rewriter;
use super::written::{Html, HtmlPlace, Written};

impl<'d> Rewriter<'d> {
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

    /// Definitions of links right above text that would be code anywhere else are the first lines of its paragraph: these
    /// say where it stands.
    pub fn begin_prose_with_definitions(&mut self) {
        let source = self.document.source();
        for index in 0..self.places.prose.len() {
            let mut start = self.places.prose[index].start;
            let (_, own_containers) = self.before(start);
            // The mark of an item begins a paragraph.
            let is_item = own_containers.contains(|mark| !"> \t".contains(mark));
            if is_item || !ends_as_code(own_containers) {
                continue;
            }
            let quotes = |containers: &str| containers.matches('>').count();
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
            self.places.prose[index].start = start;
        }
    }

    /// What the line of `at` begins with that says in which lists and quotes `at` stands. In a paragraph or a table, that is
    /// what the first of its lines begins with: the others may have less, or blanks that would mean code elsewhere.
    fn containers(&self, at: usize) -> Cow<'_, str> {
        let table = self.places.table_around(at);
        let prose = table.or_else(|| self.places.prose_around(at));
        let (before, containers) = self.before(prose.map_or(at, |prose| prose.start));
        if prose.is_some() && before[containers.len()..].starts_with("[^") {
            // A footnote's further lines are behind four spaces, however long its name is.
            return format!("{containers}    ").into();
        }
        containers.into()
    }

    /// Puts `lines` of HTML in the place of `span` of the source, behind what stands before it; returns
    /// where the source goes on.
    pub fn put_on_lines(
        &self,
        written: &mut Written<'d>,
        span: &Range<usize>,
        html: Html<'d>,
        lines: &str,
    ) -> usize {
        let source = &self.document.source();
        let (before, own_containers) = self.before(span.start);
        let containers = self.containers(span.start);
        let line_end = source.line_around(span.end).end.max(span.end);
        let rest_of_line = &source.text[span.end..line_end];
        // What is the author's own indentation would be part of the code's further lines. To scripts and style sheets it
        // means nothing.
        let margin = self.margin(span.start, &containers);
        let is_exact = margin.is_some() || ends_with_mark(&containers);
        let continued = margin.unwrap_or_else(|| continued(&containers));
        let original = lines;
        let lines = if is_exact || !lines.contains("</pre>") {
            html_lines(lines)
        } else {
            html_line(lines)
        };
        self.note_changed_code(written, span, original, &lines, HtmlPlace::Block);
        let markdown = &mut written.markdown;
        if own_containers.len() == before.len() {
            // The first line of a paragraph keeps its marks, and others begin as it goes on.
            if own_containers != containers {
                let line_start = markdown.rfind('\n').map_or(0, |at| at + 1);
                markdown.truncate(line_start);
                markdown.push_str(&continued);
            }
        } else if !markdown.ends_with(&format!("\n{continued}")) {
            let end = markdown.trim_end_matches([' ', '\t']).len();
            markdown.truncate(end);
            if may_be_more_than_text(&before[own_containers.len()..]) {
                markdown.push_str(NO_MARK);
            }
            markdown.push('\n');
            markdown.push_str(&continued);
        }
        written.put_html(span, html, HtmlPlace::Block, &lines, &continued);
        let markdown = &mut written.markdown;
        if !rest_of_line.trim().is_empty() {
            markdown.push('\n');
            markdown.push_str(&continued);
            let rest = rest_of_line.trim_start();
            if may_open_block(rest) {
                markdown.push_str(NO_MARK);
            }
            return span.end + rest_of_line.len() - rest.len();
        }
        if continued.is_empty() {
            // Outside of lists and quotes blank lines mean nothing: what follows keeps its line number.
            let line_ends = |text: &str| text.matches('\n').count();
            let lost = line_ends(&source.text[span.clone()]).saturating_sub(line_ends(&lines));
            markdown.push_str(&"\n".repeat(lost));
        }
        let prose = self.places.prose_around(span.start);
        if prose.is_some_and(|prose| prose.end > line_end + 1) {
            let next_line = source.line_around(line_end + 1);
            let (line, containers) = self.before(next_line.end);
            markdown.push('\n');
            markdown.push_str(&continued);
            if may_open_block(&line[containers.len()..]) {
                markdown.push_str(NO_MARK);
            }
            return next_line.start + containers.len();
        }
        span.end + rest_of_line.len()
    }
}

/// Whether what stands behind the last mark may be the four columns that begin code.
fn ends_as_code(containers: &str) -> bool {
    containers.ends_with("    ") || containers.ends_with('\t')
}
