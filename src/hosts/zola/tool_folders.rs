//! Folders of other tools in a site's folder. They are large, and their files are rarely the site's:
//! staged only where the site names them, as in `@import "../node_modules/..."`.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

const NAMES: [&str; 2] = ["node_modules", "target"];

/// The folders of a site in which files can name others.
const READERS: [&str; 4] = ["content", "sass", "templates", "themes"];

/// Files that can name others, by how their names end.
const TEXTS: [&str; 9] = [
    "css", "html", "json", "md", "sass", "scss", "toml", "txt", "xml",
];

/// Those in the folder `root` that nothing in the site names.
pub(super) fn unnamed(root: &Path) -> Vec<&'static str> {
    let mut unnamed = NAMES.to_vec();
    unnamed.retain(|name| root.join(name).is_dir());
    if unnamed.is_empty() {
        return unnamed;
    }
    let in_root = fs::read_dir(root).into_iter().flatten().flatten();
    let in_root = in_root.map(|entry| entry.path());
    let below = READERS.iter().flat_map(|folder| {
        let walk = WalkDir::new(root.join(folder)).follow_links(true);
        walk.into_iter().flatten().map(walkdir::DirEntry::into_path)
    });
    for file in in_root.chain(below) {
        unnamed.retain(|name| !names(&file, name));
    }
    unnamed
}

/// Whether a file names something in the folder `name`.
pub(super) fn names(file: &Path, name: &str) -> bool {
    let end = file.extension().and_then(|end| end.to_str());
    if !end.is_some_and(|end| TEXTS.contains(&end)) {
        return false;
    }
    let bytes = fs::read(file).unwrap_or_default();
    String::from_utf8_lossy(&bytes).contains(&format!("{name}/"))
}
