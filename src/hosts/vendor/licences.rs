//! Under which licences the copies stand: a text beside them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::sources::{CDN, InNpm, Sources, Wanted};
use super::wheel::Wheel;
use crate::error::Result;

/// Licences by the name and version of what stands under them.
#[derive(Default)]
pub(super) struct Licences {
    of: BTreeMap<String, Licence>,
}

struct Licence {
    stated: String,
    texts: Vec<(String, String)>,
}

impl Licences {
    /// That of a package of npm.
    pub fn add_npm(&mut self, sources: &Sources, package: &str, version: &str) -> Result<()> {
        let described = file_of_npm(sources, package, version, "package.json")?;
        let described = described.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let stated = described.and_then(|package| Some(package["license"].as_str()?.to_owned()));
        let text = file_of_npm(sources, package, version, "LICENSE")?;
        let texts = text.into_iter().map(|text| ("LICENSE".to_owned(), text));
        let licence = Licence {
            stated: stated.unwrap_or_else(|| "not stated".to_owned()),
            texts: texts.collect(),
        };
        self.of.insert(format!("{package} {version}"), licence);
        Ok(())
    }

    /// That of a wheel.
    pub fn add_wheel(&mut self, name: &str, version: &str, wheel: &Wheel) {
        let licence = Licence {
            stated: wheel.licence(),
            texts: wheel.licences.clone(),
        };
        self.of.insert(format!("{name} {version}"), licence);
    }

    pub fn to_text(&self) -> String {
        let mut text = "The licences of the files in this folder, as they state them.\n".to_owned();
        for (of, Licence { stated, texts }) in &self.of {
            // Writing to a String doesn't fail.
            let _ = write!(text, "\n{}\n{of}: {stated}\n", "=".repeat(72));
            for (name, licence) in texts {
                let _ = write!(text, "\n{name}:\n\n{}\n", licence.trim_end());
            }
        }
        text
    }
}

/// A file of a package, if it has it.
fn file_of_npm(
    sources: &Sources,
    package: &str,
    version: &str,
    path: &str,
) -> Result<Option<String>> {
    let url = format!("{CDN}/npm/{package}@{version}/{path}");
    let found = sources.published(&Wanted {
        name: path,
        url: &url,
        npm: Some(InNpm {
            package,
            version,
            path,
        }),
        sha256: None,
    });
    // Not every package has the text of its licence.
    let bytes = match (found, path) {
        (Err(_), "LICENSE") => None,
        (found, _) => found?,
    };
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}
