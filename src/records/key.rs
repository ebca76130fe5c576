//! What the output of a block depends on, as one short text.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use crate::block::Block;
use crate::block::options::BlockOptions;
use crate::hex::hex;
use crate::lock::{Lock, LockedPackage};

/// Which way the runtime shows what Python says. It goes up when a runtime shows the output of the
/// same run in another way, so that all records are stale. A hash of the runtime, or the crate's
/// version, would take the outputs off the pages of every site with each change of a style.
const RUNTIME_OUTPUTS: &str = "1";

/// The keys of the blocks of a page whose options are settled, but for the addresses of files.
///
/// Each says what its block's output depends on: the code of the session up to it, what that
/// installs and fetches, what the block is given, Pyodide, the locked wheels that the session
/// names, and the runtime. What files hold isn't in it: see
/// [`PageRecords::fresh`](super::PageRecords::fresh).
pub(crate) fn record_keys(
    blocks: &[Block],
    site_version: &str,
    lock: Option<&Lock>,
) -> Vec<String> {
    let version = blocks
        .first()
        .and_then(|block| block.options.version.as_ref());
    let version = version.map_or(site_version, |version| version.as_str());
    let locked = lock.map(|lock| LockedPackages::of(lock, version));
    let mut sessions: HashMap<&str, Session<'_>> = HashMap::new();
    // Set-up code runs before the first block of its session, wherever it stands.
    let is_hidden = |block: &&Block| block.options.hidden == Some(true);
    for block in blocks.iter().filter(is_hidden) {
        let session = sessions.entry(session(block)).or_default();
        session.add(block, locked.as_ref());
    }
    let mut keys = Vec::with_capacity(blocks.len());
    for block in blocks {
        let so_far = sessions.entry(session(block)).or_default();
        if !is_hidden(&block) && !block.is_part() {
            so_far.add(block, locked.as_ref());
        }
        keys.push(so_far.key(&block.options, version));
    }
    keys
}

fn session(block: &Block) -> &str {
    let session = block.options.session.as_deref();
    session.unwrap_or(BlockOptions::DEFAULT_SESSION)
}

/// What a lock has for one release of Pyodide.
struct LockedPackages<'l> {
    requirements: Option<&'l BTreeMap<String, String>>,
    packages: BTreeMap<&'l str, &'l LockedPackage>,
}

impl<'l> LockedPackages<'l> {
    fn of(lock: &'l Lock, version: &'l str) -> Self {
        let release = lock.release(version);
        let packages = lock.packages_of(version);
        Self {
            requirements: release.map(|release| &release.requirements),
            packages: packages
                .map(|package| (package.name.as_str(), package))
                .collect(),
        }
    }
}

/// What has run in a session when a block of it runs.
#[derive(Default)]
struct Session<'l> {
    hasher: Sha256,
    /// The digests of the locked wheels of packages that the session asks for or names, and of all
    /// that these need, by the packages' names.
    wheels: BTreeMap<&'l str, &'l str>,
}

impl<'l> Session<'l> {
    fn add(&mut self, block: &Block, locked: Option<&LockedPackages<'l>>) {
        let options = &block.options;
        let hasher = &mut self.hasher;
        add(hasher, &block.code);
        add(hasher, options.file.as_deref().unwrap_or_default());
        add_list(hasher, options.install.as_deref());
        add_list(hasher, options.files.as_deref());
        add(hasher, switch(options.autoload));
        if let Some(locked) = locked {
            self.add_wheels(block, locked);
        }
    }

    /// A name in a comment counts: that a record is kept whose package has changed would be worse.
    fn add_wheels(&mut self, block: &Block, locked: &LockedPackages<'l>) {
        let asked: Vec<&str> = block
            .options
            .install
            .iter()
            .flatten()
            .filter_map(|asked| Some(locked.requirements?.get(asked)?.as_str()))
            .collect();
        let is_named = |name: &String| has_word(&block.code, name);
        let packages = locked.packages.values();
        let mut left: Vec<_> = packages
            .filter(|package| !self.wheels.contains_key(package.name.as_str()))
            .filter(|package| {
                asked.contains(&package.name.as_str()) || package.imports.iter().any(is_named)
            })
            .collect();
        while let Some(package) = left.pop() {
            let wheel = package.wheel.sha256.as_str();
            if self.wheels.insert(package.name.as_str(), wheel).is_none() {
                let needed = package.dependencies.iter();
                left.extend(needed.filter_map(|name| locked.packages.get(name.as_str())));
            }
        }
    }

    fn key(&self, options: &BlockOptions, version: &str) -> String {
        let mut hasher = self.hasher.clone();
        add_list(&mut hasher, options.stdin.as_deref());
        let form = options.output.map(|form| form.to_string());
        add(&mut hasher, &form.unwrap_or_default());
        add(&mut hasher, version);
        for (name, wheel) in &self.wheels {
            add(&mut hasher, name);
            add(&mut hasher, wheel);
        }
        add(&mut hasher, RUNTIME_OUTPUTS);
        hex(&hasher.finalize()[..12])
    }
}

/// Whether a text has a word that isn't a part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

fn add_list(hasher: &mut Sha256, list: Option<&[String]>) {
    let list = list.unwrap_or_default();
    hasher.update(list.len().to_le_bytes());
    for entry in list {
        add(hasher, entry);
    }
}

/// With its length before it, no two lists of texts give the same bytes.
fn add(hasher: &mut Sha256, text: &str) {
    hasher.update(text.len().to_le_bytes());
    hasher.update(text);
}

fn switch(stated: Option<bool>) -> &'static str {
    match stated {
        Some(false) => "no",
        _ => "",
    }
}
