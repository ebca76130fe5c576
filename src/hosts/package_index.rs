//! A package index that answers as the Python Package Index does, in
//! [JSON](https://packaging.python.org/en/latest/specifications/simple-repository-api/): micropip
//! asks it in the reader's browser, and `pyfence check --online` before that.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Mutex;

use serde::Deserialize;
use serde_json::Value;

use super::download::download;
use crate::check::{ListedFile, Listing};
use crate::error::{Error, ErrorKind, Result};

/// The form of answer that is asked for.
const JSON: &str = "application/vnd.pypi.simple.v1+json";

/// A package index, asked once for each package.
///
/// ```
/// use pyfence::PackageIndex;
/// use pyfence::check::Listing;
///
/// let nobody = PackageIndex::new("http://127.0.0.1:1/simple");
/// assert!(matches!(nobody.listing("cowsay"), Listing::Unknown));
/// assert!(nobody.failure().is_some());
/// ```
#[derive(Debug)]
pub struct PackageIndex {
    address: String,
    asked: Mutex<Asked>,
}

#[derive(Debug, Default)]
struct Asked {
    listings: BTreeMap<String, Listing>,
    failure: Option<Error>,
}

impl PackageIndex {
    /// The one that micropip asks.
    pub const PYPI: &str = "https://pypi.org/simple";

    /// The index at this address.
    pub fn new(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            asked: Mutex::default(),
        }
    }

    /// What it says of a package. Once it can't be asked, it isn't asked again.
    pub fn listing(&self, name: &str) -> Listing {
        let Ok(mut asked) = self.asked.lock() else {
            return Listing::Unknown;
        };
        if let Some(known) = asked.listings.get(name) {
            return known.clone();
        }
        let listing = match asked.failure {
            Some(_) => Listing::Unknown,
            None => self.ask(name).unwrap_or_else(|error| {
                asked.failure = Some(error);
                Listing::Unknown
            }),
        };
        asked.listings.insert(name.to_owned(), listing.clone());
        listing
    }

    /// Why it couldn't be asked, if that is so, and for how many packages.
    pub fn failure(&self) -> Option<Error> {
        let asked = self.asked.lock().ok()?;
        let failed = asked.failure.as_ref()?;
        let is_unknown = |listing: &&Listing| matches!(listing, Listing::Unknown);
        let packages = match asked.listings.values().filter(is_unknown).count() {
            1 => "1 package isn't checked".to_owned(),
            unknown => format!("{unknown} packages aren't checked"),
        };
        let message = format!("the package index can't be asked: {packages}");
        let cause = failed.source().map(ToString::to_string);
        let cause = cause.unwrap_or_else(|| failed.message().to_owned());
        let file = failed.file().unwrap_or(&self.address);
        Some(
            Error::warning(ErrorKind::Io, message)
                .in_file(file)
                .caused_by(cause),
        )
    }

    fn ask(&self, name: &str) -> Result<Listing> {
        let address = format!("{}/{name}/", self.address.trim_end_matches('/'));
        let Some(answer) = download(&address, JSON)? else {
            return Ok(Listing::Absent);
        };
        let project: Project = serde_json::from_slice(&answer).map_err(|error| {
            Error::new(ErrorKind::Io, "this is no answer of a package index")
                .in_file(address)
                .caused_by(error)
        })?;
        let files = project.files.into_iter().map(|file| ListedFile {
            // A reason, or only that it is so.
            is_yanked: !matches!(file.yanked, Value::Null | Value::Bool(false)),
            name: file.filename,
            requires_python: file.requires_python,
        });
        Ok(Listing::Files(files.collect()))
    }
}

#[derive(Deserialize)]
struct Project {
    files: Vec<File>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    filename: String,
    #[serde(default)]
    requires_python: Option<String>,
    #[serde(default)]
    yanked: Value,
}
