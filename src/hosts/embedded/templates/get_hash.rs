//! The site's files as templates name them, and their hashes.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256, Sha384, Sha512};
use tera::{Error, Function, Kwargs, State, TeraResult};

use super::functions::Calls;
use crate::hex::hex;
use crate::hosts::embedded::config::Config;
use crate::runtime_files::Assets;

/// Finds files by the paths that templates give.
pub(crate) struct Files {
    root: PathBuf,
    /// The folders to look in, below the root.
    folders: Vec<PathBuf>,
    /// The runtime's files, where the site has a lock.
    assets: Assets,
}

impl Files {
    pub(super) fn new(root: PathBuf, config: &Config, assets: Assets) -> Self {
        let mut folders: Vec<PathBuf> = ["", "static", "content", &config.output_dir]
            .iter()
            .map(PathBuf::from)
            .collect();
        if let Some(theme) = &config.theme {
            folders.push(["themes", theme, "static"].iter().collect());
        }
        Self {
            root,
            folders,
            assets,
        }
    }

    /// The bytes of a file of the site, of the theme, or of the runtime that this crate publishes.
    pub(super) fn read(&self, path: &str) -> TeraResult<Vec<u8>> {
        let below = match path.strip_prefix("@/") {
            Some(rest) => format!("content/{rest}"),
            None => path.trim_start_matches('/').to_owned(),
        };
        if !stays_inside(Path::new(&below)) {
            return Err(Error::message(format!("`{path}` is not inside the site")));
        }
        if let Some(file) = self.assets.files().find(|file| file.path() == below) {
            return Ok(file.contents().to_vec());
        }
        let found = self
            .folders
            .iter()
            .map(|folder| self.root.join(folder).join(&below))
            .find(|file| file.is_file())
            .ok_or_else(|| Error::message(format!("there is no file `{path}` in the site")))?;
        fs::read(&found).map_err(|error| Error::message(format!("`{path}` can't be read: {error}")))
    }
}

fn stays_inside(path: &Path) -> bool {
    path.components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// What `get_url(cachebust=true)` adds: enough of the hash to tell versions of a file apart.
pub(super) fn short_hash(contents: &[u8]) -> String {
    hex(&Sha256::digest(contents)[..10])
}

/// `get_hash(path=... or literal=..., sha_type=384, base64=true)`.
pub(super) struct GetHash(pub(super) Arc<Calls>);

impl Function<TeraResult<String>> for GetHash {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let path = kwargs.get::<String>("path")?;
        let literal = kwargs.get::<String>("literal")?;
        let contents = match (path, literal) {
            (Some(path), None) => self.0.files.read(&path)?,
            (None, Some(literal)) => literal.into_bytes(),
            _ => {
                return Err(Error::message(
                    "`get_hash` takes either `path` or `literal`",
                ));
            }
        };
        let digest = match kwargs.get::<u16>("sha_type")?.unwrap_or(384) {
            256 => Sha256::digest(contents).to_vec(),
            384 => Sha384::digest(contents).to_vec(),
            512 => Sha512::digest(contents).to_vec(),
            other => {
                return Err(Error::message(format!(
                    "`sha_type` is 256, 384 or 512, not {other}"
                )));
            }
        };
        Ok(match kwargs.get("base64")?.unwrap_or(true) {
            true => BASE64.encode(digest),
            false => hex(&digest),
        })
    }
}
