//! The lock of a site: `pyfence.lock` in its folder.

use std::fs;
use std::io;
use std::path::Path;

use crate::error::{Error, Result};
use crate::lock::Lock;

/// The lock of the site in `root`, if it has one.
pub(crate) fn read(root: &Path) -> Result<Option<Lock>> {
    let file = root.join(Lock::FILE_NAME);
    match fs::read_to_string(&file) {
        Ok(text) => Lock::read(&file.display().to_string(), &text).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::unreadable(&file, error)),
    }
}

/// That the site in `root`, in Zola's layout, has the files that the lock names.
pub(crate) fn check_files(root: &Path, lock: &Lock) -> Result<()> {
    lock.check_files(&|path| root.join("static").join(path).is_file())
}
