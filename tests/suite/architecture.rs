//! Holds the invariants of ARCHITECTURE.md. What Rust may use is asked of its syntax (`code.rs`):
//! another spelling, a renamed import or a macro is no way around.

mod code;

use std::fs;
use std::path::{Path, PathBuf};

use code::{Named, names_in};

/// Text in, HTML out.
const CENTRE: &[&str] = &[
    "block", "builder", "error", "hex", "html", "page", "renderer", "settings", "syntax",
];

/// What the centre is given, and no host: the models of a lock and of records, the runtime's files.
const MODELS: &[&str] = &["lock", "records", "runtime_files"];

/// What all hosts may use.
const BELOW_HOSTS: &[&str] = &[
    "hosts::download",
    "hosts::package_index",
    "hosts::symbolic_links",
    "hosts::publish",
    "hosts::site_lock",
];

/// A part of `src/`, and what it may use of the others beside the centre and the models: the table
/// of ARCHITECTURE.md.
const ROOMS: &[(&str, &[&str])] = &[
    ("check", &[]),
    ("csp", &["check"]),
    ("zola_site", &[]),
    ("hosts::symbolic_links", &[]),
    ("hosts::download", &[]),
    ("hosts::package_index", &["check", "hosts::download"]),
    ("hosts::site_lock", &[]),
    ("hosts::publish", &["zola_site"]),
    ("hosts::embedded", &["zola_site"]),
    ("hosts::zola", &["zola_site"]),
    ("hosts::vendor", &["check"]),
];

/// Files of the centre and of models that read or write; each says so at its top.
const WITH_IO: [&str; 3] = [
    "src/html/shortcode_folder.rs",
    "src/records/folder.rs",
    "src/runtime_files/assets.rs",
];

/// What has a disk, a clock, a network, an environment.
const OUTSIDE_WORLD: [&str; 7] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
];

/// Methods of `Path` that ask the disk.
const ASKS_THE_DISK: [&str; 10] = [
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "is_symlink",
    "metadata",
    "read_dir",
    "read_link",
    "symlink_metadata",
    "try_exists",
];

/// Libraries that compute and do nothing else. Any other is a host's.
const PURE_LIBRARIES: [&str; 19] = [
    "ammonia",
    "annotate_snippets",
    "base64",
    "html5ever",
    "include_dir",
    "pep508_rs",
    "pulldown_cmark",
    "pulldown_cmark_escape",
    "regex",
    "ruff_python_ast",
    "ruff_python_parser",
    "ruff_text_size",
    "serde",
    "serde_json",
    "sha2",
    "strsim",
    "syntect",
    "tera",
    "toml",
];

/// Macros that write.
const WRITES: [&str; 5] = ["print!", "println!", "eprint!", "eprintln!", "dbg!"];

struct SourceFile {
    path: String,
    text: String,
}

fn files_in(folder: &str, ends: &[&str]) -> Vec<SourceFile> {
    let mut folders = vec![PathBuf::from(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let end = path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if ends.contains(&end.as_str()) {
                files.push(read(&path));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} has files");
    files
}

fn read(path: &Path) -> SourceFile {
    SourceFile {
        path: path.to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(path).expect("it is text"),
    }
}

impl SourceFile {
    fn names(&self) -> Vec<Named> {
        names_in(&self.path, &self.text)
    }

    /// The part of `src/` that it belongs to: `page`, or `hosts::zola`; nothing for what only lists
    /// the parts, for the command and for what writes generated files.
    fn room(&self) -> Option<String> {
        let below = self.path.strip_prefix("src/")?.strip_suffix(".rs")?;
        let parts: Vec<&str> = below.split('/').collect();
        match parts.as_slice() {
            ["lib"] | ["hosts", "mod"] | ["bin", ..] | ["generated", ..] => None,
            ["hosts", host, ..] => Some(format!("hosts::{host}")),
            [room, ..] => Some((*room).to_owned()),
            [] => None,
        }
    }
}

/// Whether what has this name is `what` or in it.
fn is_in(name: &str, what: &str) -> bool {
    name == what
        || name
            .strip_prefix(what)
            .is_some_and(|rest| rest.starts_with("::"))
}

/// Whether something is a library's; a word alone may be a variable.
fn is_of(name: &str, library: &str) -> bool {
    name != library && is_in(name, library)
}

fn assert_none(file: &SourceFile, refused: impl Fn(&str) -> bool, why: &str) {
    for named in file.names() {
        let Named { name, line } = &named;
        assert!(!refused(name), "{}:{line} names `{name}`: {why}", file.path);
    }
}

/// The libraries of the crate that a feature turns on, or all of them, as code names them.
fn libraries(feature: Option<&str>) -> Vec<String> {
    let manifest: toml::Table =
        toml::from_str(&read(Path::new("Cargo.toml")).text).expect("it is TOML");
    let names: Vec<String> = match feature {
        None => manifest["dependencies"]
            .as_table()
            .expect("a table")
            .keys()
            .cloned()
            .collect(),
        Some(feature) => {
            let parts = manifest["features"][feature].as_array().expect("a list");
            let names = parts
                .iter()
                .filter_map(|part| part.as_str()?.strip_prefix("dep:"));
            names.map(str::to_owned).collect()
        }
    };
    names.iter().map(|name| name.replace('-', "_")).collect()
}

#[test]
fn a_part_uses_what_the_table_gives_it() {
    for file in files_in("src", &["rs"]) {
        let Some(room) = file.room() else {
            continue;
        };
        let is_host = room.starts_with("hosts::") && !BELOW_HOSTS.contains(&room.as_str());
        let own = ROOMS.iter().find(|(name, _)| *name == room);
        let is_known =
            own.is_some() || CENTRE.contains(&room.as_str()) || MODELS.contains(&room.as_str());
        assert!(
            is_known,
            "{}: ARCHITECTURE.md and this test have no row for it",
            file.path
        );
        let given = own.map_or(&[] as &[&str], |(_, given)| given);
        let below = if is_host { BELOW_HOSTS } else { &[] };
        let may_use = [CENTRE, MODELS, given, below, &[&room]].concat();
        let refused = |name: &str| {
            let Some(inner) = name.strip_prefix("crate::") else {
                return false;
            };
            // What the crate gives to everybody, by its public name.
            let is_public = inner.starts_with(char::is_uppercase);
            // The tables of options say how they are written down.
            let is_generated = room == "block" && is_in(inner, "generated");
            !is_public && !is_generated && !may_use.iter().any(|part| is_in(inner, part))
        };
        assert_none(&file, refused, "its part may not use that");
    }
}

#[test]
fn the_centre_and_the_models_do_no_io() {
    let impure: Vec<String> = libraries(None)
        .into_iter()
        .filter(|name| !PURE_LIBRARIES.contains(&name.as_str()))
        .collect();
    let refused = |name: &str| {
        let method = name.rsplit(['.', ':']).next().unwrap_or_default();
        let asks = name.contains(['.', ':']) && ASKS_THE_DISK.contains(&method);
        asks || OUTSIDE_WORLD.iter().any(|what| is_in(name, what))
            || ["std", "std::*"].contains(&name)
            || WRITES.contains(&name)
            || impure.iter().any(|library| is_of(name, library))
    };
    for file in files_in("src", &["rs"]) {
        let is_pure = file.room().is_some_and(|room| {
            CENTRE.contains(&room.as_str())
                || MODELS.contains(&room.as_str())
                || ["check", "csp"].contains(&room.as_str())
        });
        if !is_pure {
            continue;
        }
        if WITH_IO.contains(&file.path.as_str()) {
            let top = file.text.lines().take_while(|line| line.starts_with("//!"));
            let top: String = top.collect();
            assert!(
                top.contains("I/O"),
                "{} says at its top that it does I/O",
                file.path
            );
        } else {
            assert_none(&file, refused, "that is I/O, a clock or the environment");
        }
    }
}

#[test]
fn hosts_know_nothing_of_the_command() {
    let others: Vec<String> = ["site", "zola", "vendor", "records", "check"]
        .iter()
        .flat_map(|feature| libraries(Some(feature)))
        .collect();
    let of_command: Vec<String> = libraries(Some("cli"))
        .into_iter()
        .filter(|name| !others.contains(name))
        .collect();
    assert!(of_command.contains(&"clap".to_owned()));
    for file in files_in("src/hosts", &["rs"]) {
        let refused = |name: &str| of_command.iter().any(|library| is_of(name, library));
        assert_none(&file, refused, "that library is the command's");
    }
}

fn assert_free_of(file: &SourceFile, words: &[&str]) {
    for (number, line) in file.text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for word in words {
            assert!(
                !code.contains(word),
                "{}:{} has `{word}`",
                file.path,
                number + 1
            );
        }
    }
}

#[test]
fn only_the_error_draws_snippets() {
    for file in files_in("src", &["rs"]) {
        if file.path != "src/error/snippet.rs" {
            assert_none(
                &file,
                |name| is_in(name, "annotate_snippets"),
                "errors draw themselves",
            );
        }
    }
}

#[test]
fn no_file_is_over_its_purpose() {
    let folders = ["build", "src", "runtime", "tests", "themes", "shortcodes"];
    for file in folders
        .iter()
        .flat_map(|folder| files_in(folder, &["rs", "js", "py", "css", "html"]))
    {
        let lines = file.text.lines().count();
        assert!(
            lines <= 500,
            "{} has {lines} lines: has it one purpose?",
            file.path
        );
    }
}

#[test]
fn the_runtime_writes_no_html_and_leaves_window_alone() {
    for file in files_in("runtime", &["js"]) {
        let words = [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ];
        assert_free_of(&file, &words);
        assert_free_of(&file, &["window.", "globalThis."]);
    }
}
