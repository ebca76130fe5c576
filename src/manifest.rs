//! The manifests in `runtime/`: which third-party files the browser loads, in which versions.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::assets::Assets;

/// The manifests, as far as rendering needs them: the browser reads the same files.
#[derive(Debug)]
pub(crate) struct Manifest {
    pyodide: Pyodide,
    ace_themes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Pyodide {
    version: String,
}

impl Manifest {
    /// The manifests embedded in this binary.
    pub fn shipped() -> &'static Manifest {
        static SHIPPED: OnceLock<Manifest> = OnceLock::new();
        SHIPPED.get_or_init(|| Manifest {
            pyodide: read("pyodide.json"),
            ace_themes: read::<BTreeMap<String, IgnoredAny>>("themes.json")
                .into_keys()
                .collect(),
        })
    }

    /// The version of Pyodide that a page gets when no block says otherwise.
    pub fn pyodide_version(&self) -> &str {
        &self.pyodide.version
    }

    /// The names of Ace's themes.
    pub fn ace_themes(&self) -> &[String] {
        &self.ace_themes
    }
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(Assets::shipped().file(name).contents())
        .expect("the embedded manifests are checked by this crate's own tests")
}
