//! A folder of finished HTML, whoever made it: the blocks of its pages, the runtime that they load,
//! and how they come to load another one. Only the addresses and the digests in the loader's tags
//! change; the runtime of before stays where it is, for readers who still have a page that loads it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::{Captures, Regex};
use walkdir::WalkDir;

use super::addresses::{above, base_of, joined, on_disk, value_of};
use super::finished_page::Page;
use super::store::Store;
use crate::error::{Error, ErrorKind, Errors, Result};
use crate::lock::Lock;
use crate::page::code::PageCode;
use crate::runtime_files::Assets;

/// A folder of finished HTML with blocks, whoever made it, for [`Vendor::of_finished`](super::Vendor::of_finished).
///
/// ```no_run
/// use pyfence::vendor::{FinishedFolder, Sources, Vendor};
///
/// # fn main() -> Result<(), pyfence::Errors> {
/// let book = FinishedFolder::read("book".as_ref())?;
/// let pages = book.code();
/// let vendor = Vendor::of_finished("book".as_ref(), book, Sources::default());
/// let vendored = vendor.run(&pages, &|file| eprintln!("{file}"))?;
/// assert!(vendored.left.is_empty(), "no outside request is left");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FinishedFolder {
    folder: PathBuf,
    /// The folder in which the runtime's `pyfence/HASH` is.
    published: PathBuf,
    /// The runtimes that pages load now, by the folders that their tags lead to.
    runtimes: BTreeMap<PathBuf, Runtime>,
    pages: Vec<Page>,
    /// Pages that have blocks and load no runtime, with the line of the first.
    unloaded: Vec<String>,
}

#[derive(Debug, Clone)]
struct Runtime {
    folder: PathBuf,
    /// How it goes from the folder that tags take for the one that is published to the one that is: up, where
    /// they lead to an entrance, as in nested chapters of mdBook.
    way: String,
}

impl FinishedFolder {
    /// The pages of a folder that have blocks and load the runtime from it.
    ///
    /// # Errors
    ///
    /// When there are none, when a page loads the runtime from somewhere else, or when a file can't
    /// be read.
    pub fn read(folder: &Path) -> Result<Self, Errors> {
        let mut found = Errors::new();
        let mut pages = Vec::new();
        let mut unloaded = Vec::new();
        let mut runtimes = BTreeMap::new();
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.map_err(|error| unwalkable(error, folder))?;
            let Some(mut page) = Page::read(entry.path())? else {
                continue;
            };
            let Some((address, line)) = page.read.loaders.first() else {
                unloaded.push(format!(
                    "{}:{}",
                    page.file.display(),
                    page.read.first_line()
                ));
                continue;
            };
            match page.runtime(folder, address, *line) {
                Ok((entry, base)) => {
                    let runtime = Runtime::entered(&entry, folder);
                    runtimes.insert(entry, runtime);
                    page.base = base;
                    pages.push(page);
                }
                Err(wrong) => found.push(wrong),
            }
        }
        found.into_result()?;
        let published: BTreeSet<&Path> = runtimes
            .values()
            .filter_map(|runtime| above(&runtime.folder))
            .collect();
        let published: Vec<&Path> = published.into_iter().collect();
        let in_folder = |message: &str| {
            Error::new(ErrorKind::Usage, message).in_file(folder.display().to_string())
        };
        match published.as_slice() {
            [] => Err(in_folder("no page of this folder has a block")
                .help("name a folder of finished HTML, or a site's folder with `--root`")
                .into()),
            [published] => Ok(Self {
                folder: folder.to_owned(),
                published: (*published).to_owned(),
                runtimes,
                pages,
                unloaded,
            }),
            several => {
                let several = several
                    .iter()
                    .map(|folder| format!("`{}`", folder.display()));
                let several: Vec<String> = several.collect();
                let message = "these pages are those of several sites, which load pyfence from different folders";
                Err(in_folder(message)
                    .help(format!("vendor each by itself: {}", several.join(", ")))
                    .into())
            }
        }
    }

    /// The blocks of its pages, as a browser reads them.
    pub fn code(&self) -> Vec<PageCode> {
        let pages = self.pages.iter();
        let code = pages.map(|page| {
            let name = page.file.display().to_string();
            page.read.code(&name, page.text.as_str(), &page.base)
        });
        code.collect()
    }

    /// The folder whose files are published beside the runtime.
    pub(super) fn published(&self) -> &Path {
        &self.published
    }

    /// In what the pages don't load the runtime of this lock; nothing where all do.
    pub(super) fn disagreements(&self, lock: &Lock) -> Result<Errors> {
        let assets = self.assets(lock)?;
        let mut found = Errors::new();
        let mut add = |file: &Path, message: &str| {
            let error = Error::new(ErrorKind::Unlocked, message);
            let error = error.in_file(file.display().to_string());
            found.push(error.help("`pyfence vendor` brings the lock and the pages together"));
        };
        for (page, _) in self.changed(&assets) {
            add(&page.file, "this page loads what the lock doesn't name");
        }
        for file in assets.files() {
            let path = self.published.join(file.path());
            if !fs::read(&path).is_ok_and(|bytes| bytes == file.contents()) {
                add(
                    &path,
                    "this file of the runtime isn't there, or isn't what it was",
                );
            }
        }
        Ok(found)
    }

    /// Has the pages load the runtime of this lock; tells whether any did not.
    pub(super) fn load(&self, lock: &Lock, store: &Store) -> Result<bool> {
        let assets = self.assets(lock)?;
        assets.write_to(&self.published)?;
        let mut is_changed = false;
        for (page, text) in self.changed(&assets) {
            store.replace(&page.file, &page.text.encoded(text))?;
            is_changed = true;
        }
        Ok(is_changed)
    }

    /// What isn't as it should be in pages and can't be mended here.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let unloaded = self.unloaded.iter();
        unloaded.map(|place| format!("{place} has blocks and no tag that loads pyfence"))
    }

    /// Copies of pages that somebody has compressed: those of the pages as they were.
    pub(super) fn old_copies(&self) -> impl Iterator<Item = String> {
        let pages = self.pages.iter();
        let copies = pages.flat_map(|page| {
            let name = page.file.file_name().unwrap_or_default().to_string_lossy();
            ["br", "gz", "zst"].map(|end| page.file.with_file_name(format!("{name}.{end}")))
        });
        let copies = copies.filter(|copy| copy.is_file());
        copies.map(|copy| format!("{} is a copy of the page as it was", copy.display()))
    }

    fn assets(&self, lock: &Lock) -> Result<Assets> {
        let is_offline = self.runtimes.values().any(|runtime| {
            let manifest = fs::read(runtime.folder.join("third-party/pyodide.json")).ok();
            let manifest = manifest.and_then(|text| serde_json::from_slice(&text).ok());
            manifest.is_some_and(|manifest: serde_json::Value| manifest["offline"] == true)
        });
        Assets::of_site(Some(lock), is_offline.then_some(true))
    }

    /// The pages that load another runtime than this, and their text when they do.
    fn changed(&self, assets: &Assets) -> Vec<(&Page, String)> {
        let pages = self.pages.iter().filter_map(|page| {
            let text = page.text.as_str();
            let changed = TAG.replace_all(text, |tag: &Captures<'_>| {
                let tag = &tag[0];
                self.tag(tag, page, assets)
                    .unwrap_or_else(|| tag.to_owned())
            });
            match changed {
                Cow::Owned(changed) if changed != text => Some((page, changed)),
                _ => None,
            }
        });
        pages.collect()
    }

    /// The tag with the address and the digest of the same file in this runtime; `None` if it
    /// isn't one that loads a file of a runtime.
    fn tag(&self, tag: &str, page: &Page, assets: &Assets) -> Option<String> {
        let attributes = ATTRIBUTE.captures_iter(tag);
        let (address, path) = attributes
            .filter(|found| kind_of(found) == Some(Loading::Address))
            .find_map(|found| {
                let address = value_of(&found[2]);
                let path = on_disk(&self.folder, &page.file, &address)?;
                Some((address, path))
            })?;
        let mut runtimes = self.runtimes.iter();
        let (below, runtime) = runtimes.find_map(|(entry, runtime)| {
            let below = path.strip_prefix(entry).ok()?;
            Some((below, runtime))
        })?;
        let below = below.to_string_lossy().replace('\\', "/");
        let file = assets.files().find(|file| file.name() == below)?;
        let base = base_of(&address, below.split('/').count() + 2)?;
        let changed = ATTRIBUTE.replace_all(tag, |found: &Captures<'_>| {
            let value = match kind_of(found) {
                Some(Loading::Address) => format!("{base}{}{}", runtime.way, file.path()),
                Some(Loading::Integrity) => file.integrity().to_owned(),
                None => return found[0].to_owned(),
            };
            match value == value_of(&found[2]) {
                true => found[0].to_owned(),
                false => format!(
                    "{}=\"{}\"",
                    &found[1],
                    value.replace('&', "&amp;").replace('"', "&quot;")
                ),
            }
        });
        Some(changed.into_owned())
    }
}

impl Runtime {
    /// That to which a folder is an entrance, or which is there itself.
    fn entered(entry: &Path, folder: &Path) -> Self {
        let led = fs::read_to_string(entry.join("pyfence.js")).ok();
        let led = led.and_then(|script| {
            let (path, end) = script.strip_prefix("import \"")?.split_once('"')?;
            let script = (end.trim() == ";").then(|| joined(entry, path))?;
            let runtime = script.parent()?.to_owned();
            let way = above(entry)?.strip_prefix(above(&runtime)?).ok()?;
            let way = "../".repeat(way.components().count());
            let is_inside = script.starts_with(folder) && script.is_file();
            is_inside.then_some(Self {
                folder: runtime,
                way,
            })
        });
        led.unwrap_or_else(|| Self {
            folder: entry.to_owned(),
            way: String::new(),
        })
    }
}

fn unwalkable(error: walkdir::Error, folder: &Path) -> Error {
    let path = error.path().unwrap_or(folder).to_owned();
    let cause = error.into_io_error();
    Error::unreadable(path, cause.unwrap_or_else(|| io::ErrorKind::Other.into()))
}

/// A tag that can load a file.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)<(?:link|script)\s(?:"[^"]*"|'[^']*'|[^'">])*>"#).expect("it is one")
});

/// Any that has a value: others are read as well, so that nothing in their names or values is taken for one.
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#).expect("it is one")
});

/// What an attribute says of a file that is loaded.
#[derive(PartialEq)]
enum Loading {
    Address,
    Integrity,
}

fn kind_of(attribute: &Captures<'_>) -> Option<Loading> {
    match attribute[1].to_ascii_lowercase().as_str() {
        "href" | "src" => Some(Loading::Address),
        "integrity" => Some(Loading::Integrity),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
lock-version = "1.0"
created-by = "pyfence"
pyodide = "314.0.7"

[[releases]]
version = "314.0.7"
python = "3.14"
platform = "pyemscripten_2026_0_wasm32"
files = []
"#;

    #[test]
    fn of_a_tag_only_what_loads_the_runtime_changes() {
        let root = tempfile::tempdir().expect("there is room");
        let shipped = Assets::shipped();
        shipped.write_to(root.path()).expect("there is room");
        let address = format!("{}/pyfence.js", shipped.folder());
        let page = |address: &str| {
            format!(
                "<script data-src=\"a.js\" title=' src=b.js ' async SRC=\"{address}\" TYPE=module></script>\n\
                 <pyodide-block><pre><code>1</code></pre></pyodide-block>\n"
            )
        };
        fs::write(root.path().join("index.html"), page(&address)).expect("there is room");
        let folder = FinishedFolder::read(root.path()).expect("it has a block");
        let lock = Lock::read("pyfence.lock", LOCK).expect("it is a lock");
        let assets = Assets::of_site(Some(&lock), Some(true)).expect("it has a lock");
        assert_ne!(assets.folder(), shipped.folder());
        let changed = folder.changed(&assets);
        let texts: Vec<&str> = changed.iter().map(|(_, text)| text.as_str()).collect();
        let expected = page(&format!("{}/pyfence.js", assets.folder()));
        assert_eq!(texts, [expected]);
    }

    #[test]
    fn a_folder_that_can_t_be_read_is_no_folder_without_blocks() {
        let root = tempfile::tempdir().expect("there is room");
        let errors = FinishedFolder::read(&root.path().join("nowhere"));
        assert_eq!(errors.expect_err("it isn't there")[0].kind(), ErrorKind::Io);
    }
}
