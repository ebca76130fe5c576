//! Files from one folder to another: linked where the system can, else copied.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is in a folder: a file, or another folder, which counts when it is empty, too: Zola asks
/// for some.
pub(super) struct Entry {
    /// Its path from the root.
    pub name: PathBuf,
    pub is_folder: bool,
}

/// The files and folders below `root`, without what `skip` names.
pub(super) fn entries_below(root: &Path, skip: &dyn Fn(&Path) -> bool) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = folder.join(entry.file_name());
            let path = root.join(&name);
            if skip(&path) {
                continue;
            }
            let mut kind = entry.file_type()?;
            if kind.is_symlink() {
                // A link to a folder around itself would never end: Zola doesn't follow it either.
                match fs::metadata(&path) {
                    Ok(meant) if !(meant.is_dir() && leads_up(&path)) => kind = meant.file_type(),
                    _ => continue,
                }
            }
            if kind.is_dir() {
                folders.push(name.clone());
            }
            if kind.is_dir() || kind.is_file() {
                let is_folder = kind.is_dir();
                entries.push(Entry { name, is_folder });
            }
        }
    }
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

fn leads_up(link: &Path) -> bool {
    let target = link.canonicalize();
    let folder = link.parent().and_then(|folder| folder.canonicalize().ok());
    target
        .ok()
        .zip(folder)
        .is_some_and(|(target, folder)| folder.starts_with(target))
}

/// Makes `target`, in a folder that is there, the same file as `source`, in place of what is there.
pub(super) fn link(source: &Path, target: &Path) -> io::Result<()> {
    // The file that a symbolic link means, not the link; across file systems a copy.
    let source = source.canonicalize()?;
    if fs::hard_link(&source, target).is_ok() {
        return Ok(());
    }
    remove(target)?;
    fs::hard_link(&source, target).or_else(|_| fs::copy(&source, target).map(drop))
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
