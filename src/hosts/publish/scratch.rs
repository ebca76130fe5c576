//! Temporary folders that nobody has to clean up by hand. A process that ends removes its own; what
//! one left that was killed, the next to need a folder in the same place removes.
//!
//! Whether a folder is still in use is told by a lock on it, which the system releases with the
//! process: process ids would be mistaken where containers share a folder.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::replace;

/// Beside a site, and among the system's temporary files or in its memory: Zola is not sure to read what is in a
/// folder with a dot.
const PREFIXES: [&str; 2] = [".pyfence-scratch-", "pyfence-scratch-"];
/// What such a folder holds: anything else, and it isn't one.
const CHILDREN: [&str; 7] = [
    "compiled",
    replace::NEW,
    replace::REPLACED,
    replace::CONTENTS,
    replace::REST,
    "served",
    "site",
];

pub(crate) struct ScratchFolder {
    folder: TempDir,
    _in_use: Option<File>,
}

impl ScratchFolder {
    /// A hidden one in `parent`.
    pub(crate) fn beside(parent: &Path) -> io::Result<Self> {
        Self::new_in(parent, PREFIXES[0])
    }

    /// One among the system's temporary files.
    #[cfg(feature = "zola")]
    pub(crate) fn temporary() -> io::Result<Self> {
        Self::new_in(&std::env::temp_dir(), PREFIXES[1])
    }

    /// One in `memory`, a folder of the system's.
    #[cfg(feature = "zola")]
    pub(crate) fn new_in_memory(memory: &Path) -> io::Result<Self> {
        Self::new_in(memory, PREFIXES[1])
    }

    /// Those that nobody uses any more are removed first.
    fn new_in(parent: &Path, prefix: &str) -> io::Result<Self> {
        let turn = super::locked_now(parent);
        sweep(parent, turn.is_some());
        drop(turn);
        loop {
            let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(parent);
            // Its own words name the folder, of which nobody knows.
            let folder = folder.map_err(|error| io::Error::from(error.kind()))?;
            let in_use = lock::shared(folder.path());
            // Another process may have swept it away before it was locked.
            if folder.path().is_dir() {
                return Ok(Self {
                    folder,
                    _in_use: in_use,
                });
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a folder in it, which isn't made yet.
    pub(crate) fn child(&self, name: &str) -> PathBuf {
        debug_assert!(CHILDREN.contains(&name), "a sweep knows it");
        self.path().join(name)
    }
}

/// Removes what killed processes left in `parent`, and ends what they began there where this process may exchange
/// folders. What can't be read or removed stays: it is nobody's error.
pub(super) fn sweep(parent: &Path, may_exchange: bool) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_ours || !is_folder || !holds_only_ours(&entry.path()) {
            continue;
        }
        let Some(unused) = lock::exclusive(&entry.path()) else {
            continue;
        };
        if replace::may_be_unfinished(&entry.path()) {
            if !may_exchange {
                continue;
            }
            replace::finish(&entry.path(), parent);
        }
        let _ = fs::remove_dir_all(entry.path());
        drop(unused);
    }
}

fn holds_only_ours(folder: &Path) -> bool {
    let mut names = fs::read_dir(folder).into_iter().flatten().flatten();
    names.all(|entry| CHILDREN.iter().any(|name| entry.file_name() == *name))
}

#[cfg(unix)]
mod lock {
    use std::fs::File;
    use std::path::Path;

    use rustix::fs::{FlockOperation, flock};

    /// Says that a folder is in use, for as long as the file is open.
    pub(super) fn shared(folder: &Path) -> Option<File> {
        locked(folder, FlockOperation::LockShared)
    }

    /// `None` if it is in use, or if that can't be known.
    pub(super) fn exclusive(folder: &Path) -> Option<File> {
        locked(folder, FlockOperation::NonBlockingLockExclusive)
    }

    fn locked(folder: &Path, how: FlockOperation) -> Option<File> {
        let folder = File::open(folder).ok()?;
        flock(&folder, how).ok()?;
        Some(folder)
    }
}

/// Without locks nobody knows what is in use, and nothing is swept.
#[cfg(not(unix))]
mod lock {
    use std::fs::File;
    use std::path::Path;

    pub(super) fn shared(_: &Path) -> Option<File> {
        None
    }

    pub(super) fn exclusive(_: &Path) -> Option<File> {
        None
    }
}
