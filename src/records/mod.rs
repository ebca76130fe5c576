//! Recorded outputs: what blocks showed when `pyfence test --record` ran them, kept in files of the
//! site, one a page. A host reads them ([`RecordFolder`]); the centre shows those that are fresh.

mod folder;
mod html;
pub(crate) mod key;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

pub use folder::{Picture, RecordFolder};
pub use html::safe_html;

/// The recorded outputs of one page's blocks.
///
/// ```
/// use pyfence::{PageContext, PageRecords, Record, RecordedOutput, Renderer};
///
/// let renderer = Renderer::builder().build()?;
/// let markdown = "```pyodide\nprint(1 < 2)\n```\n";
/// let mut context = PageContext::new("a.md");
/// let code = renderer.parse(markdown, &context).code();
/// let shown = vec![RecordedOutput::text("stdout", "True\n")];
/// let record = Record::new(code.record_key(0), "print(1 < 2)", shown);
/// let records = PageRecords::new(vec![record]);
///
/// context.records = Some(PageRecords::parse("a.toml", &records.to_toml("a.md"))?);
/// let page = renderer.render_page(markdown, &context);
/// assert!(page.html.contains("<pre class=\"pyfence-stdout\">True</pre>"));
///
/// // Other code has another key: what was recorded isn't shown.
/// let page = renderer.render_page("```pyodide\nprint(2)\n```\n", &context);
/// assert!(!page.html.contains("pyfence-stdout"));
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageRecords {
    #[serde(rename = "block", default)]
    blocks: Vec<Record>,
    /// Where the pictures are.
    #[serde(skip)]
    pictures: Pictures,
}

/// Where pictures are, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pictures {
    BelowRoot(String),
    SeenFromPage(String),
}

impl Default for Pictures {
    fn default() -> Self {
        Self::BelowRoot(folder::PUBLISHED.to_owned())
    }
}

/// What one block shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// How the block's code begins, for whoever reads the file.
    begins: String,
    /// Says what the output depends on: see [`PageCode::record_key`](crate::PageCode::record_key).
    key: String,
    /// The digest of what was shown, as the page computes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    digest: String,
    /// The digests of the files that the session has up to this block, by their addresses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    files: BTreeMap<String, String>,
    /// In the order in which they came.
    #[serde(rename = "output", default)]
    outputs: Vec<RecordedOutput>,
}

/// A piece of an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RecordedOutput {
    /// `stdout`, `stderr`, `value` or `error`.
    pub kind: String,
    /// What it is as text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// A value as HTML; only [what is harmless](safe_html) of it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The name of a picture's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

impl RecordedOutput {
    /// A piece of text.
    pub fn text(kind: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            text: text.into(),
            html: None,
            picture: None,
        }
    }
}

impl Record {
    /// What the block with this key shows; `code` is the block's.
    pub fn new(key: impl Into<String>, code: &str, outputs: Vec<RecordedOutput>) -> Self {
        let begins = code.lines().find(|line| !line.trim().is_empty());
        Self {
            begins: begins.unwrap_or_default().trim_end().to_owned(),
            key: key.into(),
            digest: String::new(),
            files: BTreeMap::new(),
            outputs,
        }
    }

    /// With the digest by which a page knows whether a run shows the same.
    #[must_use]
    pub fn with_digest(mut self, digest: impl Into<String>) -> Self {
        self.digest = digest.into();
        self
    }

    /// With the digests of the files that it depends on, by their addresses.
    #[must_use]
    pub fn with_files(mut self, files: BTreeMap<String, String>) -> Self {
        self.files = files;
        self
    }

    /// Says what the output depends on.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The digest of what was shown.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What is shown, in the order in which it came.
    pub fn outputs(&self) -> &[RecordedOutput] {
        &self.outputs
    }
}

impl PageRecords {
    /// The records of a page's blocks, in the order of the page.
    pub fn new(blocks: Vec<Record>) -> Self {
        Self {
            blocks,
            pictures: Pictures::default(),
        }
    }

    /// Reads the text of a file of records; messages name it `name`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Content`] where it isn't one.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| {
            Error::new(ErrorKind::Content, "these are no recorded outputs")
                .in_file(name)
                .caused_by(error.message().to_owned())
                .help("`pyfence test --record` writes them anew")
        })
    }

    /// The text of the file, for the page of this name.
    pub fn to_toml(&self, page: &str) -> String {
        let head =
            format!("# What the blocks of {page} show, as `pyfence test --record` saw it.\n\n");
        // Texts, lists and tables of texts are all that there is.
        head + &toml::to_string_pretty(self).unwrap_or_default()
    }

    /// Leaves out those whose files have changed; `digest` says what they are now.
    #[must_use]
    pub fn fresh(mut self, digest: impl Fn(&str) -> Option<String>) -> Self {
        self.blocks.retain(|record| {
            let mut files = record.files.iter();
            files.all(|(file, then)| digest(file).unwrap_or_default() == *then)
        });
        self
    }

    /// States where the pictures are, below the site's root; `pyfence/records` if nobody says it.
    #[must_use]
    pub fn with_pictures_in(mut self, path: impl Into<String>) -> Self {
        self.pictures = Pictures::BelowRoot(path.into());
        self
    }

    /// States where the pictures are, as seen from the page, for hosts whose pages link relatively.
    #[must_use]
    pub fn with_pictures_at(mut self, address: impl Into<String>) -> Self {
        self.pictures = Pictures::SeenFromPage(address.into());
        self
    }

    /// The record of the block with this key.
    pub fn get(&self, key: &str) -> Option<&Record> {
        self.blocks.iter().find(|record| record.key == key)
    }

    /// All of them.
    pub fn blocks(&self) -> &[Record] {
        &self.blocks
    }

    /// The address of the pictures in a page of the site at `base_url`.
    pub(crate) fn pictures_from(&self, base_url: &str) -> String {
        match &self.pictures {
            Pictures::BelowRoot(path) => format!("{}/{path}", base_url.trim_end_matches('/')),
            Pictures::SeenFromPage(address) => address.clone(),
        }
    }
}
