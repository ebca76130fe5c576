//! The staged copy of a site.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::assets::Assets;
use crate::error::{Error, ErrorKind, Result};
use crate::renderer::Renderer;
use crate::rewrite::Dialect;

use super::find::Zola;
use super::settings::Settings;
use super::{page, tree};

/// What can be said of a stage beside the site's own configuration.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct StageOptions {
    /// The configuration, if it isn't `zola.toml` or `config.toml`.
    pub config: Option<PathBuf>,
    /// Where the site will be, instead of the configuration's `base_url`. A path (`/docs`) or
    /// nothing does as well.
    pub base_url: Option<String>,
}

/// A copy of a site in a temporary folder, in which blocks are HTML. Dropped, it is gone.
pub struct Stage {
    folder: TempDir,
    root: PathBuf,
    output: PathBuf,
    renderer: Renderer,
    dialect: Dialect,
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
        let settings = Settings::read(&root, options.config.as_deref()).map_err(one)?;
        let renderer = renderer(&root, &settings, zola.dialect(), options).map_err(one)?;
        let folder = temporary_folder().map_err(one)?;
        let mut stage = Self {
            folder,
            output: settings.output_dir(&root),
            root,
            renderer,
            dialect: zola.dialect(),
            warnings: Vec::new(),
        };
        let files = stage.all_files().map_err(one)?;
        stage.warnings = stage.put(&files)?;
        Assets::shipped()
            .write_to(&stage.path().join("static"))
            .map_err(one)?;
        Ok(stage)
    }

    /// The site's folder, as Zola writes it in its messages.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that the configuration publishes the site in: in the user's tree.
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

    /// Stages these files anew (their paths from the site's folder); a page stays as it was
    /// staged before while something is wrong with it. Gives what was noticed.
    ///
    /// # Errors
    ///
    /// As [`Stage::new`].
    pub fn update(&self, changed: &[String]) -> Result<Vec<Error>, Vec<Error>> {
        // A theme may be a link to somewhere else: which files of it changed, only all of it tells.
        if changed.iter().any(|name| Path::new(name).is_absolute()) {
            return self.put(&self.all_files().map_err(|error| vec![error])?);
        }
        let mut files = Vec::new();
        for name in changed.iter().map(Path::new) {
            let source = self.root.join(name);
            if source.is_dir() {
                let inner = tree::entries_below(&source, &|path| self.is_skipped(path))
                    .map_err(|error| vec![io_error(&source, &error)])?;
                files.extend(inner.iter().map(|file| name.join(file)));
            } else if source.is_file() {
                files.push(name.to_owned());
            } else {
                self.remove(name).map_err(|error| vec![error])?;
            }
        }
        self.put(&files)
    }

    fn all_files(&self) -> Result<Vec<PathBuf>> {
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

    /// Stages files, all of them also if some have mistakes.
    fn put(&self, files: &[PathBuf]) -> Result<Vec<Error>, Vec<Error>> {
        let mut diagnostics = Vec::new();
        for name in files {
            let (source, target) = (self.root.join(name), self.path().join(name));
            let is_page =
                name.starts_with("content") && name.extension().is_some_and(|end| end == "md");
            if source.is_dir() {
                fs::create_dir_all(&target).map_err(|error| vec![io_error(&target, &error)])?;
            } else if is_page {
                match self.put_page(name, &source, &target) {
                    Ok(noticed) => diagnostics.extend(noticed),
                    Err(error) => diagnostics.push(error),
                }
            } else if let Err(error) = tree::link(&source, &target) {
                return Err(vec![io_error(&target, &error)]);
            }
        }
        match diagnostics.iter().any(Error::is_error) {
            true => Err(diagnostics),
            false => Ok(diagnostics),
        }
    }

    fn put_page(&self, name: &Path, source: &Path, target: &Path) -> Result<Vec<Error>> {
        let text = fs::read_to_string(source).map_err(|error| io_error(source, &error))?;
        let name = name.to_string_lossy().replace('\\', "/");
        let rewritten = page::rewrite(&self.renderer, self.dialect, &name, &text)?;
        if !rewritten.diagnostics.iter().any(Error::is_error) {
            tree::write(target, &rewritten.markdown).map_err(|error| io_error(target, &error))?;
        }
        Ok(rewritten.diagnostics)
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

fn renderer(
    root: &Path,
    settings: &Settings,
    dialect: Dialect,
    options: &StageOptions,
) -> Result<Renderer> {
    let mut builder = Renderer::builder()
        .base_url(options.base_url.as_ref().unwrap_or(&settings.base_url))
        .markdown_options(settings.markdown_options())
        .defaults(settings.defaults().clone());
    if dialect == Dialect::Templates {
        let theme = settings
            .theme
            .iter()
            .map(|theme| root.join("themes").join(theme));
        for folder in theme.chain([root.to_owned()]) {
            for (file, template) in shortcodes_in(&folder.join("templates/shortcodes"))? {
                builder = builder.shortcode(&file, template);
            }
        }
    }
    builder.build()
}

/// The shortcodes that a Zola without shortcodes leaves to pyfence.
fn shortcodes_in(folder: &Path) -> Result<Vec<(String, String)>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut shortcodes = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| io_error(folder, &error))?.path();
        let is_shortcode = path
            .extension()
            .is_some_and(|end| end == "html" || end == "md");
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // The kit's own: blocks are rendered here.
        if is_shortcode && name != "pyodide.html" {
            let text = fs::read_to_string(&path).map_err(|error| io_error(&path, &error))?;
            shortcodes.push((name, text));
        }
    }
    Ok(shortcodes)
}

fn temporary_folder() -> Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("pyfence-").tempdir();
    folder.map_err(|error| {
        Error::new(
            ErrorKind::Io,
            format!("no temporary folder can be made: {error}"),
        )
        .in_file(std::env::temp_dir().display().to_string())
        .help("make room there, or name another folder in the variable TMPDIR")
    })
}

fn io_error(path: &Path, error: &io::Error) -> Error {
    Error::new(ErrorKind::Io, error.to_string()).in_file(path.display().to_string())
}
