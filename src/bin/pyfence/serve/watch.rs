//! Waiting until files of the site change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use pyfence::{Lock, SOURCE_FOLDERS, is_temporary_file};

/// How long nothing may change before a change counts as complete: editors write in steps.
pub(crate) const QUIET: Duration = Duration::from_millis(30);

pub(crate) struct Watch {
    root: PathBuf,
    /// `None` where the system can't watch: then the site is built once.
    watcher: Option<RecommendedWatcher>,
    steps: Receiver<Step>,
    /// When the last file of the site changed.
    last_change: Instant,
    watched: BTreeSet<PathBuf>,
    /// What the author wants watched as well: files and folders.
    extra: Vec<PathBuf>,
}

/// Something that was done to files, and when.
struct Step {
    at: Instant,
    paths: Vec<PathBuf>,
}

impl Watch {
    /// For the site in `root` and for `extra`.
    pub(crate) fn new(root: &Path, extra: &[PathBuf]) -> Self {
        let (sender, steps) = channel();
        let tell = move |event: notify::Result<Event>| {
            let (at, event) = (Instant::now(), event.unwrap_or_default());
            // Reading is no change, and building the site reads all of it.
            if !matches!(event.kind, EventKind::Access(_)) {
                let paths = event.paths;
                // Nobody listens any more when the process ends.
                let _ = sender.send(Step { at, paths });
            }
        };
        let watcher = notify::recommended_watcher(tell)
            .inspect_err(|error| anstream::eprintln!("Changes can't be seen: {error}"))
            .ok();
        let mut watch = Self {
            root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            watcher,
            steps,
            last_change: Instant::now(),
            watched: BTreeSet::new(),
            extra: extra.to_vec(),
        };
        watch.add_folders();
        watch
    }

    /// Waits for a change that may change the site, and on until nothing has changed for `quiet`; gives the changed
    /// files, from the root.
    pub(crate) fn wait(&mut self, quiet: Duration) -> Vec<String> {
        loop {
            let Ok(first) = self.steps.recv() else {
                // Nothing will ever come: the server goes on with what it has.
                loop {
                    std::thread::park();
                }
            };
            let mut changed = self.changes(&first);
            changed.extend(self.wait_until_quiet(quiet));
            if !changed.is_empty() {
                return changed.into_iter().collect();
            }
        }
    }

    /// Waits until nothing has changed for `quiet`; gives what changes meanwhile.
    pub(crate) fn wait_until_quiet(&mut self, quiet: Duration) -> BTreeSet<String> {
        let mut changed = BTreeSet::new();
        let left = |last: Instant| (last + quiet).saturating_duration_since(Instant::now());
        while let Ok(step) = self.steps.recv_timeout(left(self.last_change)) {
            changed.extend(self.changes(&step));
        }
        // A folder that is new may have to be watched as well.
        self.add_folders();
        changed
    }

    /// The files of the site that a step has changed.
    fn changes(&mut self, step: &Step) -> BTreeSet<String> {
        let paths = step.paths.iter().filter(|path| self.belongs_to_site(path));
        let changed: BTreeSet<String> = paths.map(|path| self.name(path)).collect();
        if !changed.is_empty() {
            self.last_change = step.at;
        }
        changed
    }

    /// Right in the root only files count: the folder that the site is written to is there too.
    fn belongs_to_site(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_temporary_file(&name) {
            return false;
        }
        let is_extra = self.extra.iter().any(|extra| path.starts_with(extra));
        match path.parent() == Some(&self.root) && !is_extra {
            true => {
                let is_setting = name.ends_with(".toml") || name == Lock::FILE_NAME;
                is_setting || SOURCE_FOLDERS.contains(&name.as_ref())
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
        for name in SOURCE_FOLDERS {
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
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        if folder.is_dir()
            && self.watched.insert(folder.clone())
            && let Err(error) = watcher.watch(&folder, mode)
        {
            anstream::eprintln!("Changes in {} can't be seen: {error}", folder.display());
        }
    }
}
