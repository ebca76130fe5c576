//! Holds the invariants of ARCHITECTURE.md.

use std::fs;
use std::path::{Path, PathBuf};

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

fn is_host(path: &str) -> bool {
    ["src/hosts/", "src/bin/"]
        .iter()
        .any(|host| path.starts_with(host))
}

/// The tests that write what follows from tables.
fn is_test(path: &str) -> bool {
    path.starts_with("src/generated/")
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
fn the_centre_does_no_io_and_knows_no_host() {
    for file in files_in("src", &["rs"]) {
        if is_host(&file.path) || is_test(&file.path) || file.path == "src/lib.rs" {
            continue;
        }
        assert_free_of(
            &file,
            &[
                "crate::hosts",
                "crate::site::",
                "crate::zola::",
                "std::env",
                "std::net",
                "std::time",
            ],
        );
        if ![
            "src/runtime_files/assets.rs",
            "src/html/shortcode_folder.rs",
            "src/records/folder.rs",
        ]
        .contains(&file.path.as_str())
        {
            assert_free_of(&file, &["std::fs", "std::io", "std::process", "println!"]);
        }
    }
}

#[test]
fn hosts_do_not_know_each_other() {
    for file in files_in("src", &["rs"]) {
        if file.path.starts_with("src/hosts/embedded/") {
            assert_free_of(
                &file,
                &["hosts::zola::", "crate::zola::", "clap::", "axum::"],
            );
        } else if file.path.starts_with("src/hosts/zola/") {
            assert_free_of(
                &file,
                &["hosts::embedded::", "crate::site::", "clap::", "axum::"],
            );
        }
    }
}

#[test]
fn only_the_error_draws_snippets() {
    for file in files_in("src", &["rs"]) {
        if file.path != "src/error/mod.rs" {
            assert_free_of(&file, &["annotate_snippets"]);
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
