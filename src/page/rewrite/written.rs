//! What a rewriting makes: Markdown, and where its author's text has given way to something else.

use std::borrow::Cow;
use std::ops::Range;

/// Rewritten Markdown, and what was put into it, in the order of the page.
#[derive(Default)]
pub(super) struct Written<'d> {
    pub markdown: String,
    /// Where everything stood in the source that has given way.
    pub sources: Vec<Range<usize>>,
    pub html: Vec<PutHtml<'d>>,
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
    pub place: HtmlPlace,
    pub html: Html<'d>,
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
pub(super) enum Html<'d> {
    /// The block that starts here in the source.
    Block(usize),
    /// What a template gave, with placeholders in it.
    Output(&'d str),
}

/// As what HTML is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HtmlPlace {
    /// Part of a block of HTML.
    Block,
    /// Tags and text in a line.
    Line,
}

impl<'d> Written<'d> {
    /// Puts in HTML, of which `lines` is what is written: in a list or a quote its further lines begin with `continued`.
    pub fn put_html(
        &mut self,
        source: &Range<usize>,
        html: Html<'d>,
        place: HtmlPlace,
        lines: &str,
        continued: &str,
    ) {
        let start = self.markdown.len();
        for (index, line) in lines.split('\n').enumerate() {
            if index > 0 {
                self.markdown.push('\n');
                self.markdown.push_str(continued);
            }
            self.markdown.push_str(line);
        }
        self.html.push(PutHtml {
            span: start..self.markdown.len(),
            source: source.clone(),
            length: lines.len(),
            place,
            html,
        });
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
        let mut all_html = self.html.clone();
        let mut html = all_html.iter_mut().peekable();
        let mut at = 0;
        for text in &self.texts {
            while let Some(html) = html.next_if(|html| html.span.start < text.span.start) {
                html.moved(at, markdown.len());
            }
            markdown.push_str(&self.markdown[at..text.span.start]);
            markdown.push_str(&text.read);
            at = text.span.end;
        }
        for html in html {
            html.moved(at, markdown.len());
        }
        markdown.push_str(&self.markdown[at..]);
        (markdown.into(), all_html.into())
    }
}

impl PutHtml<'_> {
    /// What stood at `from` stands at `to`.
    fn moved(&mut self, from: usize, to: usize) {
        let span = &self.span;
        self.span = span.start - from + to..span.end - from + to;
    }
}
