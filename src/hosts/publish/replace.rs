//! One folder in the place of another.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// What stays of a folder that a site is written to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Preserve {
    /// Nothing: the folder is exactly the site. A folder that holds a `.git` isn't replaced.
    #[default]
    Nothing,
    /// Files and folders at its top whose names start with a dot, such as `.git`.
    Dotfiles,
}

impl Preserve {
    pub(super) fn keeps(self, name: &OsStr) -> bool {
        self == Self::Dotfiles && name.to_string_lossy().starts_with('.')
    }
}

/// Puts `new` in the place of `folder`. What was there is in `replaced` then, which is made when it
/// is needed; after an error it is where it was.
pub(super) fn replace(
    folder: &Path,
    new: &Path,
    replaced: &Path,
    preserve: Preserve,
) -> io::Result<()> {
    if !folder.exists() {
        return fs::rename(new, folder);
    }
    // What is preserved never leaves its place: whatever happens, it can't be lost.
    if preserve == Preserve::Dotfiles {
        return replace_contents(folder, new, replaced, preserve);
    }
    if exchange(folder, new).is_ok() {
        return Ok(());
    }
    if rename_both(folder, new, replaced).is_ok() {
        return Ok(());
    }
    // The folder itself can't be moved: a volume is mounted there, or it is in use.
    replace_contents(folder, new, replaced, preserve)
}

/// In one step: there is no moment without a whole site, and nothing to undo.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(folder: &Path, new: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Under its own name in `replaced`, from where a sweep gives it back.
fn rename_both(folder: &Path, new: &Path, replaced: &Path) -> io::Result<()> {
    let old = replaced.join(folder.file_name().unwrap_or_default());
    fs::create_dir_all(replaced)?;
    fs::rename(folder, &old)?;
    fs::rename(new, folder).inspect_err(|_| {
        // If even that fails, the first error says why.
        let _ = fs::rename(&old, folder);
    })
}

/// File by file, and folder by folder, at the top.
fn replace_contents(
    folder: &Path,
    new: &Path,
    replaced: &Path,
    preserve: Preserve,
) -> io::Result<()> {
    let old = replaced.join("contents");
    fs::create_dir_all(&old)?;
    let mut moves = Moves::default();
    let done = moves
        .all(folder, &old, preserve)
        .and_then(|()| moves.all(new, folder, Preserve::Nothing));
    if done.is_err() {
        moves.undo();
    }
    done
}

/// What was moved, from where and to where.
#[derive(Default)]
struct Moves(Vec<(PathBuf, PathBuf)>);

impl Moves {
    /// Moves what is in one folder to another, but for what is preserved there.
    fn all(&mut self, from: &Path, to: &Path, preserve: Preserve) -> io::Result<()> {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            if preserve.keeps(&entry.file_name()) {
                continue;
            }
            let target = to.join(entry.file_name());
            // A folder that was preserved, such as `.well-known`, gets what the site has for it.
            if target.is_dir() && entry.file_type()?.is_dir() {
                self.all(&entry.path(), &target, Preserve::Nothing)?;
                continue;
            }
            rename_or_copy(&entry.path(), &target)?;
            self.0.push((entry.path(), target));
        }
        Ok(())
    }

    fn undo(self) {
        for (from, to) in self.0.into_iter().rev() {
            let _ = rename_or_copy(&to, &from);
        }
    }
}

/// A volume that is mounted at the folder is another file system than the one beside it.
fn rename_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            copy(from, to)?;
            match from.is_dir() {
                true => fs::remove_dir_all(from),
                false => fs::remove_file(from),
            }
        }
        renamed => renamed,
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let below = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
        let target = match below.as_os_str().is_empty() {
            true => to.to_owned(),
            false => to.join(below),
        };
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(&target)?,
            false => fs::copy(entry.path(), &target).map(drop)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().expect("it has one")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }

    fn read(path: &Path) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    #[test]
    fn contents_change_places_and_what_is_preserved_stays_where_it_is() {
        let root = tempfile::tempdir().expect("there is room");
        let [folder, new, replaced] =
            ["public", "new", "replaced"].map(|name| root.path().join(name));
        write(&folder.join("index.html"), "old");
        write(&folder.join("gone/index.html"), "old");
        write(&folder.join(".git/HEAD"), "mine");
        write(&folder.join(".well-known/mine.txt"), "mine");
        write(&new.join("index.html"), "new");
        write(&new.join(".well-known/site.txt"), "new");
        replace(&folder, &new, &replaced, Preserve::Dotfiles).expect("there is room");
        assert_eq!(read(&folder.join("index.html")).as_deref(), Some("new"));
        assert!(!folder.join("gone").exists());
        assert_eq!(read(&folder.join(".git/HEAD")).as_deref(), Some("mine"));
        for name in ["mine.txt", "site.txt"] {
            assert!(folder.join(".well-known").join(name).is_file(), "{name}");
        }
        assert!(!replaced.join("contents/.git").exists());
    }

    /// A file of the new site in the way of a folder that is preserved can't take its place.
    #[test]
    fn after_an_error_all_is_where_it_was() {
        let root = tempfile::tempdir().expect("there is room");
        let [folder, new, replaced] =
            ["public", "new", "replaced"].map(|name| root.path().join(name));
        write(&folder.join("index.html"), "old");
        write(&folder.join(".git/HEAD"), "mine");
        write(&new.join("index.html"), "new");
        write(&new.join(".git"), "a file");
        replace(&folder, &new, &replaced, Preserve::Dotfiles).expect_err("it is in the way");
        assert_eq!(read(&folder.join("index.html")).as_deref(), Some("old"));
        assert_eq!(read(&folder.join(".git/HEAD")).as_deref(), Some("mine"));
    }

    #[test]
    fn without_an_exchange_two_renames_do() {
        let root = tempfile::tempdir().expect("there is room");
        let [folder, new, replaced] =
            ["public", "new", "replaced"].map(|name| root.path().join(name));
        write(&folder.join("index.html"), "old");
        rename_both(&folder, &new, &replaced).expect_err("there is nothing new");
        assert_eq!(read(&folder.join("index.html")).as_deref(), Some("old"));
        write(&new.join("index.html"), "new");
        rename_both(&folder, &new, &replaced).expect("there is room");
        assert_eq!(read(&folder.join("index.html")).as_deref(), Some("new"));
        assert!(replaced.join("public/index.html").is_file());
    }
}
