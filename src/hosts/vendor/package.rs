//! One package of a release: its wheel is fetched and locked.

use std::fs;

use super::distribution::{Distribution, OfIndex, Own};
use super::licences::Licences;
use super::release::Planner;
use super::requirement::normal;
use super::resolve::{Choice, Place};
use super::sources::{Wanted, sha256};
use super::wheel::Wheel;
use super::{below_folder, own_file};
use crate::error::{Error, ErrorKind, Errors, Result};
use crate::lock::{LockedFile, LockedPackage};

/// A package of a site's lock.
pub(super) struct Package {
    pub locked: LockedPackage,
    of_index: Option<OfIndex>,
}

impl Package {
    /// Whether the site has its file.
    pub fn is_of_the_site(&self) -> bool {
        self.locked.wheel.path.is_some()
    }

    /// Its name and what the distribution's lock says of it, if its file is the site's own.
    pub fn of_the_site(&mut self) -> Option<(String, Own)> {
        let loaded = self.locked.loaded();
        let path = loaded.path.as_ref()?;
        let own = Own {
            file_name: format!("../{}", below_folder(path)?),
            sha256: loaded.sha256.clone(),
            of_index: self.of_index.take(),
        };
        Some((self.locked.name.clone(), own))
    }
}

impl Planner<'_> {
    /// A package of the index, or one that blocks name by its address.
    pub fn of_index(
        &self,
        name: &str,
        choice: &Choice,
        licences: &mut Licences,
    ) -> Result<Package, Errors> {
        let (file, url, bytes) = self.file_of(name, &choice.place)?;
        let wheel = Wheel::read(&bytes).ok_or_else(|| no_wheel(&file))?;
        licences.add_wheel(name, &choice.version, &wheel);
        let url = url.or_else(|| self.known_address(&bytes));
        let locked = LockedPackage {
            name: name.to_owned(),
            version: choice.version.clone(),
            pyodide: String::new(),
            imports: wheel.imports.clone(),
            dependencies: choice.depends.iter().cloned().collect(),
            wheel: self.wheel(&file, url.as_deref(), &bytes)?,
            precompiled: Vec::new(),
        };
        Ok(Package {
            of_index: Some(OfIndex {
                version: locked.version.clone(),
                imports: wheel.imports,
                depends: choice.depends.clone(),
            }),
            locked,
        })
    }

    /// The name of a package's file, its address if it has one, and its bytes.
    fn file_of(&self, name: &str, place: &Place) -> Result<(String, Option<String>, Vec<u8>)> {
        match place {
            Place::File(path) => {
                let bytes = fs::read(path).map_err(|error| Error::unreadable(path, error))?;
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                Ok((file.into_owned(), None, bytes))
            }
            Place::Address { url, sha256 } => {
                let file = url.split(['?', '#']).next().unwrap_or(url);
                let file = file.rsplit('/').next().unwrap_or(file);
                let present = sha256.as_ref().and_then(|sha256| {
                    let path = path_of_wheel(file, sha256);
                    self.store.present(&path, sha256)
                });
                let bytes = match present {
                    Some(bytes) => bytes,
                    None => {
                        (self.progress)(file);
                        let wanted = Wanted {
                            name: file,
                            url,
                            npm: None,
                            sha256: sha256.as_deref(),
                        };
                        let bytes = self.sources.published(&wanted)?;
                        bytes.ok_or_else(|| no_wheel(file))?
                    }
                };
                Ok((file.to_owned(), Some(url.clone()), bytes))
            }
            // Those are taken out of the distribution.
            Place::Distribution => Err(no_wheel(name)),
        }
    }

    /// Where an earlier lock has found the same bytes.
    fn known_address(&self, bytes: &[u8]) -> Option<String> {
        let sum = sha256(bytes);
        let mut packages = self.old.iter().flat_map(|lock| &lock.packages);
        let same = packages.find(|package| package.wheel.sha256 == sum)?;
        same.wheel.url.clone()
    }

    /// A package of Pyodide's distribution; `None` if that doesn't have it.
    pub fn of_distribution(
        &self,
        distribution: &Distribution,
        name: &str,
        base: &str,
        licences: &mut Licences,
    ) -> Result<Option<Package>, Errors> {
        let Some(entry) = distribution.get(name) else {
            return Ok(None);
        };
        let file = entry.file_name();
        let url = format!("{base}{file}");
        let present = self
            .store
            .present(&path_of_wheel(file, entry.sha256()), entry.sha256());
        let bytes = match present {
            Some(bytes) => Some(bytes),
            None => {
                (self.progress)(file);
                self.sources.wheel(&Wanted {
                    name: file,
                    url: &url,
                    npm: None,
                    sha256: Some(entry.sha256()),
                })?
            }
        };
        let wheel = match &bytes {
            Some(bytes) => {
                if let Some(wheel) = Wheel::read(bytes) {
                    licences.add_wheel(name, entry.version(), &wheel);
                }
                self.wheel(file, Some(&url), bytes)?
            }
            None => LockedFile {
                name: file.to_owned(),
                url: Some(url),
                path: None,
                size: None,
                sha256: entry.sha256().to_owned(),
                source_sha256: None,
            },
        };
        Ok(Some(Package {
            of_index: None,
            locked: LockedPackage {
                name: name.to_owned(),
                version: entry.version().to_owned(),
                pyodide: String::new(),
                imports: entry.imports(),
                dependencies: entry.depends().iter().map(|name| normal(name)).collect(),
                wheel,
                precompiled: Vec::new(),
            },
        }))
    }

    fn wheel(&self, file: &str, url: Option<&str>, bytes: &[u8]) -> Result<LockedFile> {
        let path = path_of_wheel(file, &sha256(bytes));
        self.store.put_unless_present(&path, bytes)?;
        Ok(own_file(file, url, &path, bytes))
    }
}

/// Other bytes under the same name have another place.
pub(super) fn path_of_wheel(file: &str, sha256: &str) -> String {
    format!("packages/{}/{file}", &sha256[..8.min(sha256.len())])
}

/// What to do where no wheel is to be had.
pub(super) const NO_WHEEL: &str =
    "packages need a wheel in pure Python, or one that is compiled for this Pyodide";

fn no_wheel(file: &str) -> Error {
    Error::new(ErrorKind::Content, format!("`{file}` is no wheel")).help(NO_WHEEL)
}
