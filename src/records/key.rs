//! What the output of a block depends on, as one short text.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use crate::block::Block;
use crate::block::options::BlockOptions;
use crate::lock::Lock;

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
    let mut sessions: HashMap<&str, Session<'_>> = HashMap::new();
    // Set-up code runs before the first block of its session, wherever it stands.
    let is_hidden = |block: &&Block| block.options.hidden == Some(true);
    for block in blocks.iter().filter(is_hidden) {
        sessions.entry(session(block)).or_default().add(block);
    }
    let mut keys = Vec::with_capacity(blocks.len());
    for block in blocks {
        let so_far = sessions.entry(session(block)).or_default();
        if !is_hidden(&block) && !block.is_part() {
            so_far.add(block);
        }
        let wheels = lock.map(|lock| so_far.wheels(lock, version));
        keys.push(so_far.key(&block.options, version, &wheels.unwrap_or_default()));
    }
    keys
}

fn session(block: &Block) -> &str {
    let session = block.options.session.as_deref();
    session.unwrap_or(BlockOptions::DEFAULT_SESSION)
}

/// What has run in a session when a block of it runs.
#[derive(Default)]
struct Session<'b> {
    hasher: Sha256,
    blocks: Vec<&'b Block>,
}

impl<'b> Session<'b> {
    fn add(&mut self, block: &'b Block) {
        let options = &block.options;
        let hasher = &mut self.hasher;
        add(hasher, &block.code);
        add(hasher, options.file.as_deref().unwrap_or_default());
        add_list(hasher, options.install.as_deref());
        add_list(hasher, options.files.as_deref());
        add(hasher, switch(options.autoload));
        self.blocks.push(block);
    }

    /// The digests of the locked wheels of packages that the session asks for or names, and of all
    /// that these need, by the packages' names. A name in a comment counts: that a record is kept
    /// whose package has changed would be worse.
    fn wheels<'l>(&self, lock: &'l Lock, version: &str) -> BTreeMap<&'l str, &'l str> {
        let requirements = lock.release(version).map(|release| &release.requirements);
        let asked: Vec<&str> = self
            .blocks
            .iter()
            .flat_map(|block| block.options.install.iter().flatten())
            .filter_map(|asked| Some(requirements?.get(asked)?.as_str()))
            .collect();
        let packages: BTreeMap<&str, _> = lock
            .packages
            .iter()
            .filter(|package| package.pyodide == version)
            .map(|package| (package.name.as_str(), package))
            .collect();
        let is_named = |name: &String| self.blocks.iter().any(|block| has_word(&block.code, name));
        let mut left: Vec<_> = packages
            .values()
            .filter(|package| {
                asked.contains(&package.name.as_str()) || package.imports.iter().any(is_named)
            })
            .collect();
        let mut wheels = BTreeMap::new();
        while let Some(package) = left.pop() {
            let wheel = package.wheel.sha256.as_str();
            if wheels.insert(package.name.as_str(), wheel).is_none() {
                let needed = package.dependencies.iter();
                left.extend(needed.filter_map(|name| packages.get(name.as_str())));
            }
        }
        wheels
    }

    fn key(&self, options: &BlockOptions, version: &str, wheels: &BTreeMap<&str, &str>) -> String {
        let mut hasher = self.hasher.clone();
        add_list(&mut hasher, options.stdin.as_deref());
        let form = options.output.map(|form| form.to_string());
        add(&mut hasher, &form.unwrap_or_default());
        add(&mut hasher, version);
        for (name, wheel) in wheels {
            add(&mut hasher, name);
            add(&mut hasher, wheel);
        }
        add(&mut hasher, RUNTIME_OUTPUTS);
        let digest = hasher.finalize();
        digest[..12]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
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
