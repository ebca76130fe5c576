//! What a release line of Pyodide has: its Python, its modules, its packages. Written by
//! `scripts/python-modules.js` from the last release of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::runtime_files::Manifest;

#[derive(Deserialize)]
pub(crate) struct Release {
    /// The version of Python.
    pub python: (u8, u8),
    /// What compiled wheels for it are tagged with, the newest first.
    pub platforms: Vec<String>,
    /// The modules of the standard library that can be imported.
    pub standard: BTreeSet<String>,
    /// Those that it has elsewhere, but not in WebAssembly.
    pub absent: BTreeSet<String>,
    /// The names that are always there.
    pub builtins: BTreeSet<String>,
    /// The modules that Pyodide itself brings.
    pub distribution: BTreeSet<String>,
    /// The modules of its packages, each with the package's name.
    pub packages: BTreeMap<String, String>,
}

impl Release {
    /// That of a version of Pyodide, without one that of the version which the runtime brings;
    /// `None` where nothing is known of it.
    pub fn of(version: Option<&str>) -> Option<&'static Self> {
        let version = version.unwrap_or(Manifest::shipped().pyodide_version());
        let line = version.rsplit_once('.')?.0;
        RELEASES.get(line)
    }

    pub fn has_module(&self, module: &str) -> bool {
        // Private ones aren't listed.
        module.starts_with('_')
            || self.standard.contains(module)
            || self.distribution.contains(module)
            || self.packages.contains_key(module)
    }
}

static RELEASES: LazyLock<BTreeMap<&str, Release>> = LazyLock::new(|| {
    let lines = [
        ("0.26", include_str!("0.26.json")),
        ("0.27", include_str!("0.27.json")),
        ("0.28", include_str!("0.28.json")),
        ("0.29", include_str!("0.29.json")),
        ("314.0", include_str!("314.0.json")),
    ];
    // What doesn't parse isn't there: a test says so.
    let parsed = lines.map(|(line, text)| Some((line, serde_json::from_str(text).ok()?)));
    parsed.into_iter().flatten().collect()
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Release;

    #[test]
    fn releases_are_known_by_their_line() {
        for (version, python) in [
            (None, 14),
            (Some("314.0.1"), 14),
            (Some("0.29.0"), 13),
            (Some("0.28.0"), 13),
            (Some("0.27.7"), 12),
            (Some("0.26.0"), 12),
        ] {
            let release = Release::of(version).expect("it is known");
            assert_eq!(release.python, (3, python));
            assert!(release.has_module("json") && release.has_module("numpy"));
            assert!(release.absent.contains("tkinter"));
        }
        assert!(Release::of(Some("0.1.0")).is_none());
    }

    #[test]
    fn each_release_with_known_files_is_of_a_known_line() {
        let text = include_str!("../../../runtime/third-party/pyodide-releases.json");
        let releases: BTreeMap<String, Vec<String>> = serde_json::from_str(text).expect("JSON");
        for version in releases.keys() {
            assert!(Release::of(Some(version)).is_some(), "{version}");
        }
    }
}
