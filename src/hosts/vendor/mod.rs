//! What the blocks of a site load, copied into the site and locked: readers get exactly the bytes
//! that the author has tested, from the site itself.
//!
//! ```no_run
//! use pyfence::site::{Site, SiteOptions};
//! use pyfence::vendor::{Sources, Vendor};
//!
//! # fn main() -> Result<(), pyfence::Errors> {
//! let mut options = SiteOptions::default();
//! options.ignores_lock = true;
//! let site = Site::load("my-site", &options)?;
//! let vendor = Vendor::new("my-site".as_ref(), "my-site/static".as_ref(), Sources::default());
//! let vendored = vendor.run(&site.code(), &|file| eprintln!("{file}"))?;
//! assert!(vendored.left.is_empty(), "no outside request is left");
//! # Ok(())
//! # }
//! ```

mod addresses;
mod compiled;
mod compiler;
mod distribution;
mod finished_folder;
mod finished_page;
mod licences;
mod package;
mod pip;
mod precompressed;
mod release;
mod remaining_requests;
mod requirement;
mod resolve;
mod scripts;
mod sources;
mod store;
mod update;
mod verify_lock;
mod wheel;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::check::{Need, PageNeeds};
use crate::error::{Error, ErrorKind, Errors, Result};
use crate::hosts::site_lock;
use crate::lock::{Lock, LockedFile};
use crate::page::code::PageCode;
use crate::runtime_files::Manifest;

pub use finished_folder::FinishedFolder;
use licences::Licences;
use release::Planned;
pub use sources::Sources;
use store::{LeftOvers, Store};
pub use update::Update;

/// The folder of a site's copies, below the one that is published.
const FOLDER: &str = "pyfence-vendor";

/// Copies what the blocks of one site load.
#[derive(Debug)]
pub struct Vendor {
    /// Where the lock is.
    root: PathBuf,
    /// The folder whose files are published as they are.
    published: PathBuf,
    sources: Sources,
    update: Update,
    as_published: bool,
    precompressed: bool,
    /// The pages that are to load the copies, where no site is built that does.
    finished: Option<FinishedFolder>,
    /// What a run that is under way would leave; it holds this while it puts things in their place.
    left_overs: Mutex<Option<LeftOvers>>,
}

/// What `pyfence vendor` has done.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Vendored {
    /// The lock as it is now.
    pub lock: Lock,
    /// Whether it, or a file that it names, is another than before.
    pub changed: bool,
    /// What blocks still ask other sites for.
    pub left: Vec<Left>,
    /// What isn't as it could be, and why: what isn't compiled ahead of readers, pages that nothing loads
    /// the runtime in.
    pub skipped: Vec<String>,
}

/// A request to another site that is left.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Left {
    /// What is asked for: an address, or a requirement.
    pub what: String,
    /// Why it is left.
    pub why: &'static str,
    /// The page and the line that ask for it, as `content/loops.md:12`.
    pub place: String,
}

impl Vendor {
    /// For the site in `root`, which publishes the files of the folder `published` as they are.
    pub fn new(root: &Path, published: &Path, sources: Sources) -> Self {
        Self {
            root: root.to_owned(),
            published: published.to_owned(),
            sources,
            update: Update::Nothing,
            as_published: false,
            precompressed: false,
            finished: None,
            left_overs: Mutex::default(),
        }
    }

    /// For a folder of finished HTML, whose pages load the copies from then on; the lock is kept in
    /// `root`, which may be that folder.
    pub fn of_finished(root: &Path, folder: FinishedFolder, sources: Sources) -> Self {
        Self {
            finished: Some(folder.clone()),
            ..Self::new(root, folder.published(), sources)
        }
    }

    /// With files that stay as they were published: nothing is compiled ahead of readers.
    #[must_use]
    pub fn as_published(mut self, as_published: bool) -> Self {
        self.as_published = as_published;
        self
    }

    /// With a `.br` and a `.gz` beside each file that gets smaller by it, for hosts that serve them.
    #[must_use]
    pub fn precompressed(mut self, precompressed: bool) -> Self {
        self.precompressed = precompressed;
        self
    }

    /// With versions that may move.
    #[must_use]
    pub fn update(mut self, update: Update) -> Self {
        self.update = update;
        self
    }

    /// The site's lock, if it has one.
    ///
    /// # Errors
    ///
    /// When it can't be read, or isn't one.
    pub fn lock(&self) -> Result<Option<Lock>> {
        site_lock::read(&self.root)
    }

    /// In what the lock and its files disagree with these blocks; nothing where all is as
    /// [`run`](Self::run) would leave it.
    ///
    /// # Errors
    ///
    /// When the lock can't be read.
    pub fn check(&self, pages: &[PageCode]) -> Result<Errors> {
        let Some(lock) = self.lock()? else {
            let error = Error::new(ErrorKind::Unlocked, "the site has no lock")
                .in_file(self.root.join(Lock::FILE_NAME).display().to_string())
                .help("`pyfence vendor` makes one");
            return Ok(error.into());
        };
        let mut found = verify_lock::disagreements(&lock, &asked_by(pages), &self.published);
        found.extend(verify_lock::damages(&lock, &self.published));
        if let Some(folder) = &self.finished {
            found.extend(folder.disagreements(&lock)?);
        }
        Ok(found)
    }

    /// What these blocks ask for and the site's lock doesn't have; nothing without a lock.
    ///
    /// # Errors
    ///
    /// When the lock can't be read.
    pub fn missing(&self, pages: &[PageCode]) -> Result<Errors> {
        Ok(match self.lock()? {
            Some(lock) => verify_lock::missing(&lock, &asked_by(pages), &self.published),
            None => Errors::new(),
        })
    }

    /// Copies and locks what the blocks of these pages load; `progress` hears of each file that
    /// is fetched. Whatever happens, what is there is the old state or the new one.
    ///
    /// # Errors
    ///
    /// Blocks that ask for what isn't there, files that can't be had or written.
    pub fn run(&self, pages: &[PageCode], progress: &dyn Fn(&str)) -> Result<Vendored, Errors> {
        let store = Store::open(&self.root, &self.published)?;
        *self.left_overs() = Some(store.left_overs());
        let old = self.lock()?;
        let asked = asked_by(pages);
        if let Some(lock) = old.as_ref().filter(|_| self.update == Update::Nothing)
            && verify_lock::disagreements(lock, &asked, &self.published).is_empty()
            && verify_lock::damages(lock, &self.published).is_empty()
            && lock.files().all(|file| file.path.is_some())
            && release::has_installer(lock)
            && self.is_compiled_as_wished(lock)
            && self.is_loaded(lock)?
            && precompressed::paths_of(lock)
                .all(|path| store.is_published(&path) == self.precompressed)
        {
            return Ok(Vendored {
                left: remaining_requests::left_by(lock, &asked),
                lock: lock.clone(),
                changed: false,
                skipped: self.notes(),
            });
        }
        let (lock, mut skipped) = self.plan(old.as_ref(), &asked, &store, progress)?;
        self.update.check(old.iter().chain([&lock]))?;
        let mut beside = Vec::new();
        if self.precompressed {
            precompressed::prepare(&lock, &store, progress)?;
            beside.extend(precompressed::paths_of(&lock));
        }
        let folder = self.finished.as_ref();
        let _whole = self.left_overs();
        let changed = store.commit(&lock, &beside, |store| {
            folder.map_or(Ok(false), |folder| folder.load(&lock, store))
        })?;
        skipped.extend(folder.iter().flat_map(|folder| folder.old_copies()));
        skipped.extend(self.notes());
        Ok(Vendored {
            left: remaining_requests::left_by(&lock, &asked),
            lock,
            changed,
            skipped,
        })
    }

    /// Removes what a [`run`](Self::run) in another thread has prepared, before the process ends; what is
    /// being put in its place is put there first.
    pub fn abandon(&self) {
        if let Some(left_overs) = &*self.left_overs() {
            left_overs.remove();
        }
    }

    fn left_overs(&self) -> MutexGuard<'_, Option<LeftOvers>> {
        self.left_overs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether pages that are finished load what the lock names.
    fn is_loaded(&self, lock: &Lock) -> Result<bool> {
        let folder = self.finished.as_ref();
        folder.map_or(Ok(true), |folder| {
            Ok(folder.disagreements(lock)?.is_empty())
        })
    }

    fn notes(&self) -> Vec<String> {
        let folder = self.finished.iter();
        folder.flat_map(FinishedFolder::notes).collect()
    }

    fn is_compiled_as_wished(&self, lock: &Lock) -> bool {
        let mut releases = lock.releases.iter();
        releases.all(|release| release.precompiled.is_empty() == self.as_published)
    }

    fn plan(
        &self,
        old: Option<&Lock>,
        asked: &[Asked<'_>],
        store: &Store,
        progress: &dyn Fn(&str),
    ) -> Result<(Lock, Vec<String>), Errors> {
        let shipped = Manifest::shipped().pyodide_version();
        let default = old.map(|lock| lock.pyodide.as_str());
        let default = default
            .filter(|_| !self.update.moves(update::PYODIDE))
            .unwrap_or(shipped);
        let mut by_version: BTreeMap<&str, Vec<Ask<'_>>> = BTreeMap::new();
        if asked.is_empty() {
            by_version.entry(default).or_default();
        }
        for page in asked {
            let version = page.needs.version.as_deref().unwrap_or(default);
            let needs = by_version.entry(version).or_default();
            needs.extend(page.asks());
        }
        let mut licences = Licences::default();
        let planner = release::Planner {
            sources: &self.sources,
            update: &self.update,
            old,
            store,
            as_published: self.as_published,
            progress,
        };
        let mut lock = Lock {
            lock_version: Lock::VERSION.to_owned(),
            created_by: "pyfence".to_owned(),
            pyodide: default.to_owned(),
            releases: Vec::new(),
            scripts: scripts::lock(&self.sources, store, &mut licences, progress)?,
            packages: Vec::new(),
        };
        let mut errors = Errors::new();
        let mut all_skipped = Vec::new();
        for (version, needs) in by_version {
            match planner.release(version, &needs, &mut licences) {
                Ok(Planned {
                    release,
                    packages,
                    skipped,
                }) => {
                    lock.releases.push(release);
                    lock.packages.extend(packages);
                    all_skipped.extend(skipped);
                }
                Err(wrong) => errors.extend(wrong),
            }
        }
        errors.into_result()?;
        store.put("licences.txt", licences.to_text().as_bytes())?;
        Ok((lock, all_skipped))
    }
}

/// A page, and what its blocks ask for.
struct Asked<'p> {
    page: &'p PageCode,
    needs: PageNeeds,
}

impl<'p> Asked<'p> {
    /// The release of Pyodide that the page runs.
    fn version<'l>(&'l self, lock: &'l Lock) -> &'l str {
        self.needs.version.as_deref().unwrap_or(&lock.pyodide)
    }

    fn asks(&self) -> impl Iterator<Item = Ask<'_>> {
        self.needs.needs.iter().map(|need| self.ask(need))
    }

    fn ask<'n>(&'n self, need: &'n Need) -> Ask<'n> {
        Ask {
            page: self.page,
            need,
        }
    }
}

/// One thing that a block asks for.
#[derive(Clone, Copy)]
struct Ask<'p> {
    page: &'p PageCode,
    need: &'p Need,
}

impl Ask<'_> {
    fn place(&self) -> String {
        format!("{}:{}", self.page.name(), self.need.line(self.page))
    }
}

fn asked_by(pages: &[PageCode]) -> Vec<Asked<'_>> {
    let asked = pages.iter().filter(|page| !page.all_blocks().is_empty());
    asked
        .map(|page| Asked {
            page,
            needs: PageNeeds::of(page),
        })
        .collect()
}

/// A path of a lock, from the folder of the copies on; `None` where it is another's.
fn below_folder(path: &str) -> Option<&str> {
    path.strip_prefix(FOLDER)?.strip_prefix('/')
}

/// A file that the site has, at a path below its copies.
fn own_file(name: &str, url: Option<&str>, path: &str, bytes: &[u8]) -> LockedFile {
    LockedFile {
        name: name.to_owned(),
        url: url.map(str::to_owned),
        path: Some(format!("{FOLDER}/{path}")),
        size: Some(bytes.len() as u64),
        sha256: sources::sha256(bytes),
        source_sha256: None,
    }
}
