//! A built site: its files by their paths, and how they get onto a disk.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::embedded::text_file::shown;
use crate::hosts::publish::{ANOTHER_OUTPUT, Preserve, Publication, refused_always};

/// A built site, to be written to a folder or served from memory.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Output {
    /// The files by their paths below the site's root, with `/` and without one at the start.
    pub files: BTreeMap<String, OutputFile>,
    /// What is not as the author probably meant it.
    pub warnings: Errors,
    /// The folder that the site was read from.
    pub(super) root: Option<PathBuf>,
}

/// A file of a built site.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputFile {
    /// Its contents.
    Bytes(Vec<u8>),
    /// A file to copy as it is.
    Copy(PathBuf),
}

impl OutputFile {
    /// Its contents, read from the disk where they aren't in memory.
    ///
    /// # Errors
    ///
    /// When the file to copy can't be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone()),
            Self::Copy(path) => fs::read(path),
        }
    }

    fn write_to(&self, target: &Path) -> io::Result<()> {
        match self {
            Self::Bytes(bytes) => fs::write(target, bytes),
            Self::Copy(path) => fs::copy(path, target).map(drop),
        }
    }
}

impl Output {
    /// Writes the site to `folder`, in the place of what is there.
    ///
    /// Everything is written beside it first, and the folders change places at the end: whoever
    /// looks sees the whole old site or the whole new one. With [`Preserve::Dotfiles`] the folder
    /// stays, and what is in it changes places one after the other.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] with what could not be written, [`ErrorKind::Usage`] if the site's own
    /// sources or a `.git` would be lost; what was in the folder is still there.
    pub fn write_to(&self, folder: &Path, preserve: Preserve) -> Result<(), Error> {
        self.write_unless_stopped(folder, preserve, &AtomicBool::new(false))
            .map(drop)
    }

    /// As [`write_to`](Self::write_to), until `stop` is set: nothing has changed then, and nothing
    /// is left behind. Tells whether the site was written.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Self::write_to).
    pub fn write_unless_stopped(
        &self,
        folder: &Path,
        preserve: Preserve,
        stop: &AtomicBool,
    ) -> Result<bool, Error> {
        let root = self.root.as_ref();
        if let Some(message) = root.and_then(|root| refused_always(root, folder, preserve)) {
            return Err(refused(folder, &message).help(ANOTHER_OUTPUT));
        }
        let failed = |error| Error::unwritable(folder, error);
        let publication = Publication::beside(folder).map_err(failed)?;
        if !self.write_files(&publication.new_site(), stop)? {
            return Ok(false);
        }
        publication.publish(preserve).map_err(failed)?;
        Ok(true)
    }

    /// Tells whether all of them were written before `stop` was set.
    fn write_files(&self, folder: &Path, stop: &AtomicBool) -> Result<bool, Error> {
        fs::create_dir_all(folder).map_err(|error| Error::unwritable(folder, error))?;
        for (path, file) in &self.files {
            if stop.load(Ordering::Relaxed) {
                return Ok(false);
            }
            let target = inside(folder, path).ok_or_else(|| {
                Error::unwritable(
                    Path::new(path),
                    io::Error::from(io::ErrorKind::InvalidInput),
                )
            })?;
            target
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| file.write_to(&target))
                .map_err(|error| match file {
                    OutputFile::Bytes(_) => Error::unwritable(Path::new(path), error),
                    OutputFile::Copy(from) => Error::unwritable(from, error),
                })?;
        }
        Ok(true)
    }
}

/// The file that answers for a path of the site.
pub(crate) fn file_at(path: &str) -> String {
    let path = path.trim_matches('/');
    match path {
        "" => "index.html".to_owned(),
        path if path.ends_with(".html") => path.to_owned(),
        path => format!("{path}/index.html"),
    }
}

/// The file at a path of the site, if that path doesn't lead out of it.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    let stays = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    stays.then(|| folder.join(path))
}

/// A folder that the site must not be written to.
pub(super) fn refused(folder: &Path, why: &str) -> Error {
    Error::new(ErrorKind::Usage, why).in_file(shown(folder))
}
