//! The folder of the copies, and how they and the lock change: new files come beside the old ones,
//! then the lock changes in one step, then what nobody names any more goes. A path never gets other
//! bytes, so that the files of the old lock are right until the new one is there, and what browsers
//! keep of them is right for ever.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::FOLDER;
use super::sources::sha256;
use crate::error::{Error, Result};
use crate::hosts::publish::{ScratchFolder, locked};
use crate::lock::{Lock, LockedFile};

pub(super) struct Store {
    root: PathBuf,
    /// The folder that is published.
    published: PathBuf,
    /// Whether it wasn't there before.
    made_published: bool,
    /// What is to be put in it.
    scratch: ScratchFolder,
    /// One process at a time changes it.
    _turn: Option<File>,
}

impl Store {
    /// Waits until nobody else changes the copies.
    pub fn open(root: &Path, published: &Path) -> Result<Self> {
        let unwritable = |error| Error::unwritable(published, error);
        let made_published = !published.exists();
        fs::create_dir_all(published).map_err(unwritable)?;
        let turn = locked(published);
        let scratch =
            ScratchFolder::beside(root).map_err(|error| Error::unwritable(root, error))?;
        Ok(Self {
            root: root.to_owned(),
            published: published.to_owned(),
            made_published,
            scratch,
            _turn: turn,
        })
    }

    /// The folders that a run leaves which is ended before it is done.
    pub fn left_overs(&self) -> LeftOvers {
        LeftOvers {
            scratch: self.scratch.path().to_owned(),
            published: self.made_published.then(|| self.published.clone()),
        }
    }

    /// A file that was copied before, if it has these contents.
    pub fn present(&self, path: &str, expected: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.published.join(FOLDER).join(path)).ok()?;
        (sha256(&bytes) == expected).then_some(bytes)
    }

    /// Whether a file is published with these contents.
    pub fn has(&self, path: &str, expected: &str) -> bool {
        fs::read(self.published.join(path)).is_ok_and(|bytes| sha256(&bytes) == expected)
    }

    /// Prepares a file of the copies.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.write(&format!("{FOLDER}/{path}"), bytes)
    }

    /// Prepares a file of the copies, where it isn't there yet.
    pub fn put_unless_present(&self, path: &str, bytes: &[u8]) -> Result<()> {
        match self.present(path, &sha256(bytes)) {
            Some(_) => Ok(()),
            None => self.put(path, bytes),
        }
    }

    /// Whether there is a file at this path below the folder that is published.
    pub fn is_published(&self, path: &str) -> bool {
        self.published.join(path).is_file()
    }

    /// Prepares a file at this path below the folder that is published.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let target = self.new_files().join(path);
        let written = target.parent().map_or(Ok(()), fs::create_dir_all);
        let written = written.and_then(|()| {
            let mut file = File::create(&target)?;
            file.write_all(bytes)?;
            file.sync_data()
        });
        written.map_err(|error| {
            Error::unwritable(&target, error).help("make room there: nothing has changed")
        })
    }

    /// A file that is there, or is prepared.
    pub fn read(&self, file: &LockedFile) -> Result<Vec<u8>> {
        self.read_path(file.path.as_deref().unwrap_or_default())
    }

    /// The same, by its path below the folder that is published.
    pub fn read_path(&self, path: &str) -> Result<Vec<u8>> {
        let present = self.published.join(path);
        fs::read(self.new_files().join(path))
            .or_else(|_| fs::read(&present))
            .map_err(|error| Error::unreadable(&present, error))
    }

    /// An empty folder that is gone when all is done.
    pub fn work_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.scratch.child("compiled").join(name);
        fs::create_dir_all(&folder).map_err(|error| Error::unwritable(&folder, error))?;
        Ok(folder)
    }

    fn new_files(&self) -> PathBuf {
        self.scratch.child("new")
    }

    /// Puts other bytes into a file, in one step; whoever may read it may read them.
    pub fn replace(&self, file: &Path, bytes: &[u8]) -> Result<()> {
        let put = || {
            let file = fs::canonicalize(file)?;
            let folder = self.scratch.child("site");
            fs::create_dir_all(&folder)?;
            let written = folder.join("page");
            fs::write(&written, bytes)?;
            fs::set_permissions(&written, fs::metadata(&file)?.permissions())?;
            move_whole(&written, &file)
        };
        put().map_err(|error| Error::unwritable(file, error))
    }

    /// What was prepared takes its place, and the lock is this one; beside what it names, the files at
    /// the paths `beside` stay. Who loads the files changes by `others`, when the new ones are there
    /// and before the old ones go. Tells whether anything is another than before.
    pub fn commit(
        self,
        lock: &Lock,
        beside: &[String],
        others: impl FnOnce(&Self) -> Result<bool>,
    ) -> Result<bool> {
        let mut changed = false;
        let prepared = WalkDir::new(self.new_files()).into_iter().flatten();
        let prepared = prepared.filter(|entry| entry.file_type().is_file());
        for entry in prepared {
            let path = entry.path();
            let below = path.strip_prefix(self.new_files()).unwrap_or(path);
            let target = self.published.join(below);
            let put = || -> io::Result<bool> {
                if fs::read(&target).ok() == Some(fs::read(path)?) {
                    return Ok(false);
                }
                target.parent().map_or(Ok(()), fs::create_dir_all)?;
                move_whole(path, &target).map(|()| true)
            };
            changed |= put().map_err(|error| Error::unwritable(&target, error))?;
        }
        changed |= others(&self)?;
        changed |= self.put_lock(lock)?;
        self.remove_all_but(lock, beside);
        Ok(changed)
    }

    fn put_lock(&self, lock: &Lock) -> Result<bool> {
        let (target, text) = (self.root.join(Lock::FILE_NAME), lock.to_text());
        if fs::read_to_string(&target).is_ok_and(|present| present == text) {
            return Ok(false);
        }
        self.write(Lock::FILE_NAME, text.as_bytes())?;
        let written = self.new_files().join(Lock::FILE_NAME);
        move_whole(&written, &target).map_err(|error| Error::unwritable(&target, error))?;
        Ok(true)
    }

    /// Removes what the lock doesn't name. What can't be removed is in nobody's way.
    fn remove_all_but(&self, lock: &Lock, beside: &[String]) {
        let locked = lock.files().filter_map(|file| file.path.as_ref());
        let named = locked.chain(beside).map(|path| self.published.join(path));
        let mut named: BTreeSet<PathBuf> = named.collect();
        let folder = self.published.join(FOLDER);
        named.insert(folder.join("licences.txt"));
        let entries = WalkDir::new(&folder).contents_first(true).into_iter();
        for entry in entries.flatten() {
            if entry.file_type().is_dir() {
                // One that isn't empty stays.
                let _ = fs::remove_dir(entry.path());
            } else if !named.contains(entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.left_overs().remove_published();
    }
}

/// What a run leaves that is ended before it is done.
#[derive(Debug)]
pub(super) struct LeftOvers {
    scratch: PathBuf,
    /// The folder that is published, where it wasn't there before.
    published: Option<PathBuf>,
}

impl LeftOvers {
    /// What can't be removed is in nobody's way.
    pub fn remove(&self) {
        let _ = fs::remove_dir_all(&self.scratch);
        self.remove_published();
    }

    fn remove_published(&self) {
        // One that isn't empty stays.
        self.published.as_ref().map(fs::remove_dir);
    }
}

/// In one step, where both places are on one file system; else by a copy beside the target.
fn move_whole(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let folder = to.parent().unwrap_or(Path::new("."));
            let mut copy = tempfile::NamedTempFile::new_in(folder)?;
            copy.write_all(&fs::read(from)?)?;
            // A temporary file is its maker's alone; this one is for whoever serves the site.
            fs::set_permissions(copy.path(), fs::metadata(from)?.permissions())?;
            copy.persist(to).map(drop).map_err(|error| error.error)
        }
        moved => moved,
    }
}
