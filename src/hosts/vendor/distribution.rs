//! The packages of a release of Pyodide, as its own lock (`pyodide-lock.json`) names them.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use pep508_rs::pep440_rs::Version;
use serde_json::{Map, Value, json};

/// Packages by their names in normal form.
pub(super) struct Distribution {
    whole: Value,
}

/// What wheels for a release are tagged with, and what markers of requirements are told.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// The version of Pyodide.
    pub pyodide: String,
    /// The version of Python, with all its numbers.
    pub python: String,
    /// Tags of platforms, the newest first.
    pub platforms: Vec<String>,
}

impl Target {
    /// `3.14` of `3.14.2`.
    pub fn python_line(&self) -> String {
        let mut numbers = self.python.splitn(3, '.');
        let (major, minor) = (numbers.next(), numbers.next());
        format!("{}.{}", major.unwrap_or("3"), minor.unwrap_or("0"))
    }
}

impl Distribution {
    /// `None` if it isn't such a lock.
    pub fn read(text: &[u8]) -> Option<Self> {
        let whole: Value = serde_json::from_slice(text).ok()?;
        whole.get("packages")?.as_object()?;
        let python = whole.get("info")?.get("python")?.as_str()?;
        if !is_python(python) {
            return None;
        }
        Some(Self { whole })
    }

    pub fn target(&self, pyodide: &str) -> Target {
        let info = |key: &str| self.whole["info"][key].as_str().unwrap_or_default();
        let abi = info("abi_version");
        // The tag had another name before PEP 783: https://peps.python.org/pep-0783/
        let mut platforms = vec![
            format!("pyemscripten_{abi}_wasm32"),
            format!("pyodide_{abi}_wasm32"),
            format!("{}_wasm32", info("platform")),
        ];
        if abi.is_empty() {
            platforms.drain(..2);
        } else if !pyodide.starts_with("0.") {
            platforms.truncate(1);
        }
        Target {
            pyodide: pyodide.to_owned(),
            python: info("python").to_owned(),
            platforms,
        }
    }

    /// Itself with no packages, for who boots without any.
    pub fn without_packages(&self) -> Vec<u8> {
        let info = &self.whole["info"];
        serde_json::json!({ "info": info, "packages": {} })
            .to_string()
            .into_bytes()
    }

    fn packages(&self) -> &Map<String, Value> {
        static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
        self.whole["packages"].as_object().unwrap_or(&NONE)
    }

    /// The package that brings a module.
    pub fn bringing(&self, module: &str) -> Option<&str> {
        let brings = |package: &Value| strings(&package["imports"]).any(|name| name == module);
        let mut packages = self.packages().iter();
        let (name, _) = packages.find(|(_, package)| brings(package))?;
        Some(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.packages().keys().map(String::as_str)
    }

    pub fn get(&self, name: &str) -> Option<Entry<'_>> {
        self.packages().get(name).map(Entry)
    }

    /// With other places for its files: those in `own`, by the names of packages, are taken from
    /// where those are, all others from `base`. What isn't of the distribution is added to it.
    pub fn with(&self, own: &BTreeMap<String, Own>, base: &str) -> Vec<u8> {
        let mut whole = self.whole.clone();
        if let Some(packages) = whole["packages"].as_object_mut() {
            for (name, package) in packages.iter_mut() {
                if !own.contains_key(name)
                    && let Some(file) = package["file_name"].as_str()
                {
                    package["file_name"] = format!("{base}{file}").into();
                }
            }
            for (name, own) in own {
                let entry = packages.entry(name.clone()).or_insert_with(|| json!({}));
                own.write(name, entry);
            }
        }
        whole.to_string().into_bytes()
    }
}

/// Whether this is a version of Python, of which a line can be told.
fn is_python(version: &str) -> bool {
    let mut numbers = version.splitn(3, '.').take(2);
    Version::from_str(version).is_ok() && numbers.all(|number| number.parse::<u32>().is_ok())
}

/// A package of the distribution.
#[derive(Clone, Copy)]
pub(super) struct Entry<'d>(&'d Value);

impl<'d> Entry<'d> {
    fn text(self, key: &str) -> &'d str {
        self.0[key].as_str().unwrap_or_default()
    }

    pub fn version(self) -> &'d str {
        self.text("version")
    }

    pub fn file_name(self) -> &'d str {
        self.text("file_name")
    }

    pub fn sha256(self) -> &'d str {
        self.text("sha256")
    }

    pub fn imports(self) -> Vec<String> {
        strings(&self.0["imports"]).map(str::to_owned).collect()
    }

    pub fn depends(self) -> Vec<String> {
        strings(&self.0["depends"]).map(str::to_owned).collect()
    }
}

/// A package at a place of the site's own.
pub(super) struct Own {
    /// From the folder of the distribution's files.
    pub file_name: String,
    pub sha256: String,
    /// What else is another than in the distribution.
    pub of_index: Option<OfIndex>,
}

/// A package of the package index.
pub(super) struct OfIndex {
    pub version: String,
    pub imports: Vec<String>,
    pub depends: BTreeSet<String>,
}

impl Own {
    fn write(&self, name: &str, entry: &mut Value) {
        if let Some(package) = &self.of_index {
            *entry = json!({
                "name": name,
                "version": package.version,
                "imports": package.imports,
                "depends": package.depends,
                "install_dir": "site",
                "package_type": "package",
                "unvendored_tests": false,
            });
        }
        entry["file_name"] = self.file_name.as_str().into();
        entry["sha256"] = self.sha256.as_str().into();
    }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::Distribution;

    #[test]
    fn what_wheels_are_tagged_with_is_what_the_lock_says() {
        for (pyodide, abi, python, platforms) in [
            (
                "0.27.7",
                "2024_0",
                "3.12.7",
                &[
                    "pyemscripten_2024_0_wasm32",
                    "pyodide_2024_0_wasm32",
                    "emscripten_4_wasm32",
                ][..],
            ),
            (
                "314.0.7",
                "2026_0",
                "3.14.2",
                &["pyemscripten_2026_0_wasm32"],
            ),
            (
                "315.0.0",
                "2027_0",
                "3.15.0",
                &["pyemscripten_2027_0_wasm32"],
            ),
        ] {
            let info = format!(
                r#"{{"abi_version": "{abi}", "platform": "emscripten_4", "python": "{python}"}}"#
            );
            let lock = format!(r#"{{"info": {info}, "packages": {{}}}}"#);
            let target = Distribution::read(lock.as_bytes())
                .expect("it is a lock")
                .target(pyodide);
            assert_eq!(target.platforms, platforms);
            assert_eq!(python, format!("{}.{}", target.python_line(), &python[5..]));
        }
    }

    #[test]
    fn a_lock_without_a_version_of_python_is_none() {
        let read = |info: &str| {
            let lock = format!(r#"{{"info": {info}, "packages": {{}}}}"#);
            Distribution::read(lock.as_bytes()).is_some()
        };
        for python in ["3.14.2", "3.15.0rc1", "3"] {
            assert!(read(&format!(r#"{{"python": "{python}"}}"#)), "{python}");
        }
        for info in [
            "{}",
            "null",
            r#"{"python": ""}"#,
            r#"{"python": 3}"#,
            r#"{"python": "three"}"#,
            r#"{"python": "3a1"}"#,
        ] {
            assert!(!read(info), "{info}");
        }
    }
}
