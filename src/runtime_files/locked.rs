//! The manifests of a site with a lock: they name the files of the lock, and where those are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::Assets;
use crate::lock::{Lock, LockedFile, LockedRelease};

pub(super) const PYODIDE: &str = "third-party/pyodide.json";
const OTHER_RELEASES: &str = "third-party/pyodide-releases.json";
const SCRIPTS: [&str; 3] = [
    "third-party/ace.json",
    "third-party/highlight.json",
    "third-party/marked.json",
];

/// What a manifest of the runtime says: see `runtime/third-party/manifests.js`.
#[derive(Serialize)]
struct ManifestOf<'l> {
    version: &'l str,
    base: String,
    bytes: u64,
    #[serde(serialize_with = "in_order")]
    files: Vec<(&'l str, String)>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    requirements: BTreeMap<&'l str, &'l str>,
    /// Parts of the standard library that come after a boot: what it doesn't need, and the sources.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "in_order")]
    later: Vec<(&'l str, String)>,
    /// Where releases are that aren't in the lock.
    #[serde(skip_serializing_if = "Option::is_none")]
    others: Option<&'l str>,
}

/// A release of Pyodide beside the one of pages that state none.
#[derive(Serialize)]
#[serde(untagged)]
enum Release<'l> {
    /// The integrities of its files.
    Known(&'l [String; 5]),
    Locked(ManifestOf<'l>),
}

#[derive(Deserialize)]
struct Shipped {
    npm: String,
    base: String,
}

/// The manifests that the lock changes, by their names.
pub(super) fn manifests(lock: &Lock, assets: &Assets) -> BTreeMap<&'static str, Vec<u8>> {
    let mut changed = BTreeMap::new();
    let read = |name| assets.file(name).read::<Shipped>();
    if let Some(release) = lock.release(&lock.pyodide)
        && let Some(mut manifest) = of_release(release)
    {
        let shipped = read(PYODIDE);
        manifest.others = Some(&shipped.base);
        changed.insert(PYODIDE, json(&manifest));
    }
    let known: BTreeMap<String, [String; 5]> = assets.file(OTHER_RELEASES).read();
    let known = known.iter();
    let mut others: BTreeMap<&str, Release<'_>> = known
        .map(|(version, integrities)| (version.as_str(), Release::Known(integrities)))
        .collect();
    for release in &lock.releases {
        if let Some(manifest) = of_release(release) {
            others.insert(&release.version, Release::Locked(manifest));
        }
    }
    changed.insert(OTHER_RELEASES, json(&others));
    for name in SCRIPTS {
        let npm = read(name).npm;
        let scripts = lock.scripts.iter().find(|scripts| scripts.name == npm);
        let manifest = scripts.and_then(|scripts| {
            let files: Vec<&LockedFile> = scripts.files.iter().collect();
            of_files(&scripts.version, &files)
        });
        if let Some(manifest) = manifest {
            changed.insert(name, json(&manifest));
        }
    }
    changed
}

fn of_release(release: &LockedRelease) -> Option<ManifestOf<'_>> {
    let mut files: Vec<&LockedFile> = release.files.iter().collect();
    let mut later = Vec::new();
    if let [boot, rest] = release.precompiled.as_slice()
        && let Some(library) = files
            .iter_mut()
            .find(|file| Some(&file.sha256) == boot.source_sha256.as_ref())
    {
        later = vec![rest, *library];
        *library = boot;
    }
    let requirements = release.requirements.iter();
    let requirements = requirements.map(|(asked, package)| (asked.as_str(), package.as_str()));
    Some(ManifestOf {
        requirements: requirements.collect(),
        later: integrities(&later),
        ..of_files(&release.version, &files)?
    })
}

/// `None` where there are no files, or where they aren't in one folder.
fn of_files<'l>(version: &'l str, files: &[&'l LockedFile]) -> Option<ManifestOf<'l>> {
    let base_of = |file: &LockedFile| {
        let address = file.address()?;
        Some(address.strip_suffix(&file.name)?.to_owned())
    };
    let base = base_of(files.first()?)?;
    let is_in_one_folder = files
        .iter()
        .all(|file| base_of(file).as_ref() == Some(&base));
    is_in_one_folder.then(|| ManifestOf {
        version,
        base,
        bytes: files.iter().filter_map(|file| file.size).sum(),
        files: integrities(files),
        requirements: BTreeMap::new(),
        later: Vec::new(),
        others: None,
    })
}

fn integrities<'l>(files: &[&'l LockedFile]) -> Vec<(&'l str, String)> {
    let files = files.iter();
    files
        .map(|file| (file.name.as_str(), file.integrity()))
        .collect()
}

/// As an object of JSON, whose order the runtime relies on.
fn in_order<S: Serializer>(files: &[(&str, String)], writer: S) -> Result<S::Ok, S::Error> {
    writer.collect_map(files.iter().map(|(name, integrity)| (name, integrity)))
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("what is written here has texts as keys")
}
