//! What is wrong with an option that a fence, a shortcode or a configuration states.

use std::fmt;
use std::ops::Range;

use crate::error::{Error, ErrorKind, Source};

/// What is wrong with an option: a message, and what to do about it.
///
/// [`BlockOptions::set`](crate::BlockOptions::set) returns it without a place in a file. A caller
/// that knows where the option is written adds the place with [`OptionError::at`].
///
/// ```
/// let wrong = pyfence::BlockOptions::default().set("height", "tall").unwrap_err();
/// assert_eq!(wrong.message(), "`tall` is not a height");
/// assert!(wrong.to_string().contains("5-30"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionError {
    is_about_name: bool,
    message: String,
    help: Option<String>,
}

impl OptionError {
    /// There is no option of this name.
    pub(crate) fn name(message: String, help: Option<String>) -> Self {
        Self {
            is_about_name: true,
            message,
            help,
        }
    }

    /// The option doesn't take this value.
    pub(crate) fn value(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            is_about_name: false,
            message: message.into(),
            help: Some(help.into()),
        }
    }

    /// The option doesn't take this value, and the message says which one it takes.
    pub(crate) fn value_with_suggestion(message: impl Into<String>) -> Self {
        Self {
            is_about_name: false,
            message: message.into(),
            help: None,
        }
    }

    /// What is wrong, without the advice.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The error with its place in the file that states the option: bytes of the option's name
    /// and bytes of its value. It points at the one that is wrong.
    ///
    /// ```
    /// use pyfence::{BlockOptions, Source};
    ///
    /// let config = "python:\n  height: tall\n";
    /// let mut options = BlockOptions::default();
    /// let wrong = options.set("height", "tall").unwrap_err();
    /// let error = wrong.at(&Source::new("site.yaml", config), 10..16, 18..22);
    /// assert_eq!((error.line(), error.column()), (Some(2), Some(11)));
    /// ```
    pub fn at(self, source: &Source<'_>, name: Range<usize>, value: Range<usize>) -> Error {
        let place = if self.is_about_name { name } else { value };
        Error::from(self).at(source, place)
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for OptionError {}

impl From<OptionError> for Error {
    fn from(wrong: OptionError) -> Self {
        let kind = if wrong.is_about_name {
            ErrorKind::UnknownOption
        } else {
            ErrorKind::BadValue
        };
        let error = Error::new(kind, wrong.message);
        match wrong.help {
            Some(help) => error.help(help),
            None => error,
        }
    }
}
