//! Blocks for hosts whose Markdown parser isn't pulldown-cmark, or that keep no offsets: their
//! fences come one by one, and messages are drawn without the page's text.

use std::ops::Range;

use crate::error::{Error, Source};
use crate::page::PageAssets;

/// A fenced code block as the host's parser gives it, for
/// [`Renderer::render_fences`](crate::Renderer::render_fences).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fence<'a> {
    /// The info string: `pyodide session="x"`.
    pub info: &'a str,
    /// The code, with or without its last line end.
    pub code: &'a str,
    /// The line and the column of the opening fence in the page's file, from 1.
    pub place: Option<(usize, usize)>,
}

impl<'a> Fence<'a> {
    /// A fence with this info string and code.
    pub fn new(info: &'a str, code: &'a str) -> Self {
        Self {
            info,
            code,
            place: None,
        }
    }

    /// Says where the opening fence stands in the page's file, both from 1: messages name it.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.place = Some((line, column));
        self
    }
}

/// The fences of a page, rendered.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RenderedFences {
    /// The HTML of each fence that is a block, in the order in which they were given; `None` for
    /// those that are ordinary code.
    pub html: Vec<Option<String>>,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the blocks, in the order of the fences.
    pub diagnostics: Vec<Error>,
}

/// The opening lines of a page's fences, written again from what the host knows of them: a text
/// that messages can point into.
#[derive(Default)]
pub(crate) struct Openings {
    text: String,
    /// The line of the page for each line of `text`.
    lines: Vec<Option<usize>>,
}

impl Openings {
    /// Adds a fence; the range is its place in the text.
    pub fn add(&mut self, info: &str, place: Option<(usize, usize)>) -> Range<usize> {
        let (line, column) = place.unzip();
        let indent = column.unwrap_or(1).saturating_sub(1);
        self.text.extend(std::iter::repeat_n(' ', indent));
        let start = self.text.len();
        self.text.push_str("```");
        // A host's info string could hold anything; a fence's stands in one line.
        self.text.push_str(&info.replace(['\n', '\r'], " "));
        let span = start..self.text.len();
        self.text.push('\n');
        self.lines.push(line);
        span
    }

    pub fn source<'a>(&'a self, name: &'a str) -> Source<'a> {
        Source::new(name, &self.text)
    }

    /// Errors that point into this text, pointing into the page instead.
    pub fn relocated(&self, errors: Vec<Error>) -> Vec<Error> {
        let line = |line: usize| self.lines.get(line - 1).copied().flatten();
        errors
            .into_iter()
            .map(|error| error.with_lines(line))
            .collect()
    }
}
