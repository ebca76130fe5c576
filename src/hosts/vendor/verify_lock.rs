//! Whether a lock and its files are what the blocks of a site ask for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::distribution::Distribution;
use super::release::INSTALLER;
use super::sources::sha256;
use super::{Ask, Asked};
use crate::check::Needed;
use crate::error::{Error, ErrorKind, Errors};
use crate::lock::{Lock, LockedRelease};

const RUN: &str = "`pyfence vendor` brings the lock and the blocks together";

/// What blocks ask for and the lock doesn't have, and what it has and no block asks for.
pub(super) fn disagreements(lock: &Lock, asked: &[Asked<'_>], published: &Path) -> Errors {
    let mut found = missing(lock, asked, published);
    found.extend(not_asked_for(lock, asked));
    found
}

/// What blocks ask for and the lock doesn't have.
pub(super) fn missing(lock: &Lock, asked: &[Asked<'_>], published: &Path) -> Errors {
    let mut found = Errors::new();
    let unlocked = |message: String| Error::new(ErrorKind::Unlocked, message).help(RUN);
    for page in asked {
        let version = page.version(lock);
        if lock.release(version).is_none() {
            let message = format!("the lock has no Pyodide {version}");
            found.push(unlocked(message).in_file(page.page.name().to_owned()));
        }
    }
    for release in &lock.releases {
        let distribution = distribution_of(release, published);
        let bringing = |module: &str| distribution.as_ref()?.bringing(module).map(str::to_owned);
        for ask in asks_of(release, lock, asked) {
            let name = match &ask.need.what {
                Needed::Requirement(text) if !release.requirements.contains_key(text) => {
                    Some(text.clone()).filter(|_| !ask.need.may_be_missing)
                }
                Needed::Module(module) if lock.bringing(&release.version, module).is_none() => {
                    bringing(module)
                }
                _ => None,
            };
            if let Some(name) = name {
                let message = format!("`{name}` is not in the lock");
                found.push(ask.need.mark(ask.page, unlocked(message)));
            }
        }
    }
    found
}

/// What the lock has and no block asks for.
fn not_asked_for(lock: &Lock, asked: &[Asked<'_>]) -> Errors {
    let mut found = Errors::new();
    for release in &lock.releases {
        let mut wanted = AskedOfRelease::default();
        let asks = asks_of(release, lock, asked);
        for ask in &asks {
            match &ask.need.what {
                Needed::Requirement(text) => {
                    wanted.requirements.insert(text);
                    wanted
                        .packages
                        .extend(release.requirements.get(text).cloned());
                }
                Needed::Module(module) => {
                    let package = lock.bringing(&release.version, module);
                    wanted
                        .packages
                        .extend(package.map(|package| package.name.clone()));
                }
                Needed::Address(_) => {}
            }
        }
        let left = wanted.not_asked_for(release, lock).into_iter();
        let mut left: Vec<String> = left
            .map(|name| format!("no block asks for `{name}` any more"))
            .collect();
        let mut versions = asked.iter().map(|page| page.version(lock));
        if !asked.is_empty() && !versions.any(|version| version == release.version) {
            left.push(format!("no page runs Pyodide {} any more", release.version));
        }
        found.extend(left.into_iter().map(|message| {
            let error = Error::new(ErrorKind::Unlocked, message);
            error.help(RUN).in_file(Lock::FILE_NAME)
        }));
    }
    found
}

fn asks_of<'p>(release: &LockedRelease, lock: &Lock, asked: &'p [Asked<'_>]) -> Vec<Ask<'p>> {
    let pages = asked.iter();
    let pages = pages.filter(|page| page.version(lock) == release.version);
    pages.flat_map(Asked::asks).collect()
}

/// The release's packages, as the site's copy of its own lock names them.
fn distribution_of(release: &LockedRelease, published: &Path) -> Option<Distribution> {
    let path = release.files.last()?.path.as_ref()?;
    Distribution::read(&fs::read(published.join(path)).ok()?)
}

/// What blocks ask for of one release.
#[derive(Default)]
struct AskedOfRelease<'w> {
    requirements: BTreeSet<&'w str>,
    packages: Vec<String>,
}

impl AskedOfRelease<'_> {
    /// Packages of the lock that nothing leads to, and requirements of those that something else needs.
    fn not_asked_for(mut self, release: &LockedRelease, lock: &Lock) -> Vec<String> {
        self.packages.push(INSTALLER.to_owned());
        let names = self.packages.iter().map(String::as_str);
        let needed = lock.with_dependencies(&release.version, names);
        let needed: BTreeSet<&str> = needed.iter().map(|package| package.name.as_str()).collect();
        let requirements = release.requirements.iter();
        let mut left: Vec<String> = requirements
            .filter(|(text, _)| !self.requirements.contains(text.as_str()))
            .filter(|(_, package)| needed.contains(package.as_str()))
            .map(|(text, _)| text.clone())
            .collect();
        let packages = lock.packages_of(&release.version);
        let names = packages.map(|package| package.name.clone());
        left.extend(names.filter(|name| !needed.contains(name.as_str())));
        left
    }
}

/// Files of the site's own that aren't there, or aren't what the lock says.
pub(super) fn damages(lock: &Lock, published: &Path) -> Errors {
    let own = lock.files().filter_map(|file| {
        let path = published.join(file.path.as_ref()?);
        let message = match fs::read(&path) {
            Ok(bytes) if sha256(&bytes) == file.sha256 => return None,
            Ok(_) => "this isn't the file that the lock names: its sha256 is another one",
            Err(_) => "the lock names this file, and it isn't there",
        };
        let error = Error::new(ErrorKind::Unlocked, message);
        Some(error.in_file(path.display().to_string()).help(RUN))
    });
    own.collect()
}
