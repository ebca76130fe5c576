//! Markdown in, Markdown out: each block is finished HTML, on one line that no reader of Markdown
//! and no template engine takes for anything else.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::dialect::Dialect;
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::expand::{Filling, Gap, Output};
use crate::inline_html::as_inline;
use crate::markdown::{Item, Placed};
use crate::page::PageAssets;
use crate::page_blocks::PageBlocks;
use crate::syntax::containers::{containers_of, continued};

/// A page's Markdown with its blocks as HTML.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rewritten {
    /// The Markdown.
    pub markdown: String,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the page, in the order of its lines.
    pub diagnostics: Vec<Error>,
}

/// A comment ends the HTML block that it opens, so the line is one wherever a line may start, and
/// no blank line is needed behind it: that would make a list loose and end a quote.
const HTML_LINE: &str = "<!---->";

impl Document<'_> {
    pub(crate) fn rewrite(&self, dialect: Dialect) -> Rewritten {
        let passed = self.passed();
        let mut diagnostics = passed.errors;
        let spans: Vec<_> = passed
            .blocks
            .iter()
            .map(|block| block.span.clone())
            .collect();
        let tables = spans_of(&passed.items, |event| {
            matches!(event, Event::Start(Tag::Table(_)))
        });
        let code = spans_of(&passed.items, |event| {
            matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)))
        });
        let blocks = PageBlocks::settle(
            self.settings,
            self.context,
            self.reader.source,
            passed.blocks,
            &mut diagnostics,
        );
        let mut lines = BTreeMap::new();
        for (index, span) in spans.into_iter().enumerate() {
            let html = on_one_line(&blocks.html(index, &mut diagnostics));
            lines.insert(
                span.start,
                Line {
                    end: span.end,
                    html,
                },
            );
        }
        for (call, output) in &self.expanded.replaced {
            let is_block = |output: &String| self.expanded.gaps.is_one(output);
            if matches!(output, Output::Markdown(output) if !is_block(output))
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
        };
        let markdown = rewriter.markdown();
        diagnostics.sort_by_key(|error| (error.line(), error.column()));
        Rewritten {
            markdown,
            assets: blocks.assets,
            diagnostics,
        }
    }

    /// The generator reads the output of a shortcode without us.
    fn made_by_template(&self, call: &Range<usize>) -> Error {
        let message = "the template of this shortcode holds a `pyodide` fence";
        Error::new(ErrorKind::Misplaced, message)
            .at(&self.reader.source, call.clone())
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
}

/// Where these events stand in the source.
fn spans_of(items: &[Placed<'_>], is: impl Fn(&Event<'_>) -> bool) -> Vec<Range<usize>> {
    let spans = items.iter().filter_map(|placed| match &placed.item {
        Item::Event(event) if is(event) => Some(placed.span.clone()),
        _ => None,
    });
    spans.collect()
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

/// What goes in the place of some text: part of a line, or a line of its own.
enum Replacement {
    Part(String),
    Line(String),
}

impl Rewriter<'_> {
    fn markdown(&self) -> String {
        let source = self.document.reader.source.text;
        let mut markdown = String::with_capacity(source.len() * 2);
        let mut at = 0;
        for (span, replacement) in self.replacements() {
            markdown.push_str(&source[at..span.start]);
            at = match replacement {
                Replacement::Part(text) => {
                    markdown.push_str(&text);
                    span.end
                }
                Replacement::Line(html) => put_on_a_line(&mut markdown, source, &span, &html),
            }
        }
        markdown.push_str(&source[at..]);
        markdown
    }

    fn replacements(&self) -> Vec<(Range<usize>, Replacement)> {
        let source = self.document.reader.source.text;
        let replaced = &self.document.expanded.replaced;
        let calls = replaced
            .iter()
            .map(|(span, output)| (span.clone(), self.call(span, output)));
        let fences = self.lines.iter().filter_map(|(&start, line)| {
            let after = replaced.partition_point(|(call, _)| call.start <= start);
            let is_in_call = after > 0 && start < replaced[after - 1].0.end;
            let end = start + source[start..line.end].trim_end().len();
            (!is_in_call).then(|| (start..end, Replacement::Line(line.html.clone())))
        });
        let mut replacements: Vec<_> = calls.chain(fences).collect();
        replacements.sort_by_key(|(span, _)| span.start);
        replacements
    }

    /// What goes in the place of a call.
    fn call(&self, span: &Range<usize>, output: &Output) -> Replacement {
        let gaps = &self.document.expanded.gaps;
        let output = match output {
            Output::Text(text) => return Replacement::Part(self.escaped(span, text)),
            Output::Markdown(output) => output,
        };
        let only = gaps
            .find(output)
            .filter(|gap| gap.span == (0..output.len()));
        match only.map(|gap| gaps.filling(gap.index)) {
            Some(Filling::Block { block, written }) => match self.lines.get(&block.span.start) {
                Some(line) if is_in(span, &self.tables) => Replacement::Part(as_inline(&line.html)),
                Some(line) => Replacement::Line(line.html.clone()),
                // It stands where Markdown has only text.
                None => Replacement::Part(self.as_text(written)),
            },
            Some(Filling::Html(html)) => {
                let html = on_one_line(&self.filled(html));
                if is_in(span, &self.code) {
                    Replacement::Part(html)
                } else if self.is_alone(span) {
                    Replacement::Line(html)
                } else {
                    Replacement::Part(as_inline(&html))
                }
            }
            None => Replacement::Part(self.filled(output)),
        }
    }

    /// Whether nothing else stands on the lines of a call: then it is no part of a paragraph, nor
    /// of a table.
    fn is_alone(&self, span: &Range<usize>) -> bool {
        if is_in(span, &self.tables) {
            return false;
        }
        let source = self.document.reader.source.text;
        let before = source[..span.start].rsplit('\n').next().unwrap_or_default();
        let after = source[span.end..].split('\n').next().unwrap_or_default();
        containers_of(before).len() == before.len() && after.trim().is_empty()
    }

    /// HTML or Markdown with the blocks in it.
    fn filled(&self, output: &str) -> String {
        let gaps = &self.document.expanded.gaps;
        let mut filled = String::new();
        let mut rest = output;
        while let Some(Gap { span, index }) = gaps.find(rest) {
            filled.push_str(&rest[..span.start]);
            match gaps.filling(index) {
                Filling::Html(html) => filled.push_str(&self.filled(html)),
                Filling::Block { block, .. } => {
                    let line = self.lines.get(&block.span.start);
                    filled.push_str(line.map_or("", |line| &line.html));
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
            Dialect::Shortcodes => self.document.reader.source.text[span.clone()].to_owned(),
        }
    }

    /// A call that is text: the generator must not take it for one.
    fn as_text(&self, written: &str) -> String {
        match self.dialect {
            Dialect::Templates => raw(written),
            Dialect::Shortcodes => escaped_call(written),
        }
    }
}

/// Puts a line of HTML in the place of `span` of the source, behind what stands before it; returns
/// where the source goes on.
fn put_on_a_line(markdown: &mut String, source: &str, span: &Range<usize>, html: &str) -> usize {
    let line_start = source[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let before = &source[line_start..span.start];
    let containers = containers_of(before);
    let rest_of_line = source[span.end..].split('\n').next().unwrap_or_default();
    let continued = continued(containers);
    if containers.len() < before.len() {
        let end = markdown.trim_end_matches([' ', '\t']).len();
        markdown.truncate(end);
        markdown.push('\n');
        markdown.push_str(&continued);
    }
    markdown.push_str(HTML_LINE);
    markdown.push_str(html);
    if !rest_of_line.trim().is_empty() {
        markdown.push('\n');
        markdown.push_str(&continued);
        return span.end + rest_of_line.len() - rest_of_line.trim_start().len();
    }
    if continued.is_empty() {
        // Outside of lists and quotes blank lines mean nothing: what follows keeps its line number.
        let lines = source[span.clone()].matches('\n').count();
        markdown.push_str(&"\n".repeat(lines));
    }
    span.end + rest_of_line.len()
}

/// HTML whose line ends are references, and in which no template begins.
fn on_one_line(html: &str) -> String {
    html.trim()
        .replace('\r', "")
        .replace('\n', "&#10;")
        .replace('{', "&#123;")
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
