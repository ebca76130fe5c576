//! The runtime: the files that the browser loads, embedded in this crate. Writing them to a folder is
//! its one I/O.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256, Sha384};

use super::{locked, offline};
use crate::error::{Error, Result};
use crate::hex::hex;
use crate::lock::Lock;

/// As `build/` made them of `runtime/`.
static RUNTIME: Dir<'static> = include_dir!("$OUT_DIR/runtime");

/// The runtime's files, as a site publishes them: below a folder that is named by their hash, so
/// that they can be cached for ever and imports between them hold.
///
/// ```
/// use pyfence::Assets;
///
/// let assets = Assets::shipped();
/// let file = assets.files().find(|file| file.name() == "pyfence.js").unwrap();
/// assert_eq!(file.path(), format!("{}/pyfence.js", assets.folder()));
/// assert!(file.integrity().starts_with("sha384-"));
///
/// let public = tempfile::tempdir()?;
/// assets.write_to(public.path())?;
/// assert!(public.path().join(file.path()).is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Assets {
    folder: String,
    files: Vec<AssetFile>,
}

/// A file of the runtime.
///
/// ```
/// use pyfence::Assets;
///
/// let loader = Assets::shipped().files().find(|file| file.name() == "pyfence.js").unwrap();
/// assert_eq!(loader.path(), format!("{}/pyfence.js", Assets::shipped().folder()));
/// assert!(loader.integrity().starts_with("sha384-"));
/// ```
#[derive(Debug, Clone)]
pub struct AssetFile {
    name: &'static str,
    path: String,
    contents: Cow<'static, [u8]>,
    integrity: String,
}

impl AssetFile {
    fn new(name: &'static str, path: String, contents: Cow<'static, [u8]>) -> Self {
        AssetFile {
            name,
            path,
            integrity: format!("sha384-{}", BASE64.encode(Sha384::digest(&contents))),
            contents,
        }
    }

    /// Its path in the folder, such as `pyfence.js` or `run/run.js`.
    pub fn name(&self) -> &str {
        self.name
    }

    /// Its path below the site's root, with `/`: `pyfence/HASH/pyfence.js`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its bytes.
    pub fn contents(&self) -> &[u8] {
        &self.contents
    }

    /// Its value for an `integrity` attribute
    /// ([Subresource Integrity](https://www.w3.org/TR/SRI/)).
    pub fn integrity(&self) -> &str {
        &self.integrity
    }

    /// What a file of JSON says.
    pub(super) fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.contents)
            .expect("the embedded manifests are checked by this crate's own tests")
    }
}

impl Assets {
    /// The files embedded in this crate, hashed once per process.
    pub fn shipped() -> &'static Assets {
        static SHIPPED: OnceLock<Assets> = OnceLock::new();
        SHIPPED.get_or_init(|| Assets::of(embedded()))
    }

    /// The same files for a site with a lock: what they load of others is what the lock names. A
    /// [`Renderer`](crate::Renderer) with that lock has them as
    /// [`assets`](crate::Renderer::assets).
    pub fn locked(lock: &Lock) -> Assets {
        Self::with_manifests(locked::manifests(lock, Self::shipped()))
    }

    /// The same for a site with these settings, its lock and whether its blocks run
    /// [offline](crate::RendererBuilder::offline). With a lock, or where `offline` is stated, there
    /// is one file more, at the root of the site: the service worker, or what ends that of before.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) where a site without a lock is to run offline.
    pub fn of_site(lock: Option<&Lock>, offline: Option<bool>) -> Result<Assets> {
        let is_offline = offline == Some(true);
        let mut assets = match lock {
            Some(lock) => {
                let mut changed = locked::manifests(lock, Self::shipped());
                if is_offline {
                    let pyodide = changed.remove(locked::PYODIDE);
                    let pyodide = pyodide.as_deref();
                    let plain = pyodide.unwrap_or(Self::shipped().file(locked::PYODIDE).contents());
                    changed.insert(locked::PYODIDE, offline::announced_in(plain));
                }
                Self::with_manifests(changed)
            }
            None if is_offline => return Err(offline::without_a_lock()),
            None => Assets::of(embedded()),
        };
        if lock.is_some() || offline.is_some() {
            let worker = match lock.filter(|_| is_offline) {
                Some(lock) => offline::worker(&assets, lock),
                None => offline::ENDING.to_owned(),
            };
            assets.files.push(AssetFile::new(
                offline::PATH,
                offline::PATH.to_owned(),
                Cow::Owned(worker.into_bytes()),
            ));
        }
        Ok(assets)
    }

    fn with_manifests(mut changed: BTreeMap<&'static str, Vec<u8>>) -> Assets {
        let entries = embedded().into_iter().map(|(name, contents)| {
            let contents = changed.remove(name).map_or(contents, Cow::Owned);
            (name, contents)
        });
        Assets::of(entries.collect())
    }

    /// Of files that are sorted by name.
    fn of(entries: Vec<(&'static str, Cow<'static, [u8]>)>) -> Assets {
        let folder = format!("pyfence/{}", hash_of(&entries));
        let files = entries
            .into_iter()
            .map(|(name, contents)| AssetFile::new(name, format!("{folder}/{name}"), contents))
            .collect();
        Assets { folder, files }
    }

    /// The folder below the site's root: `pyfence/HASH`.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// All files: those of the folder, sorted by name, and behind them what is at the root.
    pub fn files(&self) -> impl ExactSizeIterator<Item = &AssetFile> {
        self.files.iter()
    }

    pub(crate) fn file(&self, name: &str) -> &AssetFile {
        self.files()
            .find(|file| file.name == name)
            .expect("a file of the runtime is asked for by its own name")
    }

    /// Writes the files below `root`, the folder that the site is published from.
    ///
    /// Files of this very runtime that are there already stay as they are; each new one appears
    /// whole or not at all. Runtimes of other versions beside it are left alone.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) with the file that could not be written.
    pub fn write_to(&self, root: impl AsRef<Path>) -> Result<()> {
        let root = root.as_ref();
        for file in self.files() {
            let target = root.join(file.path());
            write_whole(&target, file.contents())
                .map_err(|error| Error::unwritable(&target, error))?;
        }
        // An edition before may have left a service worker here, which readers ask for again.
        let left = root.join(offline::PATH);
        let has_worker = self.files().any(|file| file.path() == offline::PATH);
        if !has_worker && left.is_file() {
            write_whole(&left, offline::ENDING.as_bytes())
                .map_err(|error| Error::unwritable(&left, error))?;
        }
        Ok(())
    }
}

/// The files as they are embedded, sorted by name.
fn embedded() -> Vec<(&'static str, Cow<'static, [u8]>)> {
    let mut entries = Vec::new();
    collect(&RUNTIME, &mut entries);
    entries.retain(|(name, _)| !offline::AT_ROOT.contains(name));
    entries.sort_unstable();
    entries
}

/// The files of a folder and of those in it.
fn collect(folder: &'static Dir<'static>, entries: &mut Vec<(&'static str, Cow<'static, [u8]>)>) {
    let files = folder.files().filter_map(|file| {
        let contents = Cow::Borrowed(file.contents());
        Some((file.path().to_str()?, contents))
    });
    entries.extend(files);
    for folder in folder.dirs() {
        collect(folder, entries);
    }
}

fn write_whole(target: &Path, contents: &[u8]) -> io::Result<()> {
    if fs::read(target).is_ok_and(|present| present == contents) {
        return Ok(());
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let (partial, mut file) = partial_beside(target)?;
    let written = file.write_all(contents);
    drop(file);
    written
        .and_then(|()| fs::rename(&partial, target))
        .inspect_err(|_| {
            // If even that fails, the first error says why.
            let _ = fs::remove_file(&partial);
        })
}

/// A new file that no other process or thread writes to.
fn partial_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0;
    loop {
        let partial = target.with_file_name(format!("{name}.{number}.partial"));
        match File::create_new(&partial) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            created => return created.map(|file| (partial, file)),
        }
    }
}

/// Twelve hexadecimal digits over all names and contents: 48 bits tell versions of one folder
/// apart, and stay short in the page.
fn hash_of(entries: &[(&str, Cow<'_, [u8]>)]) -> String {
    let mut hasher = Sha256::new();
    for (name, contents) in entries {
        // With its length before each part, no two folders give the same bytes.
        for part in [name.as_bytes(), contents.as_ref()] {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
    }
    hex(&hasher.finalize()[..6])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_at_once_leave_whole_files_and_nothing_else() {
        let root = tempfile::tempdir().expect("there is room");
        let assets = Assets::shipped();
        for _ in 0..10 {
            let _ = fs::remove_dir_all(root.path().join("pyfence"));
            std::thread::scope(|scope| {
                let write = || assets.write_to(root.path()).expect("there is room");
                for _ in 0..4 {
                    scope.spawn(write);
                }
            });
            for file in assets.files() {
                let written = fs::read(root.path().join(file.path())).expect("it is there");
                assert!(written == file.contents(), "{}", file.name());
            }
            let folder = fs::read_dir(root.path().join(assets.folder())).expect("it is there");
            let names = folder
                .flatten()
                .map(|entry| entry.file_name().display().to_string());
            let partial: Vec<String> = names.filter(|name| name.contains("partial")).collect();
            assert_eq!(partial, [""; 0]);
        }
    }
}
