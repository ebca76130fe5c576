//! A real Zola, sites to build with it, and what is in their pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A `zola` command.
#[derive(Clone)]
pub struct Zola {
    pub path: PathBuf,
    /// Major and minor version.
    pub version: (u32, u32),
}

impl Zola {
    /// The one that `PYFENCE_ZOLA` names or `make zola` made.
    pub fn find() -> Option<Self> {
        let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/zola");
        let path = match std::env::var_os("PYFENCE_ZOLA").filter(|named| !named.is_empty()) {
            Some(named) => PathBuf::from(named),
            None if made.exists() => made,
            None => return None,
        };
        let output = Command::new(&path)
            .arg("--version")
            .output()
            .expect("PYFENCE_ZOLA runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let numbers = text.trim().trim_start_matches("zola ");
        let mut parts = numbers
            .split('.')
            .map(|part| part.parse().expect("a version"));
        let version = (parts.next().expect("major"), parts.next().expect("minor"));
        Some(Self { path, version })
    }

    pub fn has_shortcodes(&self) -> bool {
        self.version < (0, 23)
    }

    /// Builds a site into its folder `public`.
    pub fn build(&self, root: &Path) {
        let output = self.run(root, &["build", "--force"]);
        assert!(output.status.success(), "{}", text_of(&output));
    }

    pub fn run(&self, root: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new(&self.path);
        command.arg("--root").arg(root).args(arguments);
        command.output().expect("zola runs")
    }
}

/// Our own command, with this file as its Zola.
pub fn pyfence(zola: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    command
        .env("PYFENCE_ZOLA", zola)
        .args(arguments)
        .output()
        .expect("pyfence runs")
}

/// All that a command said.
pub fn text_of(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    format!("{out}{err}")
}

/// A copy of a folder of `tests/zola`, to be changed.
pub fn copy_of(fixture: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/zola")
        .join(fixture);
    copy_folder(&source, copy.path());
    copy
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("it can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

/// A block of a page: its attributes, its code, and what it is recorded to show, as a browser reads them.
#[derive(Debug, PartialEq)]
pub struct FoundBlock {
    pub attributes: String,
    pub code: String,
    pub recorded: String,
}

/// The blocks of a page in their order.
pub fn blocks_of(html: &str) -> Vec<FoundBlock> {
    let parts = html.split("<pyodide-block").skip(1);
    parts
        .map(|part| {
            let part = part.split("</pyodide-block>").next().expect("a first part");
            let (tag, inside) = part.split_once("<pre").expect("a block has its <pre>");
            let attributes = tag.trim_end().strip_suffix('>').expect("a tag ends");
            let (code, recorded) = inside.split_once("</pre>").expect("a <pre> ends");
            FoundBlock {
                attributes: unescape(attributes.trim()),
                code: text_content(&format!("<pre{code}")),
                // For Zola, lines begin with `<pre`.
                recorded: text_content(&recorded.replace(">\n<pre", "><pre")),
            }
        })
        .collect()
}

/// The text of HTML.
pub fn text_content(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let end = rest[start..].find('>').expect("a tag ends");
        rest = &rest[start + end + 1..];
    }
    text.push_str(rest);
    unescape(&text)
}

/// HTML's references as the characters that they stand for.
pub fn unescape(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&#10;", "\n"),
        ("&#123;", "{"),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(text.to_owned(), |text, (entity, plain)| {
            text.replace(entity, plain)
        })
}

/// Text with each stretch from `start` to `end` replaced.
pub fn replace_all(text: &str, start: &str, end: &str, word: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(start) {
        let Some(length) = rest[at..].find(end) else {
            break;
        };
        replaced.push_str(&rest[..at]);
        replaced.push_str(word);
        rest = &rest[at + length + end.len()..];
    }
    replaced + rest
}
