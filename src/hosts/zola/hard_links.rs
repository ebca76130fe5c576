//! Files from one folder to another: linked where the system can, else copied.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::hosts::symbolic_links::leads_nowhere;

/// What is in a folder: a file, or another folder, which counts when it is empty, too: Zola asks
/// for some.
pub(super) struct Entry {
    /// Its path from the root.
    pub name: PathBuf,
    pub is_folder: bool,
    /// Whether a symbolic link stands there.
    pub is_link: bool,
}

/// The files and folders below `root`, without what `skip` names, in the order of their names.
pub(super) fn entries_below(root: &Path, skip: &dyn Fn(&Path) -> bool) -> io::Result<Vec<Entry>> {
    let walk = WalkDir::new(root).min_depth(1).follow_links(true);
    let mut entries = Vec::new();
    for entry in walk
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !skip(entry.path()))
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if leads_nowhere(&error) => continue,
            Err(error) => return Err(error.into()),
        };
        let kind = entry.file_type();
        if kind.is_dir() || kind.is_file() {
            let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
            entries.push(Entry {
                name: name.to_owned(),
                is_folder: kind.is_dir(),
                is_link: entry.path_is_symlink(),
            });
        }
    }
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

/// Makes `target`, in a folder that is there, the same file as `source`, in place of what is there.
pub(super) fn link(source: &Path, target: &Path) -> io::Result<()> {
    // The file that a symbolic link means, not the link; across file systems a copy.
    let source = source.canonicalize()?;
    if fs::hard_link(&source, target).is_ok() {
        return Ok(());
    }
    remove(target)?;
    fs::hard_link(&source, target).or_else(|_| copy(&source, target))
}

/// As [`link`], and an error where the system can't.
pub(super) fn only_link(source: &Path, target: &Path) -> io::Result<()> {
    let source = source.canonicalize()?;
    remove(target)?;
    fs::hard_link(&source, target)
}

/// Moves a folder to where nothing is; to another file system a copy goes.
pub(super) fn move_folder(from: &Path, to: &Path) -> io::Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for Entry {
        name, is_folder, ..
    } in entries_below(from, &|_| false)?
    {
        let (source, target) = (from.join(&name), to.join(&name));
        if is_folder {
            fs::create_dir_all(&target)?;
        } else {
            link(&source, &target)?;
        }
    }
    Ok(())
}

/// A copy that is as old as what it copies.
fn copy(source: &Path, target: &Path) -> io::Result<()> {
    fs::copy(source, target)?;
    let modified = fs::metadata(source)?.modified()?;
    // A file without permission to write keeps its own time.
    let _ = fs::File::options()
        .write(true)
        .open(target)
        .and_then(|copy| copy.set_modified(modified));
    Ok(())
}

/// Writes a file of its own, in a folder that is there, in place of what is there. A file that has
/// these contents already stays as it is, so that nobody sees a change.
pub(super) fn write(target: &Path, contents: &str) -> io::Result<()> {
    match fs::File::create_new(target) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if fs::read(target)? == contents.as_bytes() {
                return Ok(());
            }
            remove(target)?;
            write(target, contents)
        }
        file => file?.write_all(contents.as_bytes()),
    }
}

/// What is there may be a link to the user's own file: it goes, and is never written through.
fn remove(target: &Path) -> io::Result<()> {
    match fs::remove_file(target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
