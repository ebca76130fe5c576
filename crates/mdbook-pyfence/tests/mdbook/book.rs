//! A copy of a book, and what mdBook makes of it.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// An `mdbook` command.
#[derive(Clone)]
pub struct Mdbook(PathBuf);

impl Mdbook {
    /// The one that `MDBOOK` names or `make mdbook` installed.
    pub fn find() -> Option<Self> {
        let ours = Path::new("../../target/tools/bin/mdbook");
        let named = env::var_os("MDBOOK").map(PathBuf::from);
        let found = named.or(ours.is_file().then(|| ours.to_owned()))?;
        Some(Self(fs::canonicalize(found).expect("MDBOOK names a file")))
    }
}

/// A book in a folder of its own.
pub struct Book {
    folder: TempDir,
    mdbook: PathBuf,
}

/// What a build said.
pub struct Built {
    pub succeeds: bool,
    pub messages: String,
}

impl Book {
    /// A copy of a book in `tests/books`.
    pub fn copied(name: &str, mdbook: &Mdbook) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        copy(&Path::new("tests/books").join(name), folder.path());
        Self {
            folder,
            mdbook: mdbook.0.clone(),
        }
    }

    /// Builds the book, as its author does.
    pub fn build(&self) -> Built {
        let output = Command::new(&self.mdbook)
            .arg("build")
            .arg(self.folder.path())
            .env(
                "MDBOOK_PREPROCESSOR__PYFENCE__COMMAND",
                env!("CARGO_BIN_EXE_mdbook-pyfence"),
            )
            .output()
            .expect("mdBook runs");
        Built {
            succeeds: output.status.success(),
            messages: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// A path below the book's own folder.
    pub fn source(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A path below the built book.
    pub fn output(&self, path: &str) -> PathBuf {
        self.folder.path().join("book").join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.source(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }

    pub fn page(&self, path: &str) -> String {
        fs::read_to_string(self.output(path)).expect("the page is built")
    }

    /// The text of the blocks' code in a page.
    pub fn codes(&self, page: &str) -> Vec<String> {
        let page = self.page(page);
        let blocks = page.split("<pyodide-block").skip(1);
        let codes = blocks.map(|block| {
            let start = block.find("<code").expect("a block has code");
            let end = block.find("</code>").expect("it ends");
            text_of(&block[start..end])
        });
        codes.collect()
    }

    /// The addresses of our files that a page loads, below the book.
    pub fn addresses_of_runtime(&self, page: &str) -> BTreeSet<String> {
        let text = self.page(page);
        let folder = Path::new(page).parent().expect("a page is in a folder");
        let addresses: BTreeSet<_> = text
            .split('"')
            .filter(|value| value.contains("/pyfence."))
            .map(|value| folder.join(value).to_string_lossy().into_owned())
            .collect();
        assert_eq!(addresses.len(), 2, "a stylesheet and a script in {page}");
        addresses
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("there is room");
    for entry in fs::read_dir(from).expect("the book is there") {
        let path = entry.expect("it can be read").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("there is room");
        }
    }
}

fn text_of(html: &str) -> String {
    let mut text = String::new();
    let pieces = html
        .split('<')
        .skip(1)
        .filter_map(|piece| piece.split_once('>'));
    pieces.for_each(|(_, piece)| text.push_str(piece));
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
