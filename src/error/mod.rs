//! The one error type: what went wrong, where, why, and what to do.

mod did_you_mean;
mod errors;
mod repeated;
mod snippet;
mod source;

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

pub(crate) use did_you_mean::nearest;
pub use errors::Errors;
pub(crate) use source::SharedLines;
pub use source::{LinePlace, Source};

use repeated::SHOWN_PLACES;
use source::Mark;

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of thing went wrong.
///
/// ```
/// use pyfence::{Error, ErrorKind};
///
/// let error = Error::unreadable("a.md", std::io::Error::from(std::io::ErrorKind::NotFound));
/// assert_eq!(error.kind(), ErrorKind::Io);
/// assert_eq!((ErrorKind::Io.exit_code(), ErrorKind::Syntax.exit_code()), (2, 1));
/// ```
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
    /// An exercise that isn't whole, or a part of one that belongs to none.
    Exercise,
    /// A block or shortcode in a place where HTML can't hold it.
    Misplaced,
    /// A page with blocks of which none may carry the loader tags.
    NoLoader,
    /// A block that asks for what the site's lock doesn't have.
    Unlocked,
    /// A template that doesn't parse or render.
    Template,
    /// The configuration of a site or a book.
    Config,
    /// Python in a block that can't work for its reader.
    Code,
    /// Front matter or content of a site.
    Content,
    /// A feature that the site asks for and this engine lacks.
    Unsupported,
    /// A call with arguments that can't be followed: a folder that isn't there, or that must not
    /// be written over.
    Usage,
    /// The program that pyfence works with (Zola, mdBook) is missing, can't be run, or doesn't
    /// answer as it should.
    Engine,
    /// A file that can't be read or written, an address that can't be listened on.
    Io,
}

impl ErrorKind {
    /// The exit code of a command that ends with such an error: 1 if the author of the content
    /// can mend it, 2 if the call, the machine or a program on it is at fault.
    ///
    /// ```
    /// use pyfence::ErrorKind;
    ///
    /// assert_eq!(ErrorKind::UnknownOption.exit_code(), 1);
    /// assert_eq!(ErrorKind::Io.exit_code(), 2);
    /// ```
    pub fn exit_code(self) -> u8 {
        match self {
            ErrorKind::Usage | ErrorKind::Engine | ErrorKind::Io => 2,
            _ => 1,
        }
    }
}

/// An error or a warning.
///
/// `Display` draws it the way rustc does, with the offending line where there is one, and with its
/// causes: whoever walks [`source`](std::error::Error::source) shows [`Error::message`] before it.
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
    is_warning: bool,
    message: String,
    help: Option<String>,
    /// The name that silences it, if it is a finding in the code of a block.
    rule: Option<&'static str>,
    file: Option<String>,
    marks: Vec<Mark>,
    /// Shared, as a cause need not be `Clone`.
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
    /// How many places there are beside the first that are equally to blame; not all are marked.
    further_places: usize,
    /// The same mistake at other places.
    repeated: Vec<Error>,
}

impl Error {
    /// An error with a message in one line: what is wrong, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            is_warning: false,
            message: message.into(),
            help: None,
            rule: None,
            file: None,
            marks: Vec::new(),
            cause: None,
            further_places: 0,
            repeated: Vec::new(),
        }))
    }

    /// A file or folder that can't be read, of kind [`ErrorKind::Io`].
    ///
    /// ```
    /// use pyfence::Error;
    ///
    /// let error = std::fs::read("no/file.md").map_err(|cause| Error::unreadable("no/file.md", cause));
    /// let drawn = error.unwrap_err().to_string();
    /// assert!(drawn.starts_with("error: no/file.md: can't read this: "));
    /// ```
    pub fn unreadable(file: impl AsRef<Path>, cause: impl Into<Cause>) -> Self {
        Self::new(ErrorKind::Io, "can't read this")
            .in_file(shown(file.as_ref()))
            .caused_by(cause)
    }

    /// A file or folder that can't be written, of kind [`ErrorKind::Io`].
    pub fn unwritable(file: impl AsRef<Path>, cause: impl Into<Cause>) -> Self {
        Self::new(ErrorKind::Io, "can't write this")
            .in_file(shown(file.as_ref()))
            .caused_by(cause)
    }

    /// A warning with a message in one line.
    pub fn warning(kind: ErrorKind, message: impl Into<String>) -> Self {
        let mut error = Self::new(kind, message);
        error.0.is_warning = true;
        error
    }

    /// The same as an error, where it is a warning.
    #[must_use]
    pub fn as_error(mut self) -> Self {
        self.0.is_warning = false;
        for other in &mut self.0.repeated {
            other.0.is_warning = false;
        }
        self
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

    /// Points at the first few of many places that are equally to blame.
    pub(crate) fn at_each(
        mut self,
        source: &Source<'_>,
        ranges: impl ExactSizeIterator<Item = Range<usize>>,
    ) -> Self {
        self.0.further_places = ranges.len().saturating_sub(1);
        for range in ranges.take(SHOWN_PLACES) {
            self = self.at(source, range);
        }
        self
    }

    /// Takes in the same mistake at other places.
    fn repeat(&mut self, others: Vec<Error>) {
        for mut other in others {
            let repeated = std::mem::take(&mut other.0.repeated);
            self.0.repeated.push(other);
            self.0.repeated.extend(repeated);
        }
    }

    /// The error with other numbers of its lines: the text that it points into is a part of a
    /// file, or was made from one. `None` where the file has no such line.
    #[must_use]
    pub fn with_lines(mut self, line: impl Fn(usize) -> Option<usize>) -> Self {
        let others = self.0.repeated.iter_mut();
        let marks = others.flat_map(|other| &mut other.0.marks);
        for mark in self.0.marks.iter_mut().chain(marks) {
            mark.line = mark.line.and_then(&line);
        }
        self
    }

    /// The error with other names of its files.
    #[cfg(feature = "zola")]
    #[must_use]
    pub(crate) fn with_files(mut self, name: &impl Fn(&str) -> String) -> Self {
        let inner = &mut self.0;
        for file in inner.marks.iter_mut().map(|mark| &mut mark.file) {
            *file = name(file);
        }
        inner.file = inner.file.as_deref().map(name);
        let repeated = std::mem::take(&mut inner.repeated).into_iter();
        inner.repeated = repeated.map(|error| error.with_files(name)).collect();
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

    /// Says which rule of checking code it is found by.
    #[cfg(feature = "check")]
    #[must_use]
    pub(crate) fn of_rule(mut self, rule: &'static str) -> Self {
        self.0.rule = Some(rule);
        self
    }

    /// Says which error of someone else led to it: `source()` gives it back.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Cause>) -> Self {
        self.0.cause = Some(cause.into().into());
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether it stops the work: the opposite of a warning.
    pub fn is_error(&self) -> bool {
        !self.0.is_warning
    }

    /// The message, one line, without place or help.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it.
    pub fn suggestion(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// The rule of checking code that found it: the option `ignore` takes its name.
    pub fn rule(&self) -> Option<&str> {
        self.0.rule
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
        mark.line.and(Some(mark.column))
    }

    /// In how many places the mistake is: a page that makes the same one many times is told so
    /// once, with the first few places; see [`Errors::apart`].
    pub fn places(&self) -> usize {
        let repeated = self.0.repeated.iter().map(Error::places);
        1 + self.0.further_places + repeated.sum::<usize>()
    }

    /// How many of its places aren't drawn.
    fn undrawn_places(&self) -> usize {
        let own = (1 + self.0.further_places).min(SHOWN_PLACES);
        self.places() - own - self.0.repeated.len().min(SHOWN_PLACES - 1)
    }

    /// The drawing with ANSI colours, for a terminal.
    pub fn to_ansi(&self) -> String {
        self.drawn_in_color()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.drawn())
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

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let cause = self.0.cause.as_deref()?;
        Some(cause)
    }
}

/// An error of someone else, or a text.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A path as messages show it: with `/`, and without a leading `./`.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    match text.strip_prefix("./") {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}
