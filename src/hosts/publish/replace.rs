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

/// In a scratch folder: the new site, before it takes its place.
pub(super) const NEW: &str = "new";
/// The folder that was replaced, under its own name.
pub(super) const REPLACED: &str = "replaced";
/// What was in the folder, in one of the same name, where only its contents were replaced.
pub(super) const CONTENTS: &str = "replaced-contents";
/// From when all of that is away: the new site, in a folder of the same name, or what isn't in its place yet.
pub(super) const REST: &str = "rest";

/// Puts the new site of `scratch` in the place of `folder`, which is beside it. After an error, what was there is
/// where it was.
pub(super) fn replace(folder: &Path, scratch: &Path, preserve: Preserve) -> io::Result<()> {
    let new = scratch.join(NEW);
    if !folder.exists() {
        return fs::rename(new, folder);
    }
    // What is preserved never leaves its place: whatever happens, it can't be lost.
    if preserve == Preserve::Dotfiles {
        return replace_contents(folder, scratch, preserve);
    }
    if exchange(folder, &new).is_ok() {
        return Ok(());
    }
    if rename_both(folder, scratch).is_ok() {
        return Ok(());
    }
    // The folder itself can't be moved: a volume is mounted there, or it is in use.
    replace_contents(folder, scratch, preserve)
}

/// Whether a process may have been killed while it replaced a folder.
pub(super) fn may_be_unfinished(scratch: &Path) -> bool {
    [REPLACED, CONTENTS]
        .iter()
        .any(|name| scratch.join(name).is_dir())
}

/// Ends what a killed process began in `parent`: there is the old site again, or all of the new one.
pub(super) fn finish(scratch: &Path, parent: &Path) {
    for (old, folder) in sites_in(&scratch.join(REPLACED), parent) {
        if !folder.exists() {
            let _ = fs::rename(old, folder);
        }
    }
    let (contents, rest) = (scratch.join(CONTENTS), scratch.join(REST));
    if rest.is_dir() {
        for (new, folder) in sites_in(&rest, parent) {
            let away = contents.join(folder.file_name().unwrap_or_default());
            let _ = Moves::default().bring(&new, &folder, &away);
        }
    } else {
        for (old, folder) in sites_in(&contents, parent) {
            let _ = put_back(&old, &folder);
        }
    }
    // Before `rest`, which says that nothing of it is to be put back.
    let _ = fs::remove_dir_all(contents);
}

/// The sites in a folder, and where they belong.
fn sites_in(folder: &Path, parent: &Path) -> Vec<(PathBuf, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| (entry.path(), parent.join(entry.file_name())))
        .collect()
}

/// Moves what is missing in `folder`.
fn put_back(old: &Path, folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(old)? {
        let entry = entry?;
        let target = folder.join(entry.file_name());
        if target.symlink_metadata().is_err() {
            rename_or_copy(&entry.path(), &target)?;
        } else if entry.file_type()?.is_dir() && target.is_dir() {
            put_back(&entry.path(), &target)?;
        }
    }
    Ok(())
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

fn rename_both(folder: &Path, scratch: &Path) -> io::Result<()> {
    let replaced = scratch.join(REPLACED);
    let old = replaced.join(folder.file_name().unwrap_or_default());
    fs::create_dir_all(replaced)?;
    fs::rename(folder, &old)?;
    fs::rename(scratch.join(NEW), folder).inspect_err(|_| {
        // If even that fails, the first error says why.
        let _ = fs::rename(&old, folder);
    })
}

/// File by file, and folder by folder, at the top.
fn replace_contents(folder: &Path, scratch: &Path, preserve: Preserve) -> io::Result<()> {
    let name = folder.file_name().unwrap_or_default();
    let new = scratch.join(NEW);
    let old = scratch.join(CONTENTS).join(name);
    let rest = scratch.join(REST).join(name);
    fs::create_dir_all(&old)?;
    let mut moves = Moves::default();
    let mut replaced = || {
        moves.take(folder, &old, preserve)?;
        fs::create_dir_all(scratch.join(REST))?;
        fs::rename(&new, &rest)?;
        moves.bring(&rest, folder, &old)
    };
    match replaced() {
        // Before `rest`, which says that nothing of it is to be put back. What can't be removed is in nobody's way.
        Ok(()) => drop(fs::remove_dir_all(scratch.join(CONTENTS))),
        Err(error) => {
            moves.undo();
            // Nobody is to go on with it.
            let _ = fs::rename(&rest, &new);
            let _ = fs::remove_dir(scratch.join(REST));
            return Err(error);
        }
    }
    Ok(())
}

/// What was moved, from where and to where.
#[derive(Default)]
struct Moves(Vec<(PathBuf, PathBuf)>);

impl Moves {
    /// Takes what is in a folder to another, but for what is preserved.
    fn take(&mut self, folder: &Path, away: &Path, preserve: Preserve) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !preserve.keeps(&entry.file_name()) {
                self.one(entry.path(), away.join(entry.file_name()))?;
            }
        }
        Ok(())
    }

    /// Brings what is new to a folder. Files in the way go to `away`.
    fn bring(&mut self, new: &Path, folder: &Path, away: &Path) -> io::Result<()> {
        for entry in fs::read_dir(new)? {
            let entry = entry?;
            let target = folder.join(entry.file_name());
            let away = away.join(entry.file_name());
            let is_folder = entry.file_type()?.is_dir();
            // A folder that was preserved, such as `.well-known`, gets what the site has for it.
            if is_folder && target.is_dir() {
                self.bring(&entry.path(), &target, &away)?;
                continue;
            }
            if !is_folder && target.symlink_metadata().is_ok_and(|old| !old.is_dir()) {
                away.parent().map_or(Ok(()), fs::create_dir_all)?;
                self.one(target.clone(), away)?;
            }
            self.one(entry.path(), target)?;
        }
        Ok(())
    }

    fn one(&mut self, from: PathBuf, to: PathBuf) -> io::Result<()> {
        rename_or_copy(&from, &to)?;
        self.0.push((from, to));
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
    use crate::hosts::publish::ScratchFolder;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().expect("it has one")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }

    fn read(path: &Path) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    /// The folder of a site that is published, and a scratch folder with a new one.
    struct Places {
        root: tempfile::TempDir,
        folder: PathBuf,
        scratch: PathBuf,
    }

    impl Places {
        fn new() -> Self {
            let root = tempfile::tempdir().expect("there is room");
            let folder = root.path().join("public");
            let scratch = root.path().join(".pyfence-scratch-left");
            write(&folder.join("index.html"), "old");
            write(&folder.join("gone/index.html"), "old");
            write(&folder.join(".git/HEAD"), "mine");
            write(&folder.join(".well-known/mine.txt"), "mine");
            write(&folder.join(".well-known/both.txt"), "old");
            write(&scratch.join("new/index.html"), "new");
            write(&scratch.join("new/.well-known/site.txt"), "new");
            write(&scratch.join("new/.well-known/both.txt"), "new");
            Self {
                root,
                folder,
                scratch,
            }
        }

        fn replace(&self, preserve: Preserve) -> io::Result<()> {
            replace(&self.folder, &self.scratch, preserve)
        }

        fn read(&self, path: &str) -> Option<String> {
            read(&self.folder.join(path))
        }

        fn assert_old(&self) {
            for (path, text) in [
                ("index.html", "old"),
                ("gone/index.html", "old"),
                (".git/HEAD", "mine"),
                (".well-known/mine.txt", "mine"),
                (".well-known/both.txt", "old"),
            ] {
                assert_eq!(self.read(path).as_deref(), Some(text), "{path}");
            }
            assert_eq!(self.read(".well-known/site.txt"), None);
        }

        fn assert_new(&self) {
            for (path, text) in [
                ("index.html", "new"),
                (".git/HEAD", "mine"),
                (".well-known/mine.txt", "mine"),
                (".well-known/both.txt", "new"),
                (".well-known/site.txt", "new"),
            ] {
                assert_eq!(self.read(path).as_deref(), Some(text), "{path}");
            }
            assert!(!self.folder.join("gone").exists());
        }

        /// What is beside the site after a sweep.
        fn swept(&self) -> Vec<String> {
            let _another = ScratchFolder::beside(self.root.path()).expect("there is room");
            assert!(!self.scratch.exists());
            let beside = fs::read_dir(self.root.path())
                .expect("it is there")
                .flatten();
            let names = beside.map(|entry| entry.file_name().to_string_lossy().into_owned());
            names.filter(|name| !name.starts_with('.')).collect()
        }
    }

    #[test]
    fn contents_change_places_and_what_is_preserved_stays_where_it_is() {
        let places = Places::new();
        places.replace(Preserve::Dotfiles).expect("there is room");
        places.assert_new();
    }

    /// A file of the new site in the way of a folder that is preserved can't take its place.
    #[test]
    fn after_an_error_all_is_where_it_was() {
        let places = Places::new();
        write(&places.scratch.join("new/.git"), "a file");
        places
            .replace(Preserve::Dotfiles)
            .expect_err("it is in the way");
        places.assert_old();
    }

    #[test]
    fn without_an_exchange_two_renames_do() {
        let Places {
            root: _root,
            folder,
            scratch,
        } = Places::new();
        let new = scratch.join(NEW);
        fs::rename(&new, scratch.join("elsewhere")).expect("it is there");
        rename_both(&folder, &scratch).expect_err("there is nothing new");
        assert_eq!(read(&folder.join("index.html")).as_deref(), Some("old"));
        fs::rename(scratch.join("elsewhere"), &new).expect("it is there");
        rename_both(&folder, &scratch).expect("there is room");
        assert_eq!(read(&folder.join("index.html")).as_deref(), Some("new"));
        assert!(scratch.join("replaced/public/index.html").is_file());
    }

    /// Where a process was killed, and which site is there after the next sweep.
    #[cfg(unix)]
    #[test]
    fn a_sweep_ends_what_a_killed_process_began() {
        let rename = |places: &Places, from: &str, to: &str| {
            let to = places.scratch.join(to);
            fs::create_dir_all(to.parent().expect("it has one")).expect("there is room");
            fs::rename(places.root.path().join(from), to).expect("it is there");
        };
        let take_index = |places: &Places| {
            let file = "public/index.html";
            rename(places, file, &format!("replaced-contents/{file}"));
        };
        let left = ".pyfence-scratch-left";

        let places = Places::new();
        rename(&places, "public", "replaced/public");
        assert_eq!(places.swept(), ["public"], "between two renames");
        places.assert_old();

        let places = Places::new();
        take_index(&places);
        assert_eq!(places.swept(), ["public"], "while the old contents left");
        places.assert_old();

        let places = Places::new();
        take_index(&places);
        rename(&places, "public/gone", "replaced-contents/public/gone");
        rename(&places, &format!("{left}/new"), "rest/public");
        assert_eq!(places.swept(), ["public"], "while the new contents came");
        places.assert_new();

        let places = Places::new();
        places.replace(Preserve::Dotfiles).expect("there is room");
        write(
            &places.scratch.join("replaced-contents/public/old.html"),
            "old",
        );
        assert_eq!(places.swept(), ["public"], "when all was done");
        places.assert_new();
        assert_eq!(places.read("old.html"), None);
    }
}
