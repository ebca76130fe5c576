//! Where files come from: folders of this machine, or the CDN.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::hosts::download::download;

/// The CDN, which mirrors have the same paths as.
pub(super) const CDN: &str = "https://cdn.jsdelivr.net";

/// What to do where the CDN doesn't answer.
const OTHERS: &str = "without a network, name folders that have the files with `--from` and `--wheels`, or a server of your own with `--mirror`";

/// Where `pyfence vendor` takes files from. With folders it asks nobody else.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Sources {
    /// Folders into which npm has installed packages, such as `node_modules`.
    pub npm: Vec<PathBuf>,
    /// Folders of wheels.
    pub wheels: Vec<PathBuf>,
    /// The address of a server that has the CDN's files at the CDN's paths.
    pub mirror: Option<String>,
}

/// A file of the world.
pub(super) struct Wanted<'w> {
    pub name: &'w str,
    pub url: &'w str,
    /// Where npm has it.
    pub npm: Option<InNpm<'w>>,
    /// What is in it, if that is known.
    pub sha256: Option<&'w str>,
}

/// A file of a package of npm.
#[derive(Clone, Copy)]
pub(super) struct InNpm<'w> {
    pub package: &'w str,
    pub version: &'w str,
    /// Its path in the package.
    pub path: &'w str,
}

impl Sources {
    /// Whether nothing but folders is asked.
    pub fn is_local(&self) -> bool {
        !self.npm.is_empty() || !self.wheels.is_empty()
    }

    /// The bytes of a file that has to be what was published; `None` where folders don't have it.
    pub(super) fn published(&self, wanted: &Wanted<'_>) -> Result<Option<Vec<u8>>> {
        let Some((bytes, from)) = self.find(wanted)? else {
            return match self.is_local() {
                true => Ok(None),
                false => Err(Error::new(ErrorKind::Io, "there is no such file")
                    .in_file(self.address(wanted.url))),
            };
        };
        match wanted.sha256 {
            Some(expected) if sha256(&bytes) != expected => {
                let message = format!("this is not the `{}` that was published", wanted.name);
                Err(Error::new(ErrorKind::Content, message)
                    .in_file(from)
                    .help("other bytes were found than its sha256 says"))
            }
            _ => Ok(Some(bytes)),
        }
    }

    /// The bytes of a wheel. One in a folder is what its author put there; one that comes from
    /// elsewhere has to be what was published.
    pub(super) fn wheel(&self, wanted: &Wanted<'_>) -> Result<Option<Vec<u8>>> {
        match self.is_local() {
            true => self.if_any(wanted),
            false => self.published(wanted),
        }
    }

    /// The bytes of a file that need not be published; `None` where it isn't.
    pub(super) fn if_any(&self, wanted: &Wanted<'_>) -> Result<Option<Vec<u8>>> {
        Ok(self.find(wanted)?.map(|(bytes, _)| bytes))
    }

    fn find(&self, wanted: &Wanted<'_>) -> Result<Option<(Vec<u8>, String)>> {
        if !self.is_local() {
            let address = self.address(wanted.url);
            let downloaded = download(&address, "*/*").map_err(|error| error.help(OTHERS))?;
            return Ok(downloaded.map(|bytes| (bytes, address)));
        }
        let of_npm = self.npm.iter().filter_map(|folder| {
            let file = wanted.npm?;
            Some(folder_of(folder, file)?.join(file.path))
        });
        let wheels = self.wheels.iter().map(|folder| folder.join(wanted.name));
        for path in of_npm.chain(wheels) {
            match fs::read(&path) {
                Ok(bytes) => return Ok(Some((bytes, path.display().to_string()))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::unreadable(&path, error)),
            }
        }
        Ok(None)
    }

    fn address(&self, url: &str) -> String {
        match (&self.mirror, url.strip_prefix(CDN)) {
            (Some(mirror), Some(path)) => format!("{}{path}", mirror.trim_end_matches('/')),
            _ => url.to_owned(),
        }
    }
}

/// The folder of a package in this version: below its name, or below another that it was given.
fn folder_of(modules: &Path, wanted: InNpm<'_>) -> Option<PathBuf> {
    let own = modules.join(wanted.package);
    let others = fs::read_dir(modules).into_iter().flatten().flatten();
    let mut folders = std::iter::once(own).chain(others.map(|entry| entry.path()));
    folders.find(|folder| {
        let described = fs::read(folder.join("package.json")).ok();
        let described = described.and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        described.is_some_and(|package| {
            package["name"] == wanted.package && package["version"] == wanted.version
        })
    })
}

/// As 64 hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    crate::hex::hex(&Sha256::digest(bytes))
}
