//! The folder of a site that has its recorded outputs, and what they depend on: the files that the
//! site publishes. Reading and writing them is this module's I/O.

use std::collections::BTreeMap;
#[cfg(feature = "check")]
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};
use crate::hex::hex;
use crate::page::code::PageCode;

use super::PageRecords;

/// The folder's name in a site.
const FOLDER: &str = "records";

/// Where a site publishes the pictures, below its root.
pub(super) const PUBLISHED: &str = "pyfence/records";

/// The recorded outputs of a site: a file for each page, `records/loops.toml` for
/// `content/loops.md`, and a folder beside it with the page's pictures.
///
/// ```
/// use pyfence::{PageRecords, Record, RecordFolder, RecordedOutput};
///
/// let site = tempfile::tempdir()?;
/// let records = RecordFolder::new(site.path(), "content");
/// assert!(records.read("content/loops.md")?.is_none());
///
/// let shown = vec![RecordedOutput::text("stdout", "1\n")];
/// let page = PageRecords::new(vec![Record::new("a key", "print(1)", shown)]);
/// records.write("content/loops.md", &page, &[])?;
/// assert!(site.path().join("records/loops.toml").is_file());
/// assert_eq!(records.read("content/loops.md")?, Some(page.with_pictures_in("pyfence/records/loops")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct RecordFolder {
    root: PathBuf,
    sources: PathBuf,
    published: Vec<PathBuf>,
}

/// A picture of a recorded output: its bytes, and the name of its file.
///
/// ```
/// let picture = pyfence::Picture::new(b"PNG".to_vec(), "png");
/// assert!(picture.name.ends_with(".png") && picture.bytes == b"PNG");
/// assert_eq!(picture, pyfence::Picture::new(b"PNG".to_vec(), "png"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// The name, made of what it shows.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// A picture that ends in `extension`, such as `png`.
    pub fn new(bytes: Vec<u8>, extension: &str) -> Self {
        Self {
            name: format!("{}.{extension}", digest(&bytes)),
            bytes,
        }
    }
}

impl RecordFolder {
    /// For the site in the folder `root`, whose pages are in `sources` below it: `content`, or a
    /// book's `src`.
    pub fn new(root: impl Into<PathBuf>, sources: impl Into<PathBuf>) -> Self {
        let (root, sources) = (root.into(), sources.into());
        let themes = fs::read_dir(root.join("themes")).into_iter().flatten();
        let themes = themes.flatten().map(|theme| theme.path().join("static"));
        let published = [root.join("static"), root.join(&sources)].into_iter();
        Self {
            published: published.chain(themes).collect(),
            root,
            sources,
        }
    }

    /// Whether a path from the site's folder on is one of recorded outputs.
    #[cfg(feature = "zola")]
    pub(crate) fn holds(path: &Path) -> bool {
        path.starts_with(FOLDER)
    }

    /// Whether a page has records, be they as they were or not.
    #[cfg(feature = "site")]
    pub(crate) fn has(&self, page: &str) -> bool {
        self.file_of(page).exists()
    }

    /// The records of a page whose files are as they were; `None` if it has no file of records.
    /// `page` is the page's file, as messages name it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) and [`ErrorKind::Content`](crate::ErrorKind::Content)
    /// with the file that can't be read.
    pub fn read(&self, page: &str) -> Result<Option<PageRecords>> {
        let file = self.file_of(page);
        let text = match fs::read_to_string(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|error| Error::unreadable(&file, error))?,
        };
        let records = PageRecords::parse(&file.display().to_string(), &text)?;
        let fresh = records.fresh(|file| self.digest(page, file));
        Ok(Some(fresh.with_pictures_in(self.pictures_of(page))))
    }

    /// Writes the records of a page and their pictures, and removes pictures that none of them
    /// shows; without records, what is there. Tells whether something has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) with the file that can't be written.
    pub fn write(&self, page: &str, records: &PageRecords, pictures: &[Picture]) -> Result<bool> {
        let file = self.file_of(page);
        let folder = file.with_extension("");
        let shown: Vec<&str> = records
            .blocks()
            .iter()
            .flat_map(|record| record.outputs())
            .filter_map(|output| output.picture.as_deref())
            .collect();
        let mut changed = false;
        for picture in pictures
            .iter()
            .filter(|picture| shown.contains(&picture.name.as_str()))
        {
            changed |= write_if_new(&folder.join(&picture.name), &picture.bytes)?;
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if is_picture(&path) && !shown.contains(&name.as_ref()) {
                changed |= remove(&path)?;
            }
        }
        if shown.is_empty() {
            // Folders of pages below this one stay.
            let _ = fs::remove_dir(&folder);
        }
        changed |= match records.blocks().is_empty() {
            true => remove(&file)?,
            false => write_if_new(&file, records.to_toml(&self.source_of(page)).as_bytes())?,
        };
        Ok(changed)
    }

    /// Removes the records of pages that `is_there` doesn't know by their file's path below the
    /// folder of pages, without its ending. Tells how many.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) with the file that can't be removed.
    pub fn remove_unless(&self, is_there: impl Fn(&Path) -> bool) -> Result<usize> {
        let mut removed = 0;
        for file in self.files_unless(is_there) {
            for picture in files_in(&file.with_extension(""))
                .iter()
                .filter(|file| is_picture(file))
            {
                remove(picture)?;
            }
            let _ = fs::remove_dir(file.with_extension(""));
            removed += usize::from(remove(&file)?);
        }
        Ok(removed)
    }

    /// The files of records whose page `is_there` doesn't know.
    fn files_unless(&self, is_there: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
        let folder = self.root.join(FOLDER);
        let mut files = files_in(&folder);
        files.retain(|file| {
            let below = file.strip_prefix(&folder).unwrap_or(file);
            file.extension().is_some_and(|end| end == "toml")
                && !is_there(&below.with_extension(""))
        });
        files
    }

    /// The files of records that no page has: neither one of these nor another file of Markdown, such
    /// as a draft.
    #[cfg(feature = "check")]
    pub(crate) fn without_page(&self, pages: &[PageCode]) -> Vec<PathBuf> {
        let pages = pages.iter();
        let there: BTreeSet<PathBuf> = pages
            .map(|page| self.path_below(page.name()).with_extension(""))
            .collect();
        let sources = self.root.join(&self.sources);
        self.files_unless(|page| {
            let file = format!("{}.md", page.display());
            there.contains(page) || sources.join(file).is_file()
        })
    }

    /// The pictures of all records, by the paths below the site's root where blocks look for them.
    pub fn pictures(&self) -> BTreeMap<String, PathBuf> {
        let folder = self.root.join(FOLDER);
        let pictures = files_in(&folder)
            .into_iter()
            .filter(|file| is_picture(file));
        let published = pictures.filter_map(|file| {
            let below = slashed(file.strip_prefix(&folder).ok()?);
            Some((format!("{PUBLISHED}/{below}"), file))
        });
        published.collect()
    }

    /// Where the pictures of a page's records are, below the site's root.
    pub fn pictures_of(&self, page: &str) -> String {
        let below = self.path_below(page).with_extension("");
        format!("{PUBLISHED}/{}", slashed(&below))
    }

    /// The digests of the files that a page's session has up to a block, by their addresses.
    pub fn digests(&self, page: &PageCode, index: usize) -> BTreeMap<String, String> {
        let files = page.session_files(index);
        let known = files.into_iter().map(|file| {
            let digest = self.digest(page.name(), &file).unwrap_or_default();
            (file, digest)
        });
        known.collect()
    }

    /// A file that the site publishes, by the address that a block of a page gives: relative to the
    /// page, or to the site's root with a leading `/`.
    pub fn published(&self, page: &str, address: &str) -> Option<PathBuf> {
        let path = address.split(['?', '#']).next().unwrap_or(address);
        let leads_out = path.contains("://") || path.starts_with("//") || path.contains("..");
        if leads_out {
            return None;
        }
        let is_file = |path: &PathBuf| path.is_file();
        if let Some(path) = path.strip_prefix('/') {
            return self
                .published
                .iter()
                .map(|folder| folder.join(path))
                .find(is_file);
        }
        let below = self.path_below(page);
        let beside = below.parent().unwrap_or(Path::new(""));
        let with_page = below.with_extension("");
        let folders = self.published.iter();
        let mut places = folders.flat_map(|folder| {
            [
                folder.join(beside).join(path),
                folder.join(&with_page).join(path),
            ]
        });
        places.find(is_file)
    }

    fn digest(&self, page: &str, address: &str) -> Option<String> {
        let file = self.published(page, address)?;
        fs::read(file).ok().map(|bytes| digest(&bytes))
    }

    /// The file of a page's records.
    fn file_of(&self, page: &str) -> PathBuf {
        let below = self.path_below(page).with_extension("toml");
        self.root.join(FOLDER).join(below)
    }

    /// The page's file below the folder of pages.
    pub fn path_below(&self, page: &str) -> PathBuf {
        let path = Path::new(page);
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let below = below.strip_prefix("./").unwrap_or(below);
        below
            .strip_prefix(&self.sources)
            .unwrap_or(below)
            .to_owned()
    }

    /// The page's file from the site's folder on: what is written names no place of this machine.
    pub fn source_of(&self, page: &str) -> String {
        slashed(&self.sources.join(self.path_below(page)))
    }
}

fn is_picture(file: &Path) -> bool {
    let extension = file.extension().unwrap_or_default();
    ["png", "jpeg", "gif", "svg"]
        .iter()
        .any(|end| extension == *end)
}

/// The files of a folder and of those in it.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    entries
        .flatten()
        .filter(|entry| !entry.file_type().is_dir())
        .map(DirEntry::into_path)
        .collect()
}

fn write_if_new(file: &Path, contents: &[u8]) -> Result<bool> {
    if fs::read(file).is_ok_and(|present| present == contents) {
        return Ok(false);
    }
    let made = file.parent().map_or(Ok(()), fs::create_dir_all);
    let written = made.and_then(|()| fs::write(file, contents));
    written.map_err(|error| Error::unwritable(file, error))?;
    Ok(true)
}

fn remove(file: &Path) -> Result<bool> {
    match fs::remove_file(file) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::unwritable(file, error)),
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
