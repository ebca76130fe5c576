//! The layout of Zola's sites, as far as both hosts that build such sites ask for it: where the
//! configuration is, and where the site must not be written. It looks at the disk and changes
//! nothing there.

use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// The names that Zola looks for, in its order.
const CONFIGURATIONS: [&str; 2] = ["zola.toml", "config.toml"];

/// The folders of a site in Zola's layout in which its author writes.
pub const SOURCE_FOLDERS: [&str; 5] = ["content", "sass", "static", "templates", "themes"];

/// Whether a file of this name is what editors and file managers leave behind beside the author's own.
pub fn is_temporary_file(name: &str) -> bool {
    let ends = ["~", ".swp", ".swx", ".tmp"];
    name == ".DS_Store" || name.starts_with(".#") || ends.iter().any(|end| name.ends_with(end))
}

/// The configuration of the site in `root`: `chosen`, or the first of Zola's names that is there.
pub(crate) fn configuration(root: &Path, chosen: Option<&Path>) -> Result<PathBuf> {
    if let Some(chosen) = chosen {
        return Ok(root.join(chosen));
    }
    let mut files = CONFIGURATIONS.iter().map(|name| root.join(name));
    files.find(|file| file.is_file()).ok_or_else(|| {
        if root.join("book.toml").is_file() {
            let message = "this is a book of mdBook, not a site in Zola's layout";
            return Error::new(ErrorKind::Usage, message)
                .in_file(root.display().to_string())
                .help("`mdbook build` and `mdbook serve` make its blocks, with `[preprocessor.pyfence]` in its `book.toml`");
        }
        let message = "there is no site here: neither `zola.toml` nor `config.toml`";
        Error::new(ErrorKind::Usage, message)
            .in_file(root.display().to_string())
            .help("name the site's folder with `--root`, or the file with `--config`")
    })
}

/// Why the site in `root` can't be written to `folder`: what is there would be lost.
pub(crate) fn refusal_of_output(root: &Path, folder: &Path) -> Option<&'static str> {
    let folder = resolved(folder);
    if folder.is_file() {
        return Some("this is a file, not a folder for the site");
    }
    let mut sources = SOURCE_FOLDERS.iter().map(|name| resolved(&root.join(name)));
    let holds_sources = resolved(root).starts_with(&folder)
        || sources.any(|source| folder.starts_with(&source) || source.starts_with(&folder));
    holds_sources.then_some("the site's own sources are in this folder")
}

/// The path without links and detours, whether or not its last parts are there yet.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|part| {
        let real = part.canonicalize().ok()?;
        Some((real, path.strip_prefix(part).ok()?))
    });
    let Some((mut real, missing)) = there else {
        return path;
    };
    for part in missing.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
    }
    real
}
