//! The one error type: what went wrong, where, and what to do.
//!
//! This is the only module that draws source snippets.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An option that no block has.
    UnknownOption,
    /// A value that its option doesn't take.
    BadValue,
    /// Text that is almost an option list or a shortcode, but not one.
    Syntax,
    /// A shortcode that nobody defined.
    UnknownShortcode,
    /// Two blocks of a page ask for different versions of Pyodide.
    VersionConflict,
    /// Two blocks of a page have the same `id`.
    DuplicateId,
    /// A block or shortcode in a place where HTML can't hold it.
    Misplaced,
    /// A page with blocks of which none may carry the loader tags.
    NoLoader,
    /// A template that doesn't parse or render.
    Template,
    /// The configuration of a site or a book.
    Config,
    /// Front matter or content of a site.
    Content,
    /// A feature that the site asks for and this engine lacks.
    Unsupported,
    /// A file that can't be read or written, an address that can't be bound.
    Io,
}

/// Whether an [`Error`] stops the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output is usable; something in it is probably not meant.
    Warning,
    /// The output is not what the author asked for.
    Error,
}

/// An error or a warning.
///
/// `Display` draws it the way rustc does, with the offending line where there is one:
///
/// ```
/// use pyfence::{PageContext, Renderer};
///
/// let renderer = Renderer::builder().build()?;
/// let page = renderer.render_page("```pyodide hieght=12\n1\n```\n", &PageContext::new("loops.md"));
/// let error = &page.diagnostics[0];
/// assert_eq!(error.message(), "unknown option `hieght`; did you mean `height`?");
/// assert_eq!((error.line(), error.column()), (Some(1), Some(12)));
/// assert!(error.to_string().contains("--> loops.md:1:12"));
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    severity: Severity,
    message: String,
    help: Option<String>,
    file: Option<String>,
    marks: Vec<Mark>,
}

/// A marked place: whole lines of the source and a range in them.
#[derive(Clone)]
struct Mark {
    file: String,
    /// Number of the first line of `text`, from 1; `None` where the host knows none.
    line: Option<usize>,
    text: String,
    range: Range<usize>,
    label: Option<String>,
}

/// A text that errors point into: the whole of a file, or what follows its front matter.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file's name as messages show it, such as `content/loops.md`.
    pub name: &'a str,
    /// The text that byte ranges refer to.
    pub text: &'a str,
    /// The line of the file at which `text` starts, from 1.
    pub first_line: usize,
}

impl<'a> Source<'a> {
    /// The whole text of a file.
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self {
            name,
            text,
            first_line: 1,
        }
    }

    fn mark(&self, range: Range<usize>, label: Option<String>) -> Mark {
        let start = floor_char_boundary(self.text, range.start);
        let end = floor_char_boundary(self.text, range.end).max(start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        // A range over several lines (a whole shortcode) is shown by its first line.
        let line_end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        let text = self.text[line_start..line_end].trim_end_matches('\r');
        let within = |at: usize| (at - line_start).min(text.len());
        Mark {
            file: self.name.to_owned(),
            line: Some(self.first_line + self.text[..line_start].matches('\n').count()),
            range: within(start)..within(end.min(line_end)),
            text: text.to_owned(),
            label,
        }
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl Error {
    /// An error with a message in one line: what is wrong, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            file: None,
            marks: Vec::new(),
        }))
    }

    /// A warning with a message in one line.
    pub fn warning(kind: ErrorKind, message: impl Into<String>) -> Self {
        let mut error = Self::new(kind, message);
        error.0.severity = Severity::Warning;
        error
    }

    /// Points at a range of bytes of `source`. The first place pointed at is the error's own
    /// line and column; further ones are shown beside it.
    #[must_use]
    pub fn at(self, source: &Source<'_>, range: Range<usize>) -> Self {
        self.mark(source, range, None)
    }

    /// Points at a range like [`Error::at`] and says a few words beside it.
    #[must_use]
    pub fn at_labelled(
        self,
        source: &Source<'_>,
        range: Range<usize>,
        label: impl Into<String>,
    ) -> Self {
        self.mark(source, range, Some(label.into()))
    }

    fn mark(mut self, source: &Source<'_>, range: Range<usize>, label: Option<String>) -> Self {
        self.0.marks.push(source.mark(range, label));
        self
    }

    /// The error with other numbers of its lines: the text that it points into is a part of a
    /// file, or was made from one.
    #[must_use]
    pub(crate) fn with_lines(mut self, line: impl Fn(usize) -> Option<usize>) -> Self {
        for mark in &mut self.0.marks {
            mark.line = mark.line.and_then(&line);
        }
        self
    }

    /// Names the file, where no line of it can be pointed at.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.0.file = Some(file.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether it stops the work.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// Whether it stops the work: the opposite of a warning.
    pub fn is_error(&self) -> bool {
        self.0.severity == Severity::Error
    }

    /// The message, one line, without place or help.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it.
    pub fn suggestion(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// The file it is in.
    pub fn file(&self) -> Option<&str> {
        let marked = self.0.marks.first().map(|mark| mark.file.as_str());
        marked.or(self.0.file.as_deref())
    }

    /// The line in the file, from 1.
    pub fn line(&self) -> Option<usize> {
        self.0.marks.first().and_then(|mark| mark.line)
    }

    /// The column in the line, in characters from 1.
    pub fn column(&self) -> Option<usize> {
        let mark = self.0.marks.first()?;
        mark.line?;
        Some(mark.text[..mark.range.start].chars().count() + 1)
    }

    /// The drawing with ANSI colours, for a terminal.
    pub fn to_ansi(&self) -> String {
        self.draw(&Renderer::styled())
    }

    fn draw(&self, renderer: &Renderer) -> String {
        let level = match self.0.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.headline());
        let mut group = Group::with_title(title);
        for (index, mark) in self.0.marks.iter().enumerate() {
            let kind = match index {
                0 => AnnotationKind::Primary,
                _ => AnnotationKind::Context,
            };
            let Some(line) = mark.line else {
                group = group.element(Level::NOTE.message(format!("in {}", mark.text.trim())));
                continue;
            };
            group = group.element(
                Snippet::source(&mark.text)
                    .line_start(line)
                    .path(&mark.file)
                    .annotation(kind.span(mark.range.clone()).label(mark.label.as_deref())),
            );
        }
        if let Some(help) = &self.0.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }

    fn headline(&self) -> String {
        match (self.file(), self.line()) {
            (Some(file), None) => format!("{}: {}", file, self.0.message),
            _ => self.0.message.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.draw(&Renderer::plain()))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("file", &self.file())
            .field("line", &self.line())
            .field("column", &self.column())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}

/// The name among `known` that `name` was probably meant to be.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&name, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
