//! The runtime in the book's source folder, from where mdBook copies it into every build.
//!
//! A chapter's tags have to hold on three pages: its own, the print page, and `index.html` if it
//! is the first. The latter two are at the book's root, and mdBook moves tags there as they are.
//! So the tags name a folder beside the page: at the root it is the runtime, beside a nested
//! chapter an entrance to it. That works at any address, without knowing it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pyfence::{Assets, Error, RecordFolder, Result};

const STYLE: &str = "pyfence.css";
const SCRIPT: &str = "pyfence.js";

/// The folders of a book that have chapters, relative to its source; the root's is empty.
#[derive(Default)]
pub(crate) struct Folders {
    pub all: BTreeSet<PathBuf>,
    pub with_blocks: BTreeSet<PathBuf>,
}

/// The tags of every page with blocks. They have no integrity: what they name is not the same
/// file on every page that they hold on.
pub(crate) fn loader_tags(assets: &Assets) -> String {
    let folder = assets.folder();
    format!(
        "<link rel=\"stylesheet\" href=\"{folder}/{STYLE}\">\
         <script type=\"module\" src=\"{folder}/{SCRIPT}\"></script>"
    )
}

/// Writes the runtime below `source`, and entrances to it beside nested chapters, and
/// removes those of earlier ones.
pub(crate) fn keep_in_step(source: &Path, assets: &Assets, folders: &Folders) -> Result<()> {
    let root = PathBuf::new();
    if !folders.with_blocks.is_empty() {
        assets.write_to(source)?;
    }
    for folder in folders.with_blocks.iter().filter(|folder| **folder != root) {
        write_entrance(source, assets.folder(), folder)?;
    }
    for folder in folders.all.iter().chain([&root]) {
        let is_current = folders.with_blocks.contains(folder)
            || (*folder == root && !folders.with_blocks.is_empty());
        let current = is_current.then(|| source.join(folder).join(assets.folder()));
        remove_all_but(current.as_deref(), &source.join(folder).join("pyfence"))?;
    }
    Ok(())
}

/// Copies the pictures of recorded outputs below `source`, and removes those that are none any more.
pub(crate) fn keep_pictures(source: &Path, records: &RecordFolder) -> Result<()> {
    let pictures = records.pictures();
    for (path, picture) in &pictures {
        let target = source.join(path);
        // A file that is written again lets a watching mdBook build again; its name says what it holds.
        if target.exists() {
            continue;
        }
        let made = target.parent().map_or(Ok(()), fs::create_dir_all);
        let copied = made.and_then(|()| fs::copy(picture, &target));
        copied.map_err(|error| Error::unwritable(&target, error))?;
    }
    let mut folders = vec![source.join("pyfence/records")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(source).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if !pictures.contains_key(&name) {
                fs::remove_file(&path).map_err(|error| Error::unwritable(&path, error))?;
            }
        }
    }
    Ok(())
}

/// Writes two files in place of the runtime, as seen from `folder`, that load it.
fn write_entrance(source: &Path, runtime: &str, folder: &Path) -> Result<()> {
    let entrance = source.join(folder).join(runtime);
    let depth = folder.components().count() + Path::new(runtime).components().count();
    let up = "../".repeat(depth);
    for (name, text) in [
        (STYLE, format!("@import \"{up}{runtime}/{STYLE}\";\n")),
        (SCRIPT, format!("import \"{up}{runtime}/{SCRIPT}\";\n")),
    ] {
        let path = entrance.join(name);
        // A file that is written again lets a watching mdBook build again.
        if fs::read_to_string(&path).is_ok_and(|present| present == text) {
            continue;
        }
        let written = fs::create_dir_all(&entrance).and_then(|()| fs::write(&path, text));
        written.map_err(|error| Error::unwritable(&path, error))?;
    }
    Ok(())
}

/// Removes runtimes and entrances in the folder `all`; what an author put beside them stays.
fn remove_all_but(current: Option<&Path>, all: &Path) -> Result<()> {
    let entries = match fs::read_dir(all) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| Error::unreadable(all, error))?,
    };
    for entry in entries {
        let path = entry.map_err(|error| Error::unreadable(all, error))?.path();
        if Some(path.as_path()) != current && path.file_name().is_some_and(is_hash) {
            fs::remove_dir_all(&path).map_err(|error| Error::unwritable(&path, error))?;
        }
    }
    Ok(())
}

/// Whether a folder has a name as runtimes have.
fn is_hash(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.len() == 12 && name.iter().all(u8::is_ascii_hexdigit)
}
