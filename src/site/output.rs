//! A built site: its files by their paths, and how they get onto a disk.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::layout::{ANOTHER_OUTPUT, refusal_of_output};
use crate::site::text_file::shown;

/// A built site, to be written to a folder or served from memory.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Output {
    /// The files by their paths below the site's root, with `/` and without one at the start.
    pub files: BTreeMap<String, OutputFile>,
    /// What is not as the author probably meant it.
    pub warnings: Vec<Error>,
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

/// What stays of a folder that a site is written to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keep {
    /// Nothing: the folder is exactly the site.
    #[default]
    Nothing,
    /// Files and folders at its top whose names start with a dot, such as `.git`.
    Dotfiles,
}

impl Output {
    /// Writes the site to `folder`, in the place of what is there.
    ///
    /// Everything is written beside it first, and the folders change places at the end: whoever
    /// looks sees the whole old site or the whole new one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] with what could not be written, or if the site's own sources are in
    /// `folder`; what was in it is still there.
    pub fn write_to(&self, folder: &Path, keep: Keep) -> Result<(), Error> {
        let refused = self
            .root
            .as_ref()
            .and_then(|root| refusal_of_output(root, folder));
        if let Some(message) = refused {
            return Err(not_written(folder, message).help(ANOTHER_OUTPUT));
        }
        // The folder may be a link to one elsewhere; that one changes then.
        let folder = &fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let parent = match folder.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => {
                return Err(not_written(
                    folder,
                    io::Error::from(io::ErrorKind::InvalidInput),
                ));
            }
        };
        fs::create_dir_all(parent).map_err(|error| not_written(parent, error))?;
        let stage = tempfile::Builder::new()
            .prefix(".pyfence-")
            .tempdir_in(parent)
            .map_err(|error| not_written(parent, error))?;
        let new = stage.path().join("new");
        self.write_files(&new)?;
        let old = stage.path().join("old");
        if folder.exists() {
            fs::rename(folder, &old).map_err(|error| not_written(folder, error))?;
        }
        if let Err(error) = settle(&old, &new, folder, keep) {
            // Back to what was there; if even that fails, the first error says why.
            let _ = fs::rename(&old, folder);
            return Err(not_written(folder, error));
        }
        Ok(())
    }

    fn write_files(&self, folder: &Path) -> Result<(), Error> {
        fs::create_dir_all(folder).map_err(|error| not_written(folder, error))?;
        for (path, file) in &self.files {
            let target = inside(folder, path).ok_or_else(|| {
                not_written(
                    Path::new(path),
                    io::Error::from(io::ErrorKind::InvalidInput),
                )
            })?;
            target
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| file.write_to(&target))
                .map_err(|error| match file {
                    OutputFile::Bytes(_) => not_written(Path::new(path), error),
                    OutputFile::Copy(from) => not_written(from, error),
                })?;
        }
        Ok(())
    }
}

/// The new site takes the folder's place.
fn settle(old: &Path, new: &Path, folder: &Path, keep: Keep) -> io::Result<()> {
    if keep == Keep::Dotfiles && old.exists() {
        for entry in fs::read_dir(old)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                fs::rename(entry.path(), new.join(entry.file_name()))?;
            }
        }
    }
    fs::rename(new, folder)
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

pub(super) fn not_written(path: &Path, why: impl Display) -> Error {
    Error::new(ErrorKind::Io, format!("this can't be written: {why}")).in_file(shown(path))
}
