//! Text files of the site, under the names that messages give them.

use std::fs;
use std::ops::Range;
use std::path::Path;

pub(crate) use crate::error::shown;
use crate::error::{Error, ErrorKind, SharedLines, Source};
use crate::syntax::line_ends::with_line_feeds;

/// A text file, read whole.
#[derive(Debug, Clone)]
pub(crate) struct TextFile {
    /// The path as messages show it, such as `content/loops.md`.
    pub(crate) name: String,
    pub(crate) text: String,
    lines: SharedLines,
}

impl TextFile {
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let name = shown(path);
        let bytes = fs::read(path).map_err(|error| Error::unreadable(path, error))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(ErrorKind::Content, "this file is not UTF-8 text")
                .in_file(&name)
                .help("save it as UTF-8")
        })?;
        // A byte order mark would hide the `+++` of the front matter.
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        Ok(Self::new(name, with_line_feeds(&text).into_owned()))
    }

    /// A text under a name that stands for a file.
    pub(crate) fn new(name: String, text: String) -> Self {
        Self {
            name,
            text,
            lines: SharedLines::default(),
        }
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source::with_lines(&self.name, &self.text, self.lines.clone())
    }

    /// An error that points at a range of bytes of the file.
    pub(crate) fn error(
        &self,
        kind: ErrorKind,
        message: impl Into<String>,
        range: Range<usize>,
    ) -> Error {
        Error::new(kind, message).at(&self.source(), range)
    }

    pub(crate) fn warning(
        &self,
        kind: ErrorKind,
        message: impl Into<String>,
        range: Range<usize>,
    ) -> Error {
        Error::warning(kind, message).at(&self.source(), range)
    }
}

/// A folder that can't be walked through.
pub(crate) fn unwalkable(error: walkdir::Error) -> Error {
    let path = error.path().map(Path::to_owned).unwrap_or_default();
    match error.into_io_error() {
        Some(cause) => Error::unreadable(path, cause),
        None => Error::unreadable(path, "a link in it leads back to a folder above"),
    }
}
