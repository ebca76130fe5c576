//! What is compiled ahead of readers: the standard library in two parts, of which a boot needs the
//! first, and wheels in pure Python.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::compiler::{self, Job};
use super::distribution::{Distribution, Target};
use super::package::path_of_wheel;
use super::release::Planner;
use super::sources::sha256;
use super::{below_folder, own_file};
use crate::error::{Error, Errors, Result};
use crate::lock::LockedFile;

const LIBRARY: &str = "python_stdlib.zip";

/// Bytes from which a wheel stays as it was published: compiled it is two or three times as large,
/// and code uses little of a large package.
const LARGEST_WHEEL_BYTES: u64 = 500_000;

/// What was made, of a release of Pyodide and of its packages.
#[derive(Default)]
pub(super) struct Compiled {
    /// The part of the standard library that a boot takes, and the rest.
    pub library: Vec<LockedFile>,
    /// Wheels by the sha256 of those that they were made from.
    pub wheels: BTreeMap<String, LockedFile>,
    /// Why there is nothing, if so.
    pub skipped: Option<String>,
}

impl Planner<'_> {
    /// Compiles what an earlier lock doesn't have compiled.
    pub fn compiled<'f>(
        &self,
        target: &Target,
        distribution: &Distribution,
        core: &[LockedFile],
        wheels: impl Iterator<Item = &'f LockedFile>,
    ) -> Result<Compiled, Errors> {
        let library = core.iter().find(|file| file.name == LIBRARY);
        let Some(library) = library.filter(|_| !self.as_published) else {
            return Ok(Compiled::default());
        };
        let mut compiled = self.compiled_before(&target.pyodide, library);
        let wheels: Vec<&LockedFile> = wheels
            .filter(|wheel| is_worth_it(wheel) && !compiled.wheels.contains_key(&wheel.sha256))
            .collect();
        if wheels.is_empty() && !compiled.library.is_empty() {
            return Ok(compiled);
        }
        let python = target.python_line();
        (self.progress)(&format!("compiling for Python {python}"));
        let folder = self.store.work_folder(&target.pyodide)?;
        let mut jobs = Vec::new();
        if compiled.library.is_empty() {
            jobs.push(Job::library(LIBRARY, &python));
        }
        for file in core.iter().chain(wheels.iter().copied()) {
            write(&folder, &file.name, &self.store.read(file)?)?;
        }
        write(
            &folder,
            "pyodide-lock.json",
            &distribution.without_packages(),
        )?;
        jobs.extend(wheels.iter().map(|wheel| Job::Wheel {
            source: wheel.name.clone(),
        }));
        if let Err(reason) = compiler::compile(&folder, &python, &jobs) {
            let of = match compiled.library.is_empty() {
                true => format!("Pyodide {}", target.pyodide),
                false => format!("new packages for Pyodide {}", target.pyodide),
            };
            compiled.skipped = Some(format!("{of} isn't compiled ahead of readers: {reason}"));
            return Ok(compiled);
        }
        if compiled.library.is_empty() {
            compiled.library = self.put_library(&folder, &target.pyodide, library)?;
        }
        for wheel in wheels {
            let bytes = made(&folder, &wheel.name, "compiled")?;
            let path = path_of_wheel(&wheel.name, &sha256(&bytes));
            let file = self.put(&wheel.name, &path, &bytes, wheel)?;
            compiled.wheels.insert(wheel.sha256.clone(), file);
        }
        Ok(compiled)
    }

    /// What an earlier lock has, and is there.
    fn compiled_before(&self, version: &str, library: &LockedFile) -> Compiled {
        let is_there = |file: &&LockedFile| {
            let path = file.path.as_deref().unwrap_or_default();
            // A lock that somebody has edited may name files that aren't copies.
            below_folder(path).is_some() && self.store.has(path, &file.sha256)
        };
        let Some(old) = self.old else {
            return Compiled::default();
        };
        let of_library = old.release(version).into_iter();
        let of_library = of_library.flat_map(|release| &release.precompiled);
        let is_of_library =
            |file: &&LockedFile| file.source_sha256.as_ref() == Some(&library.sha256);
        let found: Vec<LockedFile> = of_library
            .filter(is_of_library)
            .filter(is_there)
            .cloned()
            .collect();
        let wheels = old.packages_of(version);
        let wheels = wheels.flat_map(|package| &package.precompiled);
        let wheels = wheels.filter(is_there);
        Compiled {
            // Its two parts are of one make.
            library: if found.len() == 2 { found } else { Vec::new() },
            wheels: wheels
                .filter_map(|file| Some((file.source_sha256.clone()?, file.clone())))
                .collect(),
            skipped: None,
        }
    }

    fn put_library(
        &self,
        folder: &Path,
        version: &str,
        source: &LockedFile,
    ) -> Result<Vec<LockedFile>> {
        let parts = ["boot", "rest"].iter();
        let parts = parts.map(|part| {
            let bytes = made(folder, LIBRARY, part)?;
            // Hosts compress what they send by its type, this one because of Pyodide's own core.
            let name = format!("python_stdlib-{part}.{}.wasm", &sha256(&bytes)[..8]);
            let path = format!("pyodide-{version}/{name}");
            self.put(&name, &path, &bytes, source)
        });
        parts.collect()
    }

    fn put(&self, name: &str, path: &str, bytes: &[u8], source: &LockedFile) -> Result<LockedFile> {
        self.store.put_unless_present(path, bytes)?;
        Ok(LockedFile {
            source_sha256: Some(source.sha256.clone()),
            ..own_file(name, None, path, bytes)
        })
    }
}

fn is_worth_it(wheel: &LockedFile) -> bool {
    wheel.path.is_some()
        && wheel.name.ends_with("-none-any.whl")
        && wheel.size.is_some_and(|size| size <= LARGEST_WHEEL_BYTES)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    fs::write(&path, bytes).map_err(|error| {
        Error::unwritable(&path, error).help("make room there: nothing has changed")
    })
}

fn made(folder: &Path, source: &str, part: &str) -> Result<Vec<u8>> {
    let path = folder.join(format!("{source}.{part}"));
    fs::read(&path).map_err(|error| Error::unreadable(&path, error))
}
