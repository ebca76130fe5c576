//! Several errors and warnings, as one error.

use std::fmt;
use std::ops::Deref;

use super::Error;
use super::repeated::told_once;

/// All that is wrong with a page, a site or a call: errors and warnings.
///
/// It reads as a slice of [`Error`]s, and `?` turns one error into it. `Display` draws all of them,
/// one after the other.
///
/// ```
/// use pyfence::{Errors, PageContext, Renderer};
///
/// fn html(markdown: &str) -> Result<String, Errors> {
///     let renderer = Renderer::builder().build()?;
///     let page = renderer.render_page(markdown, &PageContext::new("loops.md"));
///     Ok(page.into_result()?.html)
/// }
///
/// assert!(html("```pyodide\n1\n```\n").is_ok());
/// let errors = html("```pyodide hieght=1 widht=2\n1\n```\n").unwrap_err();
/// assert_eq!(errors.len(), 2);
/// assert!(errors.to_string().contains("loops.md:1:12"));
/// assert_eq!(errors.exit_code(), 1);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// Nothing that is wrong.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, error: impl Into<Error>) {
        self.0.push(error.into());
    }

    /// Whether one of them is an error; all others are warnings.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Error::is_error)
    }

    /// Sorts them by file, line and column. Those without a file come first, and those of one
    /// place keep their order.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            (a.file(), a.line(), a.column()).cmp(&(b.file(), b.line(), b.column()))
        });
    }

    /// Leaves out what the one before it says of the same place: a file that several pages include is
    /// told of once.
    pub fn dedup(&mut self) {
        self.0.dedup_by(|a, b| {
            let told =
                |error: &Error| (error.kind(), error.line(), error.column(), error.is_error());
            let is_placed = a.line().is_some();
            is_placed && a.file() == b.file() && a.message() == b.message() && told(a) == told(b)
        });
    }

    /// Sorted, see [`Errors::sort`]; those that are alike in more than a few places are told once.
    pub(crate) fn sorted(errors: Vec<Error>) -> Self {
        let mut errors = Self(errors);
        errors.sort();
        Self(told_once(errors.0))
    }

    /// One for each place of what was told once: for editors, which mark every one.
    #[must_use]
    pub fn apart(self) -> Self {
        let mut all = Vec::with_capacity(self.0.len());
        for mut error in self.0 {
            let repeated = std::mem::take(&mut error.0.repeated);
            all.push(error);
            all.extend(repeated);
        }
        let mut all = Self(all);
        all.sort();
        all
    }

    /// In their order, those that are alike in more than a few places told once.
    #[cfg(feature = "site")]
    pub(crate) fn told_once(self) -> Self {
        Self(told_once(self.0))
    }

    /// The warnings, if nothing is an error; otherwise all of them.
    ///
    /// # Errors
    ///
    /// If one of them [is an error](Error::is_error).
    pub fn into_result(self) -> Result<Self, Self> {
        match self.has_errors() {
            true => Err(self),
            false => Ok(self),
        }
    }

    /// The errors, and the warnings: for hosts that go on while there is more to be found.
    pub fn split(self) -> (Self, Self) {
        let (errors, warnings) = self.0.into_iter().partition(Error::is_error);
        (Self(errors), Self(warnings))
    }

    /// The exit code of a command that ends with these: the highest of
    /// [`ErrorKind::exit_code`](super::ErrorKind::exit_code), and 0 if none of them is an error.
    pub fn exit_code(&self) -> u8 {
        let errors = self.0.iter().filter(|error| error.is_error());
        let codes = errors.map(|error| error.kind().exit_code());
        codes.max().unwrap_or(0)
    }

    /// The drawing with ANSI colours, for a terminal.
    pub fn to_ansi(&self) -> String {
        let drawn: Vec<_> = self.0.iter().map(Error::to_ansi).collect();
        drawn.join("\n\n")
    }
}

impl Deref for Errors {
    type Target = [Error];

    fn deref(&self) -> &[Error] {
        &self.0
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {
    /// The cause of the only error; several have none in common.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0[..] {
            [error] => error.source(),
            _ => None,
        }
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl From<Vec<Error>> for Errors {
    fn from(errors: Vec<Error>) -> Self {
        Self(errors)
    }
}

impl FromIterator<Error> for Errors {
    fn from_iter<I: IntoIterator<Item = Error>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

impl Extend<Error> for Errors {
    fn extend<I: IntoIterator<Item = Error>>(&mut self, errors: I) {
        self.0.extend(errors);
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Error;
    type IntoIter = std::slice::Iter<'a, Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
