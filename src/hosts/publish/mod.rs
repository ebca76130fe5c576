//! Putting a built site in its folder, in the place of what is there: all of it or nothing, also
//! when several builds end at once or one of them is killed.

mod guard;
mod replace;
mod scratch;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use guard::{ANOTHER_OUTPUT, FORCE_OUTPUT, foreign_output, refused_always};
pub use replace::Preserve;
pub(crate) use scratch::ScratchFolder;

/// A site that is being written beside the folder that it is for. Dropped, nothing is left of it.
pub(crate) struct Publication {
    folder: PathBuf,
    scratch: ScratchFolder,
}

impl Publication {
    /// For `folder`, which may not be there yet, and may be a link to one elsewhere: that one
    /// changes then.
    pub(crate) fn beside(folder: &Path) -> io::Result<Self> {
        let folder = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder))?;
        let parent = folder
            .parent()
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        fs::create_dir_all(parent)?;
        Ok(Self {
            scratch: ScratchFolder::beside(parent)?,
            folder,
        })
    }

    /// The folder to write the new site to; it isn't there yet.
    pub(crate) fn new_site(&self) -> PathBuf {
        self.scratch.child(replace::NEW)
    }

    /// The new site takes the folder's place.
    pub(crate) fn publish(self, preserve: Preserve) -> io::Result<()> {
        let parent = self.folder.parent();
        let turn = parent.and_then(locked);
        if let (Some(parent), Some(_)) = (parent, &turn) {
            // Nobody is to go on with an older site once this one is there.
            scratch::sweep(parent, true);
        }
        replace::replace(&self.folder, self.scratch.path(), preserve)
    }
}

/// Ends what killed builds began beside the folder of a site, and removes what they left there: the old site may be
/// away until then, also where the next build comes to no publishing.
pub(crate) fn sweep_beside(folder: &Path) {
    let folder = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
    if let Some(parent) = folder.as_deref().ok().and_then(Path::parent) {
        let turn = locked_now(parent);
        scratch::sweep(parent, turn.is_some());
    }
}

/// Waits until no other process is exchanging folders in `parent`. The folder itself is the lock,
/// so there is no lock file to be left behind; file systems without locks do without.
#[cfg(unix)]
pub(crate) fn locked(parent: &Path) -> Option<File> {
    flocked(parent, rustix::fs::FlockOperation::LockExclusive)
}

/// `None` if another process is exchanging folders, or this one, or if that can't be known.
#[cfg(unix)]
fn locked_now(parent: &Path) -> Option<File> {
    flocked(parent, rustix::fs::FlockOperation::NonBlockingLockExclusive)
}

#[cfg(unix)]
fn flocked(parent: &Path, how: rustix::fs::FlockOperation) -> Option<File> {
    let parent = File::open(parent).ok()?;
    rustix::fs::flock(&parent, how).ok()?;
    Some(parent)
}

/// A folder can't be opened as a file here.
#[cfg(not(unix))]
pub(crate) fn locked(_: &Path) -> Option<File> {
    None
}

#[cfg(not(unix))]
fn locked_now(_: &Path) -> Option<File> {
    None
}
