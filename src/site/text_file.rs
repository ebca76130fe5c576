//! Text files of the site, under the names that messages give them.

use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::error::{Error, ErrorKind, Source};

/// A text file, read whole.
#[derive(Debug, Clone)]
pub(crate) struct TextFile {
    /// The path as messages show it, such as `content/loops.md`.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl TextFile {
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let name = shown(path);
        let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(ErrorKind::Io, "this file is not UTF-8 text")
                .in_file(&name)
                .help("save it as UTF-8")
        })?;
        // A byte order mark would hide the `+++` of the front matter.
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        Ok(Self { name, text })
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source::new(&self.name, &self.text)
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

/// A path as messages show it: with `/`, and without a leading `./`.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    match text.strip_prefix("./") {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("this can't be read: {error}")).in_file(shown(path))
}
