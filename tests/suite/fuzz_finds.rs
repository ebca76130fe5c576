//! The texts that fuzzing once found, and the seeds that it starts from, hold today.

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::PathBuf;

/// The texts in these folders.
fn texts(folders: &[&str]) -> Vec<String> {
    let mut folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        // A target without a find has no folder.
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                texts.extend(fs::read_to_string(path));
            }
        }
    }
    texts
}

#[test]
fn pages() {
    let texts = texts(&[
        "tests/spec",
        "tests/errors",
        "site-example/content",
        "fuzz/found",
    ]);
    assert!(texts.len() > 10);
    for text in texts {
        targets::render_page(&text);
        targets::rewrite_page(&text);
    }
}

#[test]
fn option_lists_and_arguments() {
    for text in texts(&["tests/errors", "fuzz/found"]) {
        targets::option_list(&text);
        targets::shortcode(&text);
        targets::options_toml(&text);
    }
}
