//! The staged copy of a site.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rayon::prelude::*;
use tempfile::TempDir;

use crate::assets::Assets;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};

use super::find::Zola;
use super::page::Pages;
use super::settings::Settings;
use super::tree::{self, Entry};

/// What can be said of a stage beside the site's own configuration.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct StageOptions {
    /// The configuration, if it isn't `zola.toml` or `config.toml`.
    pub config: Option<PathBuf>,
    /// Where the site will be, instead of the configuration's `base_url`. A path (`/docs`) or
    /// nothing does as well.
    pub base_url: Option<String>,
    /// The folder that Zola is to write the site to, instead of the configuration's `output_dir`.
    pub output_dir: Option<PathBuf>,
}

/// A copy of a site in a temporary folder, in which blocks are HTML. Dropped, it is gone.
pub struct Stage {
    folder: TempDir,
    root: PathBuf,
    output: PathBuf,
    options: StageOptions,
    dialect: Dialect,
    /// Made anew when the configuration changes.
    pages: RwLock<Arc<Pages>>,
    warnings: Vec<Error>,
}

impl Stage {
    /// Stages the site in the folder `root` for this Zola.
    ///
    /// # Errors
    ///
    /// All that is wrong with the blocks of its pages, or the first file that can't be read or
    /// written.
    pub fn new(root: &Path, zola: &Zola, options: &StageOptions) -> Result<Self, Vec<Error>> {
        let one = |error| vec![error];
        let root = root
            .canonicalize()
            .map_err(|error| one(io_error(root, &error)))?;
        let settings = Settings::read(&root, options).map_err(one)?;
        let pages = Pages::new(&root, &settings, zola.dialect()).map_err(one)?;
        let mut stage = Self {
            folder: temporary_folder().map_err(one)?,
            output: settings.output.clone(),
            root,
            options: options.clone(),
            dialect: zola.dialect(),
            warnings: pages.warnings.clone(),
            pages: RwLock::new(Arc::new(pages)),
        };
        let files = stage.all_files().map_err(one)?;
        let noticed = stage.put(&files)?;
        stage.warnings.extend(noticed);
        Assets::shipped()
            .write_to(&stage.path().join("static"))
            .map_err(|error| one(error.help(NO_ROOM)))?;
        Ok(stage)
    }

    /// The site's folder, as Zola writes it in its messages.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that the options or the configuration publish the site in.
    pub fn output_dir(&self) -> &Path {
        &self.output
    }

    /// Where the copy is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What was noticed in the pages.
    pub fn warnings(&self) -> &[Error] {
        &self.warnings
    }

    /// Stages these files anew (their paths from the site's folder), and all pages when one of
    /// them is part of what pages are rewritten with. A page stays as it was staged before while
    /// something is wrong with it. Gives what was noticed.
    ///
    /// # Errors
    ///
    /// As [`Stage::new`].
    pub fn update(&self, changed: &[String]) -> Result<Vec<Error>, Vec<Error>> {
        let one = |error| vec![error];
        let changed = || changed.iter().map(Path::new);
        let mut warnings = Vec::new();
        let mut files = Vec::new();
        for name in changed() {
            let source = self.root.join(name);
            if name.is_absolute() {
                continue;
            } else if source.is_dir() {
                let inner = tree::entries_below(&source, &|path| self.is_skipped(path))
                    .map_err(|error| vec![io_error(&source, &error)])?;
                files.extend(inner.into_iter().map(|entry| Entry {
                    name: name.join(entry.name),
                    ..entry
                }));
            } else if source.is_file() {
                files.push(Entry {
                    name: name.to_owned(),
                    is_folder: false,
                });
            } else {
                self.remove(name).map_err(one)?;
            }
        }
        // A theme may be a link to somewhere else: which files of it changed, only all of it tells.
        let is_outside = changed().any(Path::is_absolute);
        if is_outside || changed().any(is_setting) {
            warnings = self.read_settings().map_err(one)?;
            files = self.all_files().map_err(one)?;
            files.retain(|Entry { name, .. }| {
                is_outside || is_page(name) || changed().any(|other| name == other)
            });
        }
        warnings.extend(self.put(&files)?);
        Ok(warnings)
    }

    /// Reads anew what pages are rewritten with; gives what was noticed.
    fn read_settings(&self) -> Result<Vec<Error>> {
        let settings = Settings::read(&self.root, &self.options)?;
        let pages = Arc::new(Pages::new(&self.root, &settings, self.dialect)?);
        let mut current = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::clone(&pages);
        Ok(pages.warnings.clone())
    }

    fn all_files(&self) -> Result<Vec<Entry>> {
        tree::entries_below(&self.root, &|path| self.is_skipped(path))
            .map_err(|error| io_error(&self.root, &error))
    }

    /// What Zola doesn't need: the site as published before, and folders of other tools.
    fn is_skipped(&self, path: &Path) -> bool {
        let in_root = path.parent() == Some(&self.root);
        let name = path.file_name().unwrap_or_default();
        path == self.output
            || in_root
                && [".git", "node_modules", "target"]
                    .iter()
                    .any(|other| name == *other)
    }

    /// Stages what is there, all of it also if some pages have mistakes.
    fn put(&self, entries: &[Entry]) -> Result<Vec<Error>, Vec<Error>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        let pages = Arc::clone(&pages);
        let (folders, files): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.is_folder);
        let above = files.iter().filter_map(|file| file.name.parent());
        let folders = folders.iter().map(|folder| folder.name.as_path());
        for folder in folders.chain(above).collect::<BTreeSet<_>>() {
            let folder = self.path().join(folder);
            fs::create_dir_all(&folder)
                .map_err(|error| vec![io_error(&folder, &error).help(NO_ROOM)])?;
        }
        let noticed: Result<Vec<Vec<Error>>> = files
            .par_iter()
            .map(|file| self.put_file(&pages, &file.name))
            .collect();
        let diagnostics = noticed.map_err(|error| vec![error])?.concat();
        match diagnostics.iter().any(Error::is_error) {
            true => Err(diagnostics),
            false => Ok(diagnostics),
        }
    }

    /// Stages one file; gives what is wrong with it.
    fn put_file(&self, pages: &Pages, name: &Path) -> Result<Vec<Error>> {
        let (source, target) = (self.root.join(name), self.path().join(name));
        if pages.leave_out(name) {
            return Ok(Vec::new());
        }
        let failed = |error| io_error(&target, &error).help(NO_ROOM);
        let rewritten = match is_page(name) {
            true => {
                let text =
                    fs::read_to_string(&source).map_err(|error| io_error(&source, &error))?;
                pages.rewrite(&name.to_string_lossy().replace('\\', "/"), &text)
            }
            false => Ok(None),
        };
        match rewritten {
            Ok(None) => tree::link(&source, &target)
                .map(|()| Vec::new())
                .map_err(failed),
            Ok(Some(page)) if page.diagnostics.iter().any(Error::is_error) => Ok(page.diagnostics),
            Ok(Some(page)) => tree::write(&target, &page.markdown)
                .map(|()| page.diagnostics)
                .map_err(failed),
            Err(error) => Ok(vec![error]),
        }
    }

    fn remove(&self, name: &Path) -> Result<()> {
        let target = self.path().join(name);
        let removed = match target.is_dir() {
            true => fs::remove_dir_all(&target),
            false => fs::remove_file(&target),
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(&target, &error)),
            _ => Ok(()),
        }
    }
}

fn is_page(name: &Path) -> bool {
    name.starts_with("content") && name.extension().is_some_and(|end| end == "md")
}

/// Whether pages may be rewritten with what this file says: configurations and shortcodes.
fn is_setting(name: &Path) -> bool {
    let is_configuration = name.extension().is_some_and(|end| end == "toml");
    let in_shortcodes = name.iter().any(|part| part == "shortcodes");
    !name.starts_with("content") && (is_configuration || in_shortcodes)
}

fn temporary_folder() -> Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("pyfence-").tempdir();
    folder.map_err(|error| {
        let message = format!("no temporary folder can be made: {error}");
        Error::new(ErrorKind::Io, message)
            .in_file(std::env::temp_dir().display().to_string())
            .help(NO_ROOM)
    })
}

const NO_ROOM: &str = "make room there, or name another folder in the variable TMPDIR";

fn io_error(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Io, error.to_string()).in_file(path.display().to_string())
}
