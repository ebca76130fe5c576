//! Waiting until files of the site change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};
use pyfence::Lock;

/// How long nothing may change before a change counts as complete: editors write in steps.
pub(crate) const QUIET: Duration = Duration::from_millis(30);

/// The folders of a site whose files it is made from.
const FOLDERS: [&str; 5] = ["content", "sass", "static", "templates", "themes"];

pub(crate) struct Watch {
    root: PathBuf,
    /// `None` where the system can't watch: then the site is built once.
    debouncer: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
    events: Receiver<DebounceEventResult>,
    watched: BTreeSet<PathBuf>,
    /// What the author wants watched as well: files and folders.
    extra: Vec<PathBuf>,
}

impl Watch {
    /// For the site in `root` and for `extra`, until nothing has changed for `quiet`.
    pub(crate) fn new(root: &Path, extra: &[PathBuf], quiet: Duration) -> Self {
        let (sender, events) = channel();
        let debouncer = new_debouncer(quiet, None, sender)
            .inspect_err(|error| anstream::eprintln!("Changes can't be seen: {error}"))
            .ok();
        let mut watch = Self {
            root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            debouncer,
            events,
            watched: BTreeSet::new(),
            extra: extra.to_vec(),
        };
        watch.add_folders();
        watch
    }

    /// Waits for changes that may change the site; gives the changed files, from the root.
    pub(crate) fn wait(&mut self) -> Vec<String> {
        loop {
            let Ok(first) = self.events.recv() else {
                // Nothing will ever come: the server goes on with what it has.
                loop {
                    std::thread::park();
                }
            };
            let mut changed = BTreeSet::new();
            for result in std::iter::once(first).chain(self.events.try_iter()) {
                let events = result.unwrap_or_default();
                changed.extend(events.iter().flat_map(|event| self.changes(event)));
            }
            // A folder that is new may have to be watched as well.
            self.add_folders();
            if !changed.is_empty() {
                return changed.into_iter().collect();
            }
        }
    }

    fn changes(&self, event: &DebouncedEvent) -> Vec<String> {
        // Reading is no change, and building the site reads all of it.
        if matches!(event.kind, EventKind::Access(_)) {
            return Vec::new();
        }
        let paths = event.paths.iter().filter(|path| self.belongs_to_site(path));
        paths.map(|path| self.name(path)).collect()
    }

    /// Right in the root only files count: the folder that the site is written to is there too.
    fn belongs_to_site(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with('~') || name.ends_with(".swp") || name.starts_with(".#") {
            return false;
        }
        let is_extra = self.extra.iter().any(|extra| path.starts_with(extra));
        match path.parent() == Some(&self.root) && !is_extra {
            true => {
                let is_setting = name.ends_with(".toml") || name == Lock::FILE_NAME;
                is_setting || FOLDERS.contains(&name.as_ref())
            }
            false => true,
        }
    }

    fn name(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.display().to_string()
    }

    fn add_folders(&mut self) {
        self.add(self.root.clone(), RecursiveMode::NonRecursive);
        for name in FOLDERS {
            self.add(self.root.join(name), RecursiveMode::Recursive);
        }
        self.add_extra();
        // A theme is often a link to where it is developed.
        let themes = std::fs::read_dir(self.root.join("themes"));
        for theme in themes.into_iter().flatten().flatten() {
            if theme.path().is_symlink() {
                self.add(theme.path(), RecursiveMode::Recursive);
            }
        }
    }

    /// A file is watched in its folder: editors put another one in its place.
    fn add_extra(&mut self) {
        for extra in self.extra.clone() {
            match (extra.is_dir(), extra.parent()) {
                (false, Some(folder)) => self.add(folder.to_owned(), RecursiveMode::NonRecursive),
                _ => self.add(extra, RecursiveMode::Recursive),
            }
        }
    }

    fn add(&mut self, folder: PathBuf, mode: RecursiveMode) {
        let Ok(folder) = folder.canonicalize() else {
            self.watched.remove(&folder);
            return;
        };
        let Some(debouncer) = &mut self.debouncer else {
            return;
        };
        if folder.is_dir()
            && self.watched.insert(folder.clone())
            && let Err(error) = debouncer.watch(&folder, mode)
        {
            anstream::eprintln!("Changes in {} can't be seen: {error}", folder.display());
        }
    }
}
