//! The staged copy of a site.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Errors, Result, shown};
use crate::hosts::publish::{ANOTHER_OUTPUT, Preserve, ScratchFolder, refused_always};
use crate::hosts::site_lock;
use crate::hosts::symbolic_links;
use crate::lock::Lock;
use crate::page::code::PageCode;
use crate::records::RecordFolder;

use super::find_zola::Zola;
use super::hard_links::{self, Entry};
use super::image_cache;
use super::pages::Pages;
use super::read_output;
use super::skipped::{draft_sections, is_section};
use super::stage_options::StageOptions;
use super::stage_place;
use super::stage_settings::Settings;
use super::tool_folders;

/// A copy of a site in a temporary folder, in which blocks are HTML. Dropped, it is gone.
pub struct Stage {
    folder: ScratchFolder,
    root: PathBuf,
    /// The same as it was named.
    named_root: PathBuf,
    output: PathBuf,
    preserve: Preserve,
    /// Why what is in the output folder isn't replaced unless the author insists.
    foreign_output: Option<Error>,
    options: StageOptions,
    zola: Zola,
    /// Made anew when the configuration changes.
    pages: RwLock<Arc<Pages>>,
    /// Folders of other tools that nothing in the site names.
    left_out: RwLock<Vec<&'static str>>,
    warnings: Errors,
}

impl Stage {
    /// Stages the site in the folder `root` for this Zola.
    ///
    /// # Errors
    ///
    /// All that is wrong with the blocks of its pages, or the first file that can't be read or
    /// written.
    pub fn new(root: &Path, zola: &Zola, options: &StageOptions) -> Result<Self, Errors> {
        let named_root = root;
        let root = root
            .canonicalize()
            .map_err(|error| Error::unreadable(root, error))?;
        let mut stage = Self::of_root(&root, named_root, zola, options)
            .map_err(|errors| with_named_files(errors, &root, named_root))?;
        stage.warnings = with_named_files(stage.warnings, &root, named_root);
        Ok(stage)
    }

    fn of_root(
        root: &Path,
        named_root: &Path,
        zola: &Zola,
        options: &StageOptions,
    ) -> Result<Self, Errors> {
        let root = root.to_owned();
        let settings = Settings::read(&root, options)?;
        let lock = lock_for(&root, options)?;
        let left_out = tool_folders::unnamed(&root);
        let files = files_of_site(&root, Path::new(""), &settings.output, &left_out)?;
        let drafts = drafts_of(&root, &files, options);
        let roots = (root.as_path(), named_root);
        let pages = Pages::new(roots, &settings, zola, options, lock, drafts)?;
        let has_links = files.iter().any(|file| file.is_link);
        let mut stage = Self {
            folder: folder_for_copy(&root, &files)?,
            output: settings.output.clone(),
            preserve: settings.preserves(),
            foreign_output: settings.foreign_output.clone(),
            left_out: RwLock::new(left_out),
            root,
            named_root: named_root.to_owned(),
            options: options.clone(),
            zola: zola.clone(),
            warnings: pages.warnings.clone(),
            pages: RwLock::new(Arc::new(pages)),
        };
        if has_links {
            stage.warnings.extend(symbolic_links::outward(&stage.root));
        }
        let noticed = stage.put(&files)?;
        stage.warnings.extend(noticed);
        stage.put_runtime()?;
        stage.put_pictures()?;
        Ok(stage)
    }

    /// What pages are rewritten with.
    pub(super) fn pages(&self) -> Arc<Pages> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&pages)
    }

    fn put_runtime(&self) -> Result<()> {
        let static_files = self.path().join("static");
        let written = self.pages().assets().write_to(&static_files);
        written.map_err(|error| error.help(NO_ROOM))
    }

    /// Stages the pictures of recorded outputs where blocks look for them.
    fn put_pictures(&self) -> Result<()> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        for (path, picture) in pages.records.pictures() {
            let target = self.path().join("static").join(path);
            let made = target.parent().map_or(Ok(()), fs::create_dir_all);
            made.and_then(|()| hard_links::link(&picture, &target))
                .map_err(|error| Error::unwritable(&target, error).help(NO_ROOM))?;
        }
        Ok(())
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
    pub fn path(&self) -> PathBuf {
        self.folder.child("site")
    }

    /// The folder that is gone with this stage: the copy is in it.
    pub(super) fn scratch(&self) -> &Path {
        self.folder.path()
    }

    /// Where a site that is being served can be written: gone with this stage, too.
    pub fn served_dir(&self) -> PathBuf {
        self.written_in_copy()
            .unwrap_or_else(|| self.folder.child("served"))
    }

    /// Where in the copy Zola has to write the site, if templates read what is written.
    pub(super) fn written_in_copy(&self) -> Option<PathBuf> {
        let path = read_output::path(&self.root, &self.output)?;
        Some(self.path().join(path))
    }

    /// What stays of the folder that the site is written to.
    pub(super) fn preserves(&self) -> Preserve {
        self.preserve
    }

    /// Whether the site may be put in the place of what is in [`output_dir`](Self::output_dir).
    /// A folder that only the configuration names has to be in the site's own folder, and absent,
    /// empty or a site that was built, unless `force` says that the author knows better.
    ///
    /// # Errors
    ///
    /// What would be lost; the site's own sources and a `.git` also with `force`.
    pub fn check_output_dir(&self, force: bool) -> Result<()> {
        if let Some(message) = refused_always(&self.root, &self.output, self.preserve) {
            let error = Error::new(ErrorKind::Usage, message);
            return Err(error
                .in_file(self.output.display().to_string())
                .help(ANOTHER_OUTPUT));
        }
        match &self.foreign_output {
            Some(error) if !force => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// What was noticed in the pages.
    pub fn warnings(&self) -> &[Error] {
        &self.warnings
    }

    /// The blocks of its pages as their authors wrote them, sorted by file.
    ///
    /// # Errors
    ///
    /// The first page that can't be read.
    pub fn code(&self) -> Result<Vec<PageCode>> {
        let pages = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        let mut files = self.all_files()?;
        files.retain(|file| !file.is_folder && is_page(&file.name));
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let code = files.par_iter().map(|file| {
            let text = self.page_text(&pages, &file.name)?;
            pages.code(&file.name.to_string_lossy().replace('\\', "/"), &text)
        });
        let code: Result<Vec<_>> = code.collect();
        Ok(code?.into_iter().flatten().collect())
    }

    /// Stages these files anew (their paths from the site's folder), and all pages when one of
    /// them is part of what pages are rewritten with. A page stays as it was staged before while
    /// something is wrong with it. Gives what was noticed.
    ///
    /// # Errors
    ///
    /// As [`Stage::new`].
    pub fn update(&self, changed: &[String]) -> Result<Errors, Errors> {
        let named = |errors| with_named_files(errors, &self.root, &self.named_root);
        self.stage_again(changed).map(named).map_err(named)
    }

    fn stage_again(&self, changed: &[String]) -> Result<Errors, Errors> {
        let changed = || changed.iter().map(Path::new);
        let mut warnings = Errors::new();
        let mut files = Vec::new();
        for name in changed() {
            let source = self.root.join(name);
            if name.is_absolute() {
                continue;
            } else if source.is_dir() {
                files.extend(self.files_below(name)?);
            } else if source.is_file() {
                for folder in self.newly_named(&source) {
                    files.extend(self.files_below(Path::new(folder))?);
                }
                files.push(Entry {
                    name: name.to_owned(),
                    is_folder: false,
                    is_link: source.is_symlink(),
                });
            } else {
                self.remove(name)?;
            }
        }
        // A theme may be a link to somewhere else: which files of it changed, only all of it tells.
        let is_outside = changed().any(Path::is_absolute);
        if is_outside || changed().any(is_setting) || self.drafts_changed(changed())? {
            files = self.all_files()?;
            warnings = self.read_settings(&files)?;
            files.retain(|Entry { name, .. }| {
                is_outside || is_page(name) || changed().any(|other| name == other)
            });
        }
        warnings.extend(self.put(&files)?);
        if changed().any(RecordFolder::holds) {
            self.put_pictures()?;
        }
        Ok(warnings)
    }

    /// Reads anew what pages are rewritten with, in a site with these files; gives what was noticed.
    fn read_settings(&self, files: &[Entry]) -> Result<Errors> {
        let settings = Settings::read(&self.root, &self.options)?;
        let lock = lock_for(&self.root, &self.options)?;
        let (root, options) = (&self.root, &self.options);
        let drafts = drafts_of(root, files, options);
        let roots = (root.as_path(), self.named_root.as_path());
        let pages = Pages::new(roots, &settings, &self.zola, options, lock, drafts)?;
        let pages = Arc::new(pages);
        let mut current = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::clone(&pages);
        drop(current);
        self.put_runtime()?;
        Ok(pages.warnings.clone())
    }

    /// Whether a section has become a draft, or is none any more.
    fn drafts_changed<'a>(&self, mut changed: impl Iterator<Item = &'a Path>) -> Result<bool> {
        if !changed.any(is_section) {
            return Ok(false);
        }
        let drafts = drafts_of(&self.root, &self.all_files()?, &self.options);
        Ok(drafts != self.pages().skipped.drafts)
    }

    /// Folders of other tools that this file names, and no file did before.
    fn newly_named(&self, file: &Path) -> Vec<&'static str> {
        let mut left_out = self
            .left_out
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let named = |name: &&str| tool_folders::names(file, name);
        let (newly, rest) = left_out.iter().partition(|name| named(name));
        *left_out = rest;
        newly
    }

    fn files_below(&self, folder: &Path) -> Result<Vec<Entry>> {
        let left_out = self.left_out.read().unwrap_or_else(PoisonError::into_inner);
        files_of_site(&self.root, folder, &self.output, &left_out)
    }

    fn all_files(&self) -> Result<Vec<Entry>> {
        self.files_below(Path::new(""))
    }

    /// Stages what is there, all of it also if some pages have mistakes.
    fn put(&self, entries: &[Entry]) -> Result<Errors, Errors> {
        let pages = self.pages();
        let (folders, files): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.is_folder);
        let above = files.iter().filter_map(|file| file.name.parent());
        let folders = folders.iter().map(|folder| folder.name.as_path());
        for folder in folders.chain(above).collect::<BTreeSet<_>>() {
            let folder = self.path().join(folder);
            fs::create_dir_all(&folder)
                .map_err(|error| Error::unwritable(&folder, error).help(NO_ROOM))?;
        }
        let names: Vec<&Path> = files.iter().map(|file| file.name.as_path()).collect();
        let (kept, names): (Vec<&Path>, Vec<&Path>) = names
            .into_iter()
            .partition(|name| image_cache::is_kept(name));
        let noticed: Result<Vec<Errors>> = names
            .par_iter()
            .map(|name| self.put_file(&pages, name))
            .collect();
        image_cache::stage(&self.root, &self.path(), &kept, names.iter().copied())
            .map_err(|error| Error::unwritable(self.path(), error).help(NO_ROOM))?;
        let diagnostics: Errors = noticed?.into_iter().flatten().collect();
        diagnostics.into_result()
    }

    /// The text of a page; nothing where there is none for Zola to read, or for us: what isn't
    /// UTF-8 is Zola's to tell, if it reads this page.
    fn page_text(&self, pages: &Pages, name: &Path) -> Result<String> {
        if !is_page(name) || pages.skipped.covers(name, &self.path().join(name)) {
            return Ok(String::new());
        }
        let source = self.root.join(name);
        let bytes = fs::read(&source).map_err(|error| Error::unreadable(&source, error))?;
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }

    /// Stages one file; gives what is wrong with it.
    fn put_file(&self, pages: &Pages, name: &Path) -> Result<Errors> {
        let (source, target) = (self.root.join(name), self.path().join(name));
        if pages.leave_out(name) {
            return Ok(Errors::new());
        }
        let failed = |error| Error::unwritable(&target, error).help(NO_ROOM);
        let text = self.page_text(pages, name)?;
        let rewritten = pages.rewrite(&name.to_string_lossy().replace('\\', "/"), &text);
        match rewritten {
            Ok(None) => hard_links::link(&source, &target)
                .map(|()| Errors::new())
                .map_err(failed),
            Ok(Some(page)) if page.diagnostics.has_errors() => Ok(page.diagnostics),
            Ok(Some(page)) => hard_links::write(&target, &page.markdown)
                .map(|()| page.diagnostics)
                .map_err(failed),
            Err(error) => Ok(error.into()),
        }
    }

    fn remove(&self, name: &Path) -> Result<()> {
        let target = self.path().join(name);
        let removed = match target.is_dir() {
            true => fs::remove_dir_all(&target),
            false => fs::remove_file(&target),
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::unwritable(&target, error))
            }
            _ => Ok(()),
        }
    }
}

/// Messages with files of the site as its author named it, from where the command runs.
fn with_named_files(errors: Errors, root: &Path, named_root: &Path) -> Errors {
    let name = |file: &str| match Path::new(file).strip_prefix(root) {
        Ok(below) => shown(&named_root.join(below)),
        Err(_) => file.to_owned(),
    };
    let errors = errors.into_iter();
    errors.map(|error| error.with_files(&name)).collect()
}

fn is_page(name: &Path) -> bool {
    name.starts_with("content") && name.extension().is_some_and(|end| end == "md")
}

/// Whether pages may be rewritten with what this file says: configurations, the lock and shortcodes.
fn is_setting(name: &Path) -> bool {
    let is_configuration =
        name.extension().is_some_and(|end| end == "toml") || name == Path::new(Lock::FILE_NAME);
    let in_shortcodes = name.iter().any(|part| part == "shortcodes");
    !name.starts_with("content") && (is_configuration || in_shortcodes)
}

/// The site's lock, where it holds, with all of its files.
fn lock_for(root: &Path, options: &StageOptions) -> Result<Option<Lock>> {
    if options.ignores_lock {
        return Ok(None);
    }
    let lock = site_lock::read(root)?;
    lock.iter()
        .try_for_each(|lock| site_lock::check_files(root, lock))?;
    Ok(lock)
}

/// What is in this folder of the site in `root` that Zola needs: not the site as published before, nor
/// folders of other tools. Named from the site's folder.
fn files_of_site(
    root: &Path,
    folder: &Path,
    output: &Path,
    left_out: &[&str],
) -> Result<Vec<Entry>> {
    let is_skipped = |path: &Path| {
        let in_root = path.parent() == Some(root);
        let name = path.file_name().unwrap_or_default();
        path == output || in_root && (name == ".git" || left_out.iter().any(|other| name == *other))
    };
    // Joined with nothing, a path would get a separator at its end.
    let source = match folder.as_os_str().is_empty() {
        true => root.to_owned(),
        false => root.join(folder),
    };
    let inner = hard_links::entries_below(&source, &is_skipped)
        .map_err(|error| Error::unreadable(&source, error))?;
    let in_site = |entry: Entry| Entry {
        name: folder.join(entry.name),
        ..entry
    };
    Ok(inner.into_iter().map(in_site).collect())
}

/// The sections that are drafts, where drafts are no part of the site.
fn drafts_of(root: &Path, files: &[Entry], options: &StageOptions) -> BTreeSet<PathBuf> {
    match options.drafts {
        true => BTreeSet::new(),
        false => draft_sections(root, files),
    }
}

fn folder_for_copy(root: &Path, files: &[Entry]) -> Result<ScratchFolder> {
    stage_place::folder_for(root, files).map_err(|error| {
        Error::new(ErrorKind::Io, "no temporary folder can be made")
            .caused_by(error)
            .in_file(std::env::temp_dir().display().to_string())
            .help(NO_ROOM)
    })
}

const NO_ROOM: &str = "make room there, or name another folder in the variable TMPDIR";
