//! One page of a folder of finished HTML, as its file holds it.

use std::fs;
use std::path::{Path, PathBuf};

use super::addresses::{above, base_of, on_disk};
use crate::error::{Error, ErrorKind, Result};
use crate::page::finished::FinishedPage;

#[derive(Debug, Clone)]
pub(super) struct Page {
    pub file: PathBuf,
    pub text: Text,
    pub read: FinishedPage,
    /// The address of the folder that is published, as the page says it.
    pub base: String,
}

/// The text of a file, whatever its encoding: of those that hold ASCII's letters as they are.
#[derive(Debug, Clone)]
pub(super) enum Text {
    Utf8(String),
    /// Each byte as the character with its number.
    Bytes(String),
}

impl Text {
    fn read(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Utf8(text),
            Err(wrong) => Self::Bytes(wrong.into_bytes().into_iter().map(char::from).collect()),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Utf8(text) | Self::Bytes(text) => text,
        }
    }

    /// The bytes of a changed text in the encoding of this one.
    pub fn encoded(&self, text: String) -> Vec<u8> {
        match self {
            Self::Utf8(_) => text.into_bytes(),
            Self::Bytes(_) => {
                let bytes = text
                    .chars()
                    .map(|letter| u8::try_from(letter).unwrap_or(b'?'));
                bytes.collect()
            }
        }
    }
}

impl Page {
    /// `None` if it is no page with blocks that a loader finds.
    pub fn read(file: &Path) -> Result<Option<Self>> {
        let is_page = file
            .extension()
            .is_some_and(|end| end == "html" || end == "htm");
        if !is_page || !file.is_file() {
            return Ok(None);
        }
        let text = Text::read(fs::read(file).map_err(|error| Error::unreadable(file, error))?);
        if !text.as_str().contains("pyfence.js") && !text.as_str().contains("<pyodide-block") {
            return Ok(None);
        }
        let read = FinishedPage::read(text.as_str());
        let is_ours = read.has_blocks() || !read.loaders.is_empty();
        Ok(is_ours.then(|| Self {
            file: file.to_owned(),
            text,
            read,
            base: String::new(),
        }))
    }

    /// The folder of the runtime that it loads, and the address of the one that is published.
    pub fn runtime(&self, folder: &Path, address: &str, line: usize) -> Result<(PathBuf, String)> {
        let found = on_disk(folder, &self.file, address).and_then(|script| {
            let runtime = script.parent()?;
            above(runtime)?;
            Some((runtime.to_owned(), base_of(address, 3)?.to_owned()))
        });
        found.ok_or_else(|| {
            Error::new(
                ErrorKind::Content,
                format!("`{address}` isn't in this folder"),
            )
            .in_file(format!("{}:{line}", self.file.display()))
            .help("the runtime has to be in the folder that is published: name that one")
        })
    }
}
