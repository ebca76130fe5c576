//! What a rewriting makes: Markdown, and where its author's text has given way to something else.

use std::borrow::Cow;
use std::ops::Range;

use super::escaped::raw;
use super::kept_code::opens_template;
use crate::page::dialect::Dialect;

/// Rewritten Markdown, and what was put into it, in the order of the page.
pub(super) struct Written<'d> {
    dialect: Dialect,
    pub markdown: String,
    /// Where everything stood in the source that has given way.
    pub sources: Vec<Range<usize>>,
    pub html: Vec<PutHtml<'d>>,
    /// Calls whose scripts or style sheets are other code here.
    pub changed_code: Vec<Range<usize>>,
    texts: Vec<PutText>,
}

/// HTML in the place of a fence or a call.
#[derive(Clone)]
pub(super) struct PutHtml<'d> {
    /// Where it stands in the Markdown.
    pub span: Range<usize>,
    /// Where the fence or the call stood in the source.
    pub source: Range<usize>,
    /// How many bytes it has without the marks of lists and quotes before its further lines.
    pub length: usize,
    pub read_as: ReadAs,
    pub origin: Origin<'d>,
}

/// Text in the place of a call.
struct PutText {
    /// Where it stands in the Markdown.
    span: Range<usize>,
    /// What it is when the Markdown is read.
    read: String,
}

/// Whose HTML it is.
#[derive(Clone, Copy)]
pub(super) enum Origin<'d> {
    /// The block that starts here in the source.
    Block(usize),
    /// What a template gave, with placeholders in it.
    Output(&'d str),
}

/// As what HTML is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadAs {
    /// Part of a block of HTML.
    Block,
    /// Tags and text in a line.
    Line,
}

impl<'d> Written<'d> {
    /// Nothing yet, for a generator of this dialect.
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            markdown: String::new(),
            sources: Vec::new(),
            html: Vec::new(),
            changed_code: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Puts in HTML, of which `lines` is what is read: in a list or a quote its further lines begin with `continued`.
    pub fn push_html(
        &mut self,
        source: &Range<usize>,
        origin: Origin<'d>,
        read_as: ReadAs,
        lines: &str,
        continued: &str,
    ) {
        let start = self.markdown.len();
        for (index, line) in lines.split('\n').enumerate() {
            if index > 0 {
                self.markdown.push('\n');
                self.markdown.push_str(continued);
            }
            self.put_line_of_html(line);
        }
        self.html.push(PutHtml {
            span: start..self.markdown.len(),
            source: source.clone(),
            length: lines.len(),
            read_as,
            origin,
        });
    }

    /// Only in the code of scripts and style sheets there are braces that a template could begin with.
    fn put_line_of_html(&mut self, line: &str) {
        match self.dialect {
            Dialect::Templates if opens_template(line) => {
                self.put_text(&raw(line), line.to_owned());
            }
            _ => self.markdown.push_str(line),
        }
    }

    /// Puts in text, which is `read` when the Markdown is read.
    pub fn put_text(&mut self, markdown: &str, read: String) {
        let start = self.markdown.len();
        self.markdown.push_str(markdown);
        self.texts.push(PutText {
            span: start..self.markdown.len(),
            read,
        });
    }

    /// The Markdown when it is read, and the HTML in it: calls that are text are nothing else by then.
    pub fn as_read(&self) -> (Cow<'_, str>, Cow<'_, [PutHtml<'d>]>) {
        if self.texts.is_empty() {
            return (self.markdown.as_str().into(), (&self.html[..]).into());
        }
        let mut markdown = String::with_capacity(self.markdown.len());
        // Where each text ends: here, and when it is read.
        let mut ends = vec![(0, 0)];
        let mut at = 0;
        for text in &self.texts {
            markdown.push_str(&self.markdown[at..text.span.start]);
            markdown.push_str(&text.read);
            at = text.span.end;
            ends.push((at, markdown.len()));
        }
        markdown.push_str(&self.markdown[at..]);
        let place = |at: usize| {
            let before = ends.partition_point(|(end, _)| *end <= at);
            let (end, end_when_read) = ends[before - 1];
            end_when_read + at - end
        };
        let html = self.html.iter().map(|html| PutHtml {
            span: place(html.span.start)..place(html.span.end),
            ..html.clone()
        });
        let html = html.collect::<Vec<_>>();
        (markdown.into(), html.into())
    }
}
