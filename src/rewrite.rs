//! Markdown in, Markdown out: each block is finished HTML, on one line that no reader of Markdown
//! and no template engine takes for anything else.

use std::ops::Range;

use crate::block::Block;
use crate::document::Document;
use crate::error::Error;
use crate::expand::{Filling, Gap};
use crate::page::PageAssets;
use crate::page_blocks::PageBlocks;

/// What a generator reads in its content beside Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Shortcodes: Zola up to 0.22.
    Shortcodes,
    /// All of Tera's templates: Zola from 0.23 on.
    Templates,
}

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
        let blocks = PageBlocks::settle(
            self.settings,
            self.context,
            self.reader.source,
            passed.blocks,
            &mut diagnostics,
        );
        let lines = (0..spans.len())
            .map(|index| on_one_line(&blocks.html(index, &mut diagnostics)))
            .collect();
        let rewriter = Rewriter {
            document: self,
            dialect,
            spans,
            lines,
        };
        let markdown = rewriter.markdown();
        diagnostics.sort_by_key(|error| (error.line(), error.column()));
        Rewritten {
            markdown,
            assets: blocks.assets,
            diagnostics,
        }
    }
}

struct Rewriter<'d> {
    document: &'d Document<'d>,
    dialect: Dialect,
    /// Where each block stands.
    spans: Vec<Range<usize>>,
    /// The HTML of each block.
    lines: Vec<String>,
}

/// What goes in the place of some text: part of a line, or lines of its own.
enum Replacement {
    Part(String),
    Lines(String),
}

impl Rewriter<'_> {
    fn markdown(&self) -> String {
        let source = self.document.reader.source.text;
        let mut markdown = String::with_capacity(source.len() * 2);
        let mut at = 0;
        for (span, replacement) in self.replacements() {
            match replacement {
                Replacement::Part(text) => {
                    markdown.push_str(&source[at..span.start]);
                    markdown.push_str(&text);
                    at = span.end;
                }
                Replacement::Lines(html) => {
                    at = put_on_a_line(&mut markdown, source, at, &span, &html);
                }
            }
        }
        markdown.push_str(&source[at..]);
        markdown
    }

    fn replacements(&self) -> Vec<(Range<usize>, Replacement)> {
        let calls = &self.document.expanded.replaced;
        let mut replacements: Vec<_> = calls
            .iter()
            .map(|(span, output)| (span.clone(), self.call(span, output)))
            .collect();
        for (index, block) in self.spans.iter().enumerate() {
            let is_in_call = calls.iter().any(|(call, _)| call.contains(&block.start));
            if !is_in_call {
                let end = self.document.reader.source.text[block.clone()]
                    .trim_end()
                    .len();
                let span = block.start..block.start + end;
                replacements.push((span, Replacement::Lines(self.lines[index].clone())));
            }
        }
        replacements.sort_by_key(|(span, _)| span.start);
        replacements
    }

    /// The output of a call.
    fn call(&self, span: &Range<usize>, output: &str) -> Replacement {
        let gaps = &self.document.expanded.gaps;
        let filling = gaps
            .find(output)
            .filter(|gap| gap.span == (0..output.len()))
            .map(|gap| gaps.filling(gap.index));
        match filling {
            Some(Filling::Block { block, written }) => match self.line_of(block) {
                Some(html) => Replacement::Lines(html.to_owned()),
                None => Replacement::Part(self.as_text(written)),
            },
            Some(Filling::Html(html)) => {
                let html = on_one_line(&self.filled(html));
                match self.is_alone(span) {
                    true => Replacement::Lines(html),
                    false => Replacement::Part(html),
                }
            }
            None => Replacement::Part(self.filled(output)),
        }
    }

    /// Whether nothing else stands on the lines of a call: then it is no part of a paragraph.
    fn is_alone(&self, span: &Range<usize>) -> bool {
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
                    filled.push_str(self.line_of(block).unwrap_or_default());
                }
            }
            rest = &rest[span.end..];
        }
        filled.push_str(rest);
        filled
    }

    /// The HTML of a block; `None` for one that stands where Markdown has only text.
    fn line_of(&self, block: &Block) -> Option<&str> {
        let index = self.spans.iter().position(|span| *span == block.span)?;
        Some(&self.lines[index])
    }

    /// A call that stands in code: the generator must not take it for one.
    fn as_text(&self, written: &str) -> String {
        match self.dialect {
            Dialect::Templates => format!("{{% raw %}}{written}{{% endraw %}}"),
            Dialect::Shortcodes => escaped_call(written),
        }
    }
}

/// Puts a line of HTML in the place of `span`; returns where the source goes on.
fn put_on_a_line(
    markdown: &mut String,
    source: &str,
    at: usize,
    span: &Range<usize>,
    html: &str,
) -> usize {
    let line_start = source[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let before = &source[line_start..span.start];
    let containers = containers_of(before);
    let rest_of_line = source[span.end..].split('\n').next().unwrap_or_default();
    markdown.push_str(&source[at..span.start]);
    if before[containers.len()..].starts_with('|') {
        // A cell of a table can't have lines of its own.
        markdown.push_str(&html.replace('|', "&#124;"));
        return span.end;
    }
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

/// The marks of lists and quotes that a line begins with.
fn containers_of(line: &str) -> &str {
    let mut end = 0;
    loop {
        let rest = line[end..].trim_start_matches([' ', '\t']);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = match rest[digits..].chars().next() {
            Some('>') if digits == 0 => 1,
            Some('-' | '*' | '+') if digits == 0 => 2,
            Some('.' | ')') if digits > 0 => digits + 2,
            _ => 0,
        };
        let is_mark =
            mark > 0 && (mark == 1 || rest[..mark.min(rest.len())].ends_with([' ', '\t']));
        if !is_mark {
            return &line[..line.len() - rest.len()];
        }
        end = line.len() - rest.len() + mark;
    }
}

/// What a further line of the same containers begins with.
fn continued(containers: &str) -> String {
    let keep = |character| {
        if matches!(character, '>' | '\t') {
            character
        } else {
            ' '
        }
    };
    containers.chars().map(keep).collect()
}

/// HTML whose line ends are references, and in which no template begins.
fn on_one_line(html: &str) -> String {
    html.trim()
        .replace('\r', "")
        .replace('\n', "&#10;")
        .replace('{', "&#123;")
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
