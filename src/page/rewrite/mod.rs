//! Markdown in, Markdown out: each block is finished HTML, on lines that no reader of Markdown and
//! no template engine takes for anything else.

mod dialect;
mod html_lines;
mod inline_html;

pub use dialect::Dialect;
use html_lines::{html_line, html_lines, one_line};
use inline_html::as_inline;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::error::{Error, ErrorKind, Errors};
use crate::page::document::Document;
use crate::page::expand::{CallOutput, Placeholder, Replacement};
use crate::page::fences_to_blocks::{Item, SpannedItem};
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
        let spans: Vec<_> = rewritten
            .blocks
            .iter()
            .map(|block| block.span.clone())
            .collect();
        let tables = spans_of(&rewritten.items, |event| {
            matches!(event, Event::Start(Tag::Table(_)))
        });
        let code = spans_of(&rewritten.items, |event| {
            matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)))
        });
        let html = spans_of(&rewritten.items, |event| {
            matches!(event, Event::Start(Tag::HtmlBlock))
        });
        let text = spans_of(&rewritten.items, |event| matches!(event, Event::Text(_)));
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
        let rewriter = Rewriter {
            document: self,
            dialect,
            lines,
            tables,
            code,
            comments: comments_in(&self.markdown, html),
            text,
        };
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
    /// Where tables stand in the source: their cells can't have lines of their own.
    tables: Vec<Range<usize>>,
    /// Where code stands in the source: Markdown reads nothing in it, references neither.
    code: Vec<Range<usize>>,
    /// Where comments stand in the HTML of the source: one of ours would end them.
    comments: Vec<Range<usize>>,
    /// Where text stands in the source.
    text: Vec<Range<usize>>,
}

/// Where these events stand in the source.
fn spans_of(items: &[SpannedItem<'_>], is: impl Fn(&Event<'_>) -> bool) -> Vec<Range<usize>> {
    let spans = items.iter().filter_map(|placed| match &placed.item {
        Item::Event(event) if is(event) => Some(placed.span.clone()),
        _ => None,
    });
    spans.collect()
}

/// Where comments stand in these parts of the source.
fn comments_in(source: &str, html: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    for Range { mut start, end } in html {
        while let Some(at) = source[start..end].find("<!--") {
            let comment = start + at;
            // `<!-->` is a whole comment, so the marks may overlap.
            let length = source[comment + 2..end].find("-->");
            start = length.map_or(end, |length| comment + 2 + length + 3);
            comments.push(comment..start);
        }
    }
    comments
}

/// Whether `span` stands in one of `outer`, which are sorted and apart.
fn is_in(span: &Range<usize>, outer: &[Range<usize>]) -> bool {
    let after = outer.partition_point(|outer| outer.start <= span.start);
    after > 0 && span.start < outer[after - 1].end
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
                    Some(line) if is_in(span, &self.tables) => {
                        Edit::Part(as_inline(&one_line(&line.html)))
                    }
                    Some(line) => Edit::Lines(line.html.clone()),
                    // It stands where Markdown has only text.
                    None => Edit::Part(self.as_text(written)),
                }
            }
            Some(Replacement::Html(html)) => {
                let html = self.filled(html, |block| block.trim().to_owned());
                if is_in(span, &self.code) || is_in(span, &self.comments) {
                    Edit::Part(one_line(&html))
                } else if self.is_alone(span) {
                    Edit::Lines(html)
                } else {
                    Edit::Part(as_inline(&one_line(&html)))
                }
            }
            None => Edit::Part(self.filled(output, one_line)),
        }
    }

    /// Whether nothing else stands on the lines of a call: then it is no part of a paragraph, nor
    /// of a table.
    fn is_alone(&self, span: &Range<usize>) -> bool {
        if is_in(span, &self.tables) {
            return false;
        }
        let source = &self.document.source();
        let (before, containers) = self.before(span.start);
        let after = &source.text[span.end..source.line_around(span.end).end.max(span.end)];
        containers.len() == before.len() && after.trim().is_empty()
    }

    /// What stands on its line before `at`, and the marks of lists and quotes that this begins with.
    fn before(&self, at: usize) -> (&str, &str) {
        let line_start = self.document.source().line_around(at).start;
        let before = &self.document.markdown[line_start..at];
        let is_text = |mark| is_in(&(line_start + mark..at), &self.text);
        (before, containers_before(before, is_text))
    }

    /// Puts lines of HTML in the place of `span` of the source, behind what stands before it; returns
    /// where the source goes on.
    fn put_on_lines(&self, markdown: &mut String, span: &Range<usize>, html: &str) -> usize {
        let source = &self.document.source();
        let (before, containers) = self.before(span.start);
        let line_end = source.line_around(span.end).end.max(span.end);
        let rest_of_line = &source.text[span.end..line_end];
        let continued = continued(containers);
        // How much of plain indentation belongs to a list, and how much is the author's own, is not to
        // be seen from the line: what is his would be part of the code's further lines. To scripts and
        // style sheets it means nothing.
        let html = if ends_with_mark(containers) || !html.contains("</pre>") {
            html_lines(html)
        } else {
            html_line(html)
        };
        if containers.len() < before.len() {
            let end = markdown.trim_end_matches([' ', '\t']).len();
            markdown.truncate(end);
            if may_be_mark(&before[containers.len()..]) {
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

    /// A call that is text: the generator must not take it for one.
    fn as_text(&self, written: &str) -> String {
        match self.dialect {
            Dialect::Templates => raw(written),
            Dialect::Shortcodes | Dialect::Markdown => escaped_call(written),
        }
    }
}

/// A space that Markdown takes for text: what follows it doesn't begin a line, and what it follows isn't all of one.
const NO_MARK: &str = "&#32;";

/// Whether a line that begins so may be no paragraph: behind a block its author meant text.
fn may_open_block(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit() || "`~#>-+*=_|<[:".contains(first))
}

/// Whether text that has a line for itself, now that the block behind it has its own, may be a rule, an underline or the
/// mark of an empty item.
fn may_be_mark(line: &str) -> bool {
    !line.contains(char::is_alphabetic)
}

/// Text in which a template engine finds nothing.
fn raw(text: &str) -> String {
    format!("{{% raw %}}{text}{{% endraw %}}")
}

/// `{% a() %}..{% end %}` as `{%/* a() */%}..{%/* end */%}`, which stands for the former.
fn escaped_call(written: &str) -> String {
    let escaped = |tag: &str| {
        let inner = &tag[2..tag.len() - 2];
        format!("{}/*{inner}*/{}", &tag[..2], &tag[tag.len() - 2..])
    };
    match written.rfind("{%").filter(|end| *end > 0) {
        Some(end) if written.starts_with("{%") => {
            let open = written.find("%}").map_or(end, |at| at + 2);
            format!(
                "{}{}{}",
                escaped(&written[..open]),
                &written[open..end],
                escaped(&written[end..])
            )
        }
        _ => escaped(written),
    }
}
