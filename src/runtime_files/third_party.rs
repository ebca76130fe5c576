//! The manifests in `runtime/third-party/`: which third-party files the browser loads, in which versions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::runtime_files::Assets;

/// The manifests, as far as rendering needs them: the browser reads the same files.
#[derive(Debug)]
pub(crate) struct Manifest {
    pyodide: Pyodide,
    pyodide_lines: Vec<(u64, u64)>,
    ace_themes: Vec<String>,
    /// The integrity of the files of each release that an option `version` may name.
    releases: BTreeMap<String, [String; 5]>,
    #[cfg(feature = "vendor")]
    scripts: [ScriptPackage; 3],
}

#[derive(Debug, Deserialize)]
struct Pyodide {
    version: String,
    #[cfg(feature = "vendor")]
    base: String,
    #[cfg(feature = "vendor")]
    files: BTreeMap<String, String>,
}

/// Scripts of the page, of a package of npm.
#[cfg(feature = "vendor")]
#[derive(Debug, Deserialize)]
pub(crate) struct ScriptPackage {
    pub npm: String,
    pub version: String,
    base: String,
    /// Their names, and their contents as a value of `integrity`.
    files: BTreeMap<String, String>,
}

#[cfg(feature = "vendor")]
impl ScriptPackage {
    /// Where the CDN has them.
    pub fn base(&self) -> String {
        self.base.replace("{version}", &self.version)
    }

    /// The folder of the package that they are in; with a slash at its end.
    pub fn folder_in_npm(&self) -> String {
        let base = self.base();
        let package = format!("{}@{}/", self.npm, self.version);
        let below = base.split_once(&package).map(|(_, below)| below);
        below.unwrap_or_default().to_owned()
    }

    /// The files by their names, with the sha256 of each as hexadecimal digits.
    pub fn files(&self) -> impl Iterator<Item = (&str, String)> {
        let files = self.files.iter();
        files.map(|(name, integrity)| (name.as_str(), hexadecimal(integrity)))
    }
}

/// The sha256 that a value of `integrity` states.
#[cfg(feature = "vendor")]
fn hexadecimal(integrity: &str) -> String {
    use base64::Engine as _;
    let digest = integrity.strip_prefix("sha256-").unwrap_or_default();
    let digest = base64::engine::general_purpose::STANDARD.decode(digest);
    let digest = digest.unwrap_or_default();
    crate::hex::hex(&digest)
}

impl Manifest {
    /// The manifests embedded in this binary.
    pub fn shipped() -> &'static Manifest {
        static SHIPPED: OnceLock<Manifest> = OnceLock::new();
        SHIPPED.get_or_init(Self::embedded)
    }

    fn embedded() -> Self {
        let releases: BTreeMap<String, [String; 5]> = read("third-party/pyodide-releases.json");
        Self {
            pyodide: read("third-party/pyodide.json"),
            pyodide_lines: lines(releases.keys()),
            ace_themes: read::<BTreeMap<String, IgnoredAny>>("third-party/themes.json")
                .into_keys()
                .collect(),
            releases,
            #[cfg(feature = "vendor")]
            scripts: ["ace", "highlight", "marked"]
                .map(|name| read(&format!("third-party/{name}.json"))),
        }
    }

    /// What pages load besides Pyodide.
    #[cfg(feature = "vendor")]
    pub fn scripts(&self) -> &[ScriptPackage] {
        &self.scripts
    }

    /// Where the CDN has a release of Pyodide.
    #[cfg(feature = "vendor")]
    pub fn pyodide_base(&self, version: &str) -> String {
        self.pyodide.base.replace("{version}", version)
    }

    /// The files of a release of Pyodide, in the order in which the runtime takes them, with the
    /// sha256 of each where it is known. `runtime/third-party/pyodide-release.js` has the same.
    #[cfg(feature = "vendor")]
    pub fn pyodide_files(&self, version: &str) -> [(&'static str, Option<String>); 5] {
        let core = match version.starts_with("0.") {
            true => "pyodide.asm.js",
            false => "pyodide.asm.mjs",
        };
        let names = [
            "pyodide.mjs",
            core,
            "pyodide.asm.wasm",
            "python_stdlib.zip",
            "pyodide-lock.json",
        ];
        let known = self.releases.get(version);
        std::array::from_fn(|index| {
            let name = names[index];
            let integrity = match version == self.pyodide.version {
                true => self.pyodide.files.get(name),
                false => known.map(|known| &known[index]),
            };
            (name, integrity.map(|integrity| hexadecimal(integrity)))
        })
    }

    /// The version of Pyodide that a page gets when no block says otherwise.
    pub fn pyodide_version(&self) -> &str {
        &self.pyodide.version
    }

    /// Whether the files of this release are known, so that they are verified before they run.
    pub fn knows_pyodide(&self, version: &str) -> bool {
        version == self.pyodide.version || self.releases.contains_key(version)
    }

    /// The lines of releases (`0.27`, `314.0`) that are known, from the oldest that runs to the newest.
    pub fn pyodide_lines(&self) -> &[(u64, u64)] {
        &self.pyodide_lines
    }

    /// The names of Ace's themes.
    pub fn ace_themes(&self) -> &[String] {
        &self.ace_themes
    }
}

/// Digits as a number; the greatest where they are too many for one.
pub(crate) fn number_of(digits: &str) -> u64 {
    digits.parse().unwrap_or(u64::MAX)
}

fn lines<'a>(releases: impl Iterator<Item = &'a String>) -> Vec<(u64, u64)> {
    let lines: BTreeSet<_> = releases
        .filter_map(|release| {
            let mut numbers = release.split('.').map(number_of);
            numbers.next().zip(numbers.next())
        })
        .collect();
    lines.into_iter().collect()
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    Assets::shipped().file(name).read()
}
