//! Markdown in, Markdown out: each block is finished HTML, on lines that no reader of Markdown and
//! no template engine takes for anything else.

mod dialect;
mod escaped;
mod html_lines;
mod inline_html;
mod own_line;
mod places;

pub use dialect::Dialect;
use escaped::{escaped_call, raw};
use html_lines::{html_line, html_lines, one_line};
use inline_html::{as_inline, begins_block};
use own_line::{NO_MARK, may_be_more_than_text, may_open_block};
use places::Places;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::error::{Error, ErrorKind, Errors};
use crate::page::document::Document;
use crate::page::expand::{CallOutput, Placeholder, Replacement};
use crate::page::loader::PageAssets;
use crate::page::settle::PageBlocks;
use crate::syntax::line_prefix::{containers_before, continued, ends_with_mark};

/// A page's Markdown with its blocks as HTML, by [`Renderer::rewrite_page`](crate::Renderer::rewrite_page).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rewritten {
    /// The Markdown.
    pub markdown: String,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the page, in the order of its lines.
    pub diagnostics: Errors,
}

impl Document<'_> {
    pub(crate) fn rewrite(&self, dialect: Dialect) -> Rewritten {
        let rewritten = self.rewritten_events();
        let mut diagnostics = rewritten.errors;
        #[cfg(feature = "lock")]
        diagnostics.extend(self.unlocked_html(&rewritten.items));
        let spans: Vec<_> = rewritten
            .blocks
            .iter()
            .map(|block| block.span.clone())
            .collect();
        let places = Places::new(&self.markdown, &rewritten.items, rewritten.prose);
        let blocks = PageBlocks::settle(
            self.settings,
            self.context,
            self.source(),
            rewritten.blocks,
            &mut diagnostics,
        );
        let mut lines = BTreeMap::new();
        for (index, span) in spans.into_iter().enumerate() {
            let html = blocks.html(index, &mut diagnostics);
            lines.insert(
                span.start,
                Line {
                    end: span.end,
                    html,
                },
            );
        }
        for (call, output) in &self.expanded.replaced {
            let is_block = |output: &String| self.expanded.placeholders.is_one(output);
            if matches!(output, CallOutput::Markdown(output) if !is_block(output))
                && lines.contains_key(&call.start)
            {
                diagnostics.push(self.made_by_template(call));
            }
        }
        let mut rewriter = Rewriter {
            document: self,
            dialect,
            lines,
            places,
        };
        rewriter.begin_prose_with_definitions();
        let markdown = rewriter.markdown();
        Rewritten {
            markdown,
            assets: blocks.assets,
            diagnostics: Errors::sorted(diagnostics),
        }
    }

    /// The generator reads the output of a shortcode without us.
    fn made_by_template(&self, call: &Range<usize>) -> Error {
        let message = "the template of this shortcode holds a `pyodide` fence";
        Error::new(ErrorKind::Misplaced, message)
            .at(&self.source(), call.clone())
            .help("write the fence in the page, as the body of the shortcode")
    }
}

struct Rewriter<'d> {
    document: &'d Document<'d>,
    dialect: Dialect,
    /// The blocks, by where they start.
    lines: BTreeMap<usize, Line>,
    places: Places,
}

/// A block: where it ends in the source, and its HTML.
struct Line {
    end: usize,
    html: String,
}

/// What goes in the place of some text: part of a line, or lines of its own.
enum Edit {
    Part(String),
    Lines(String),
}

impl Rewriter<'_> {
    fn markdown(&self) -> String {
        let source = &*self.document.markdown;
        let mut markdown = String::with_capacity(source.len() * 2);
        let mut at = 0;
        for (span, edit) in self.edits() {
            // A call in what is a block by now is part of that.
            if span.start < at {
                continue;
            }
            markdown.push_str(&source[at..span.start]);
            at = match edit {
                Edit::Part(text) => {
                    markdown.push_str(&text);
                    span.end
                }
                Edit::Lines(html) => self.put_on_lines(&mut markdown, &span, &html),
            }
        }
        markdown.push_str(&source[at..]);
        markdown
    }

    fn edits(&self) -> Vec<(Range<usize>, Edit)> {
        let source = &*self.document.markdown;
        let replaced = &self.document.expanded.replaced;
        let calls = replaced
            .iter()
            .map(|(span, output)| (span.clone(), self.call(span, output)));
        let fences = self.lines.iter().filter_map(|(&start, line)| {
            let after = replaced.partition_point(|(call, _)| call.start <= start);
            let is_in_call = after > 0 && start < replaced[after - 1].0.end;
            let end = start + source[start..line.end].trim_end().len();
            (!is_in_call).then(|| (start..end, Edit::Lines(line.html.clone())))
        });
        let mut edits: Vec<_> = calls.chain(fences).collect();
        edits.sort_by_key(|(span, _)| span.start);
        edits
    }

    /// What goes in the place of a call.
    fn call(&self, span: &Range<usize>, output: &CallOutput) -> Edit {
        let placeholders = &self.document.expanded.placeholders;
        let output = match output {
            CallOutput::Text(text) => return Edit::Part(self.escaped(span, text)),
            CallOutput::Markdown(output) => output,
        };
        let only = placeholders
            .find(output)
            .filter(|placeholder| placeholder.span == (0..output.len()));
        match only.map(|placeholder| placeholders.replacement(placeholder.index)) {
            Some(Replacement::Block { block, written }) => {
                match self.lines.get(&block.span.start) {
                    Some(line)
                        if self.places.table_around(span.start).is_some()
                            && !self.is_alone(span) =>
                    {
                        Edit::Part(as_inline(&one_line(&line.html)))
                    }
                    // There a blank line would end the HTML of the author.
                    Some(line) if Places::hold(&self.places.html, span) => {
                        Edit::Part(html_line(&line.html))
                    }
                    Some(line) => Edit::Lines(line.html.clone()),
                    // It stands where Markdown has only text.
                    None => Edit::Part(self.as_lines_of_code(span, self.as_text(written))),
                }
            }
            Some(Replacement::Html(html)) => {
                let html = self.filled(html, |block| block.trim().to_owned());
                if Places::hold(&self.places.code, span)
                    || Places::hold(&self.places.comments, span)
                {
                    Edit::Part(one_line(&html))
                } else if self.is_alone(span) && self.places.table_around(span.start).is_none() {
                    Edit::Lines(html)
                } else {
                    let inline = as_inline(&one_line(&html));
                    let is_text = self.begins_line(span) && begins_block(&inline);
                    Edit::Part(format!("{}{inline}", if is_text { NO_MARK } else { "" }))
                }
            }
            None => Edit::Part(self.filled(output, one_line)),
        }
    }

    /// Whether nothing else stands on the lines of a call.
    fn is_alone(&self, span: &Range<usize>) -> bool {
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
    fn before(&self, at: usize) -> (&str, &str) {
        let line_start = self.document.source().line_around(at).start;
        let before = &self.document.markdown[line_start..at];
        let is_text = |mark| Places::hold(&self.places.text, &(line_start + mark..at));
        (before, containers_before(before, is_text))
    }

    /// Definitions of links right above text that would be code anywhere else are the first lines of its paragraph: these
    /// say where it stands.
    fn begin_prose_with_definitions(&mut self) {
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

    /// Puts lines of HTML in the place of `span` of the source, behind what stands before it; returns
    /// where the source goes on.
    fn put_on_lines(&self, markdown: &mut String, span: &Range<usize>, html: &str) -> usize {
        let source = &self.document.source();
        let (before, own_containers) = self.before(span.start);
        let containers = self.containers(span.start);
        let line_end = source.line_around(span.end).end.max(span.end);
        let rest_of_line = &source.text[span.end..line_end];
        let continued = continued(&containers);
        // How much of plain indentation belongs to a list, and how much is the author's own, is not to
        // be seen from the line: what is his would be part of the code's further lines. To scripts and
        // style sheets it means nothing.
        let html = if ends_with_mark(&containers) || !html.contains("</pre>") {
            html_lines(html)
        } else {
            html_line(html)
        };
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
        markdown.push_str(&html.replace('\n', &format!("\n{continued}")));
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
            let lines = source.text[span.clone()].matches('\n').count();
            markdown.push_str(&"\n".repeat(lines.saturating_sub(html.matches('\n').count())));
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

    /// HTML or Markdown with the blocks in it, each as `written`.
    fn filled(&self, output: &str, written: fn(&str) -> String) -> String {
        let placeholders = &self.document.expanded.placeholders;
        let mut filled = String::new();
        let mut rest = output;
        while let Some(Placeholder { span, index }) = placeholders.find(rest) {
            filled.push_str(&rest[..span.start]);
            match placeholders.replacement(index) {
                Replacement::Html(html) => filled.push_str(&self.filled(html, written)),
                Replacement::Block { block, .. } => {
                    let line = self.lines.get(&block.span.start);
                    filled.push_str(&line.map_or(String::new(), |line| written(&line.html)));
                }
            }
            rest = &rest[span.end..];
        }
        filled.push_str(rest);
        filled
    }

    /// An escaped call, which a generator without shortcodes doesn't know.
    fn escaped(&self, span: &Range<usize>, text: &str) -> String {
        match self.dialect {
            Dialect::Templates => raw(text),
            Dialect::Shortcodes | Dialect::Markdown => {
                self.document.markdown[span.clone()].to_owned()
            }
        }
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

    /// A call that is text: the generator must not take it for one.
    fn as_text(&self, written: &str) -> String {
        match self.dialect {
            Dialect::Templates => raw(written),
            Dialect::Shortcodes | Dialect::Markdown => escaped_call(written),
        }
    }
}

/// Whether what stands behind the last mark may be the four columns that begin code.
fn ends_as_code(containers: &str) -> bool {
    containers.ends_with("    ") || containers.ends_with('\t')
}
