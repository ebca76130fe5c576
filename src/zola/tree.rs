//! Files from one folder to another: linked where the system can, else copied.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files and folders below `root` by their paths from there, without what `skip` names.
/// Folders count when they are empty, too: Zola asks for some.
pub(super) fn entries_below(root: &Path, skip: &dyn Fn(&Path) -> bool) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let name = folder.join(entry?.file_name());
            let path = root.join(&name);
            if skip(&path) {
                continue;
            }
            // A link to a folder around itself would never end: Zola doesn't follow it either.
            let is_folder = path.is_dir();
            if is_folder && path.is_symlink() && leads_up(&path) {
                continue;
            }
            if is_folder {
                folders.push(name.clone());
            }
            if is_folder || path.is_file() {
                entries.push(name);
            }
        }
    }
    entries.sort();
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

/// Makes `target` the same file as `source`, in place of what is there.
pub(super) fn link(source: &Path, target: &Path) -> io::Result<()> {
    make_room(target)?;
    // A link to the file that a symbolic link means, not to the link; across file systems a copy.
    let source = source.canonicalize()?;
    fs::hard_link(&source, target).or_else(|_| fs::copy(&source, target).map(|_| ()))
}

/// Writes a file of its own, in place of what is there.
pub(super) fn write(target: &Path, contents: &str) -> io::Result<()> {
    make_room(target)?;
    fs::write(target, contents)
}

/// What is there may be a link to the user's own file: it goes, and is never written through.
fn make_room(target: &Path) -> io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::remove_file(target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
