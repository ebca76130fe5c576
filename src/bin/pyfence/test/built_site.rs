//! The site as readers get it: built into a folder, or one that is finished.

use std::path::{Path, PathBuf};
use std::process::Command;

use pyfence::site::{Mode, Preserve, Site};
use pyfence::{Error, ErrorKind, Errors, PageCode, RecordFolder};
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::Failure;
use crate::check::markdown_files;
use crate::site::SiteArguments;
use crate::zola::Staged;

/// A folder of finished HTML, and what it was made from.
pub(super) struct Built {
    pub folder: PathBuf,
    pub code: Vec<PageCode>,
    /// Where its sources have their records.
    pub records: Option<RecordFolder>,
    /// Gone with this.
    _temporary: Option<TempDir>,
}

impl Built {
    /// Builds the site or the book for the address at which it is tested.
    pub(super) fn of_site(site: &SiteArguments, address: &str) -> Result<Self, Failure> {
        let temporary = tempfile::Builder::new().prefix("pyfence-site-").tempdir();
        let temporary = temporary.map_err(|error| {
            Error::new(ErrorKind::Io, "no temporary folder can be made").caused_by(error)
        })?;
        let folder = temporary.path().join("site");
        let root = site.place.root();
        if root.join("book.toml").is_file() {
            build_book(&root, &folder)?;
            let (code, records) = code_of_book(&root)?;
            return Ok(Self {
                folder,
                code,
                records: Some(records),
                _temporary: Some(temporary),
            });
        }
        let code = match site.place.engine().zola()? {
            Some(zola) => {
                let mut options = site.stage_options();
                options.base_url = Some(address.to_owned());
                options.output_dir = Some(folder.clone());
                options.sources = true;
                let staged = Staged::new(zola, site, Vec::new(), &options)?;
                staged.build(&options, true)?;
                staged.code()?
            }
            None => {
                let mut options = site.options(Mode::Build);
                options.base_url = Some(address.to_owned());
                options.output_dir = Some(folder.clone());
                options.sources = true;
                let site = Site::load(&root, &options)?;
                site.build()?.write_to(&folder, Preserve::Nothing)?;
                site.code()
            }
        };
        Ok(Self {
            folder,
            code,
            records: Some(RecordFolder::new(root, "content")),
            _temporary: Some(temporary),
        })
    }

    /// A folder of finished HTML, whoever made it; of the site in the folder that `--root` names.
    pub(super) fn finished(folder: &Path, site: &SiteArguments) -> Result<Self, Failure> {
        let (code, records) = match site.place.names_root() {
            true => {
                let (code, records) = code_of(site)?;
                (code, Some(records))
            }
            false => (Vec::new(), None),
        };
        Ok(Self {
            folder: folder.to_owned(),
            code,
            records,
            _temporary: None,
        })
    }

    /// The pages that have blocks, sorted by path.
    pub(super) fn pages(&self) -> Vec<BuiltPage> {
        let files = WalkDir::new(&self.folder)
            .sort_by_file_name()
            .into_iter()
            .flatten();
        let pages = files.filter_map(|file| {
            let path = file.path();
            let is_page = path
                .extension()
                .is_some_and(|end| end == "html" || end == "htm");
            let text = is_page.then(|| std::fs::read(path).ok()).flatten()?;
            let text = String::from_utf8_lossy(&text);
            let marks = ["<pyodide-block", "data-pyodide", "language-pyodide"];
            let has_block = marks.iter().any(|mark| text.contains(mark));
            let name = path.strip_prefix(&self.folder).ok()?;
            has_block.then(|| BuiltPage {
                path: name.to_string_lossy().replace('\\', "/"),
                sources: sources_in(&text),
            })
        });
        pages.collect()
    }
}

/// A page of finished HTML.
pub(super) struct BuiltPage {
    /// Its path in the folder.
    pub path: String,
    /// Where its blocks say that they were written, if all of them do.
    pub sources: Option<Vec<String>>,
}

fn sources_in(html: &str) -> Option<Vec<String>> {
    // What becomes a block in the browser says nothing.
    if html.contains("data-pyodide") || html.contains("language-pyodide") {
        return None;
    }
    let blocks = html.split("<pyodide-block").skip(1);
    let sources = blocks.map(|block| {
        let tag = block.split('>').next()?;
        let (_, value) = tag.split_once("data-source=\"")?;
        let (source, _) = value.split_once('"')?;
        let source = source.replace("&quot;", "\"").replace("&#x2F;", "/");
        Some(source.replace("&#x27;", "'").replace("&amp;", "&"))
    });
    sources.collect()
}

/// The blocks that a site's or a book's sources have, and where their records are.
pub(super) fn code_of(site: &SiteArguments) -> Result<(Vec<PageCode>, RecordFolder), Failure> {
    let root = site.place.root();
    if root.join("book.toml").is_file() {
        return code_of_book(&root);
    }
    let code = match site.place.engine().zola()? {
        Some(zola) => Staged::new(zola, site, Vec::new(), &site.stage_options())?.code()?,
        None => Site::load(&root, &site.options(Mode::Build))?.code(),
    };
    Ok((code, RecordFolder::new(root, "content")))
}

fn code_of_book(root: &Path) -> Result<(Vec<PageCode>, RecordFolder), Failure> {
    let mut code = Vec::new();
    // The build of the book has told what is wrong with it.
    let lock = markdown_files::lock_of_book(root)?;
    let records = markdown_files::book(root, lock, &mut code, &mut Errors::new())?;
    Ok((code, records))
}

/// Has mdBook build a book, by its own settings.
fn build_book(root: &Path, folder: &Path) -> Result<(), Failure> {
    let missing = |cause| {
        Error::new(ErrorKind::Engine, "no mdBook is found to build this book")
            .in_file(root.display().to_string())
            .caused_by(cause)
            .help("install it, or name the folder of the book as it was built")
    };
    let mut mdbook = Command::new("mdbook");
    mdbook.arg("build").arg(root).arg("--dest-dir").arg(folder);
    if markdown_files::has_preprocessor(root)? {
        mdbook.env("MDBOOK_PREPROCESSOR__PYFENCE__SOURCES", "true");
    }
    let status = mdbook.status().map_err(missing)?;
    match status.success() {
        true => Ok(()),
        false => Err(
            Error::new(ErrorKind::Engine, "mdBook doesn't build this book")
                .in_file(root.display().to_string())
                .into(),
        ),
    }
}
