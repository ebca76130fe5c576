//! Blocks for hosts whose Markdown parser isn't pulldown-cmark, or that keep no offsets: their
//! fences come one by one, and messages are drawn without the page's text.

use std::borrow::Cow;
use std::ops::Range;

use crate::error::{Errors, LinePlace, Source};
use crate::page::loader::PageAssets;

/// A fenced code block as the host's parser gives it, for
/// [`Renderer::render_fences`](crate::Renderer::render_fences).
///
/// ```
/// use pyfence::{Fence, PageContext, Renderer};
///
/// let renderer = Renderer::builder().build()?;
/// let fences = [Fence::new("pyodide heigth=5", "1\n").at(7, 1)];
/// let rendered = renderer.render_fences(fences, &PageContext::new("a.md"));
/// let error = rendered.diagnostics.iter().next().unwrap();
/// assert_eq!((error.file(), error.line(), error.column()), (Some("a.md"), Some(7), Some(12)));
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fence<'a> {
    /// The info string: `pyodide session="x"`.
    pub info: Cow<'a, str>,
    /// The code, with or without its last line end.
    pub code: &'a str,
    /// The line and the column of the opening fence in the page's file, from 1.
    pub place: Option<(usize, usize)>,
}

impl<'a> Fence<'a> {
    /// A fence with this info string and code.
    pub fn new(info: &'a str, code: &'a str) -> Self {
        Self {
            info: info.into(),
            code,
            place: None,
        }
    }

    /// A fence of a parser that gives the info string in two: its first word, and what follows.
    ///
    /// ```
    /// use pyfence::Fence;
    ///
    /// let fence = Fence::of_language("pyodide", "session=x", "print(1)");
    /// assert_eq!(fence, Fence::new("pyodide session=x", "print(1)"));
    /// ```
    pub fn of_language(language: &'a str, rest: &'a str, code: &'a str) -> Self {
        let info = match rest.trim() {
            "" => language.into(),
            rest => format!("{language} {rest}").into(),
        };
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

/// The fences of a page, rendered, by [`Renderer::render_fences`](crate::Renderer::render_fences).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RenderedFences {
    /// One for each fence, in the order in which they were given: the HTML of a block, or `None`
    /// where the fence is none, because its first word isn't `pyodide`. A block with mistakes has
    /// HTML as well; what is wrong is in the diagnostics.
    pub html: Vec<Option<String>>,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the blocks, in the order of the fences.
    pub diagnostics: Errors,
}

/// The opening lines of a page's fences, written again from what the host knows of them: a text
/// that messages can point into.
#[derive(Default)]
pub(crate) struct SyntheticSource {
    text: String,
    /// Where each line of `text` stands in the page.
    places: Vec<LinePlace>,
}

impl SyntheticSource {
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
        self.places.push(LinePlace::of_page(line));
        span
    }

    pub fn source<'a>(&'a self, name: &'a str) -> Source<'a> {
        Source::new(name, &self.text).placed(&self.places)
    }
}
