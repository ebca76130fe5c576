//! Every page of `site-example`, as the command builds it, beside the pages in `tests/golden/`. The
//! first page is there from end to end; of the others there is what isn't the theme's, their `<main>`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const GOLDEN: &str = "tests/golden";

/// After a change that is meant.
const UPDATE: &str = "`UPDATE_GOLDEN=1 cargo test golden` writes it down; then read the diff";

/// The page that shows what the theme puts around each.
const WHOLE: &str = "index.html";

#[test]
fn the_example_site() {
    let public = tempfile::tempdir().expect("a folder for the site");
    let output = public.path().join("public");
    let built = Command::new(env!("CARGO_BIN_EXE_pyfence"))
        .args([
            "build",
            "--engine",
            "embedded",
            "--root",
            "site-example",
            "--output-dir",
        ])
        .arg(&output)
        .output()
        .expect("the command starts");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );

    let pages = pages_in(&output);
    assert!(
        pages.len() >= 20,
        "it is a whole course: {:?}",
        pages.keys()
    );
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        update(&pages);
    }
    let golden = pages_in(Path::new(GOLDEN));
    let names: Vec<_> = pages.keys().collect();
    assert_eq!(
        names,
        golden.keys().collect::<Vec<_>>(),
        "the same files, or {UPDATE}"
    );
    for (name, page) in &pages {
        let expected = &golden[name];
        if let Some((number, (now, then))) = page
            .lines()
            .zip(expected.lines())
            .enumerate()
            .find(|(_, (now, then))| now != then)
        {
            panic!(
                "{name}:{} is\n{now}\nand was\n{then}\nIf that is meant: {UPDATE}.",
                number + 1
            );
        }
        assert_eq!(
            page.lines().count(),
            expected.lines().count(),
            "{name} has as many lines, or {UPDATE}"
        );
    }
}

fn update(pages: &BTreeMap<String, String>) {
    let _ = fs::remove_dir_all(GOLDEN);
    for (name, page) in pages {
        let path = Path::new(GOLDEN).join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, page).expect("a file");
    }
}

/// The HTML and XML files below `root`, by their path.
fn pages_in(root: &Path) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let path = entry.expect("an entry can be read").path();
            let end = path.extension().unwrap_or_default().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if end == "html" || end == "xml" {
                let name = path.strip_prefix(root).expect("it lies below the root");
                let text = fs::read_to_string(&path).expect("it is text");
                let name = name.to_string_lossy().replace('\\', "/");
                let text = match name == WHOLE {
                    true => &*text,
                    false => main_of(&text),
                };
                pages.insert(name, without_hashes(text));
            }
        }
    }
    pages
}

/// The main element of a page; all of what has none.
fn main_of(page: &str) -> &str {
    let start = page.find("<main").unwrap_or(0);
    let end = page.find("</main>");
    &page[start..end.map_or(page.len(), |end| end + "</main>".len())]
}

/// The runtime's hash and integrity change with each of its edits: pages stay comparable.
fn without_hashes(page: &str) -> String {
    let page = with_placeholder(page, "/pyfence/", "/", "HASH");
    with_placeholder(&page, "integrity=\"sha384-", "\"", "HASH")
}

fn with_placeholder(page: &str, before: &str, after: &str, placeholder: &str) -> String {
    let mut parts = page.split(before);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(after).unwrap_or(0);
        text.push_str(before);
        text.push_str(placeholder);
        text.push_str(&part[end..]);
    }
    text
}
