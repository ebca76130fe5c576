//! `pyfence.lock`: which files the blocks of a site load, where from, and what is in them. Text in,
//! model out.
//!
//! Its words are those of Python's lock files ([PEP 751](https://peps.python.org/pep-0751/)) where
//! both say the same; a site's lock also names the files of Pyodide itself and of the page.

mod locked_file;
#[cfg(feature = "lock")]
mod text;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

pub use locked_file::LockedFile;

/// What the blocks of a site load, written by `pyfence vendor`.
///
/// A [`Renderer`](crate::Renderer) with a lock refuses blocks that ask for something else, and its
/// pages load what the lock names, from where the lock says that it is.
///
/// ```
/// # #[cfg(feature = "lock")] {
/// use pyfence::Lock;
///
/// let text = r#"
/// lock-version = "1.0"
/// created-by = "pyfence"
/// pyodide = "314.0.7"
///
/// [[releases]]
/// version = "314.0.7"
/// python = "3.14"
/// platform = "pyemscripten_2026_0_wasm32"
/// files = []
/// requirements = { "cowsay>=6" = "cowsay" }
/// "#;
/// let lock = Lock::read("pyfence.lock", text)?;
/// assert_eq!(lock.pyodide, "314.0.7");
/// assert!(lock.release("0.27.7").is_none());
/// # }
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Lock {
    /// The version of this format.
    pub lock_version: String,
    /// The program that wrote it.
    pub created_by: String,
    /// The version of Pyodide for pages that state none.
    pub pyodide: String,
    /// The releases of Pyodide that pages run.
    #[serde(default)]
    pub releases: Vec<LockedRelease>,
    /// What the page itself loads: the editor and what colours code.
    #[serde(default)]
    pub scripts: Vec<LockedScripts>,
    /// The packages of Python.
    #[serde(default)]
    pub packages: Vec<LockedPackage>,
}

/// A release of Pyodide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LockedRelease {
    /// Its version.
    pub version: String,
    /// The version of its Python: `3.14`.
    pub python: String,
    /// What compiled wheels for it are tagged with.
    pub platform: String,
    /// Its core, in the order in which the runtime takes it; the last names its packages.
    pub files: Vec<LockedFile>,
    /// Its standard library, compiled for its Python: the part that a boot takes, and the rest,
    /// which makes one archive of both when it is put behind the first.
    #[serde(default)]
    pub precompiled: Vec<LockedFile>,
    /// What blocks ask for by `install`, and which package that is.
    #[serde(default)]
    pub requirements: BTreeMap<String, String>,
}

/// Scripts of the page, out of one package of npm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LockedScripts {
    /// The package's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its files.
    pub files: Vec<LockedFile>,
}

/// A package of Python for a release of Pyodide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LockedPackage {
    /// Its name in its normal form: `importlib-metadata`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The release of Pyodide.
    pub pyodide: String,
    /// The modules that it brings.
    #[serde(default)]
    pub imports: Vec<String>,
    /// The packages that it needs.
    #[serde(default, with = "locked_file::names")]
    pub dependencies: Vec<String>,
    /// Its wheel.
    #[serde(rename = "wheels", with = "locked_file::one_of_list")]
    pub wheel: LockedFile,
    /// The same wheel with its modules compiled, where readers gain by it: pages load this one.
    #[serde(default)]
    pub precompiled: Vec<LockedFile>,
}

impl LockedPackage {
    /// The wheel that pages load.
    pub fn loaded(&self) -> &LockedFile {
        self.precompiled.first().unwrap_or(&self.wheel)
    }
}

impl Lock {
    /// The version of the format that is written and read.
    pub const VERSION: &str = "1.0";

    /// The name of the file at the root of a site.
    pub const FILE_NAME: &str = "pyfence.lock";

    /// The release with this version.
    pub fn release(&self, version: &str) -> Option<&LockedRelease> {
        self.releases
            .iter()
            .find(|release| release.version == version)
    }

    /// The packages for a release of Pyodide.
    pub fn packages_of<'l>(&'l self, version: &'l str) -> impl Iterator<Item = &'l LockedPackage> {
        self.packages
            .iter()
            .filter(move |package| package.pyodide == version)
    }

    /// The package that brings a module in a release of Pyodide.
    #[cfg(feature = "vendor")]
    pub(crate) fn bringing<'l>(
        &'l self,
        version: &'l str,
        module: &str,
    ) -> Option<&'l LockedPackage> {
        let mut packages = self.packages_of(version);
        packages.find(|package| package.imports.iter().any(|name| name == module))
    }

    /// Packages by their names and all that they need, each once.
    #[cfg(feature = "vendor")]
    pub(crate) fn with_dependencies<'l>(
        &'l self,
        version: &'l str,
        names: impl IntoIterator<Item = &'l str>,
    ) -> Vec<&'l LockedPackage> {
        let packages = self.packages_of(version);
        let mut packages: BTreeMap<&str, &LockedPackage> = packages
            .map(|package| (package.name.as_str(), package))
            .collect();
        let mut names: std::collections::VecDeque<&str> = names.into_iter().collect();
        let mut needed = Vec::new();
        while let Some(name) = names.pop_front() {
            if let Some(package) = packages.remove(name) {
                names.extend(package.dependencies.iter().map(String::as_str));
                needed.push(package);
            }
        }
        needed
    }

    /// That all files are there which the site is to have; `is_there` says it of a path below the
    /// folder that is published.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unlocked`] with the first that isn't.
    pub fn check_files(&self, is_there: &dyn Fn(&str) -> bool) -> Result<()> {
        let paths = self.files().filter_map(|file| file.path.as_deref());
        let mut missing = paths.filter(|path| !is_there(path));
        let Some(first) = missing.next() else {
            return Ok(());
        };
        let message = match missing.count() {
            0 => "the site's lock names this file, and it isn't there".to_owned(),
            more => format!("the site's lock names this file and {more} more that aren't there"),
        };
        Err(Error::new(ErrorKind::Unlocked, message)
            .in_file(first)
            .help("`pyfence vendor` brings them"))
    }

    /// All files, each once.
    pub fn files(&self) -> impl Iterator<Item = &LockedFile> {
        let packages = self.packages.iter();
        let wheels = packages
            .flat_map(|package| std::iter::once(&package.wheel).chain(&package.precompiled));
        self.with_those_of_releases(wheels)
    }

    /// The files that pages load, each once: of wheels that are compiled, not those they were made from.
    pub(crate) fn loaded_files(&self) -> impl Iterator<Item = &LockedFile> {
        self.with_those_of_releases(self.packages.iter().map(LockedPackage::loaded))
    }

    fn with_those_of_releases<'l>(
        &'l self,
        wheels: impl Iterator<Item = &'l LockedFile>,
    ) -> impl Iterator<Item = &'l LockedFile> {
        let of_releases = self.releases.iter();
        let of_releases =
            of_releases.flat_map(|release| release.files.iter().chain(&release.precompiled));
        let of_scripts = self.scripts.iter().flat_map(|scripts| &scripts.files);
        let mut seen = std::collections::BTreeSet::new();
        of_releases
            .chain(of_scripts)
            .chain(wheels)
            .filter(move |file| seen.insert((&file.path, &file.url)))
    }
}
