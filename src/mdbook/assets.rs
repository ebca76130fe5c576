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

use pyfence::{Assets, Error, ErrorKind, Result};

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
pub(crate) fn loader_tags() -> String {
    let folder = Assets::shipped().folder();
    format!(
        "<link rel=\"stylesheet\" href=\"{folder}/{STYLE}\">\
         <script type=\"module\" src=\"{folder}/{SCRIPT}\"></script>"
    )
}

/// Writes this binary's runtime below `source`, and entrances to it beside nested chapters, and
/// removes those of earlier ones.
pub(crate) fn keep_in_step(source: &Path, folders: &Folders) -> Result<()> {
    let root = PathBuf::new();
    if !folders.with_blocks.is_empty() {
        Assets::shipped().write_to(source)?;
    }
    for folder in folders.with_blocks.iter().filter(|folder| **folder != root) {
        write_entrance(source, folder)?;
    }
    for folder in folders.all.iter().chain([&root]) {
        let is_current = folders.with_blocks.contains(folder)
            || (*folder == root && !folders.with_blocks.is_empty());
        let current = is_current.then(|| source.join(folder).join(Assets::shipped().folder()));
        remove_all_but(current.as_deref(), &source.join(folder).join("pyfence"))?;
    }
    Ok(())
}

/// Writes two files in place of the runtime, as seen from `folder`, that load it.
fn write_entrance(source: &Path, folder: &Path) -> Result<()> {
    let runtime = Assets::shipped().folder();
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
        written.map_err(|error| failed("write", &path, &error))?;
    }
    Ok(())
}

/// Removes runtimes and entrances in the folder `all`; what an author put beside them stays.
fn remove_all_but(current: Option<&Path>, all: &Path) -> Result<()> {
    let entries = match fs::read_dir(all) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| failed("read", all, &error))?,
    };
    for entry in entries {
        let path = entry.map_err(|error| failed("read", all, &error))?.path();
        if Some(path.as_path()) != current && path.file_name().is_some_and(is_hash) {
            fs::remove_dir_all(&path).map_err(|error| failed("remove", &path, &error))?;
        }
    }
    Ok(())
}

/// Whether a folder has a name as runtimes have.
fn is_hash(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.len() == 12 && name.iter().all(u8::is_ascii_hexdigit)
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Error {
    Error::new(
        ErrorKind::Io,
        format!("can't {what} the runtime in the book: {error}"),
    )
    .in_file(path.display().to_string())
}
