//! `runtime/packages.json`: which third-party files the browser loads, in which versions.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::assets;

/// The manifest, as far as rendering needs it: the browser reads the same file.
#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    pyodide: Pyodide,
    ace: Ace,
}

#[derive(Debug, Deserialize)]
struct Pyodide {
    version: String,
}

#[derive(Debug, Deserialize)]
struct Ace {
    themes: Vec<String>,
}

impl Manifest {
    /// The manifest embedded in this binary.
    pub fn shipped() -> &'static Manifest {
        static SHIPPED: OnceLock<Manifest> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            serde_json::from_str(assets::manifest_text())
                .expect("the embedded manifest is checked by this crate's own tests")
        })
    }

    /// The version of Pyodide that a page gets when no block says otherwise.
    pub fn pyodide_version(&self) -> &str {
        &self.pyodide.version
    }

    /// The names of Ace's themes.
    pub fn ace_themes(&self) -> &[String] {
        &self.ace.themes
    }
}
