//! Templates that read what Zola has just written, as `load_data(path="public/style.css")` reads
//! compiled Sass. Zola reads files of the site's folder alone: then it has to write in it.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// The folders of a site that have templates.
const TEMPLATES: [&str; 2] = ["templates", "themes"];

/// The output folder's path from the site's, if a template names a file by it.
pub(super) fn path(root: &Path, output: &Path) -> Option<PathBuf> {
    let path = output.strip_prefix(root).ok()?;
    let starts = ['"', '\'', '`'].map(|quote| format!("{quote}{}/", path.display()));
    let mut files = TEMPLATES.iter().flat_map(|folder| {
        let walk = WalkDir::new(root.join(folder)).follow_links(true);
        walk.into_iter().flatten()
    });
    let is_read = files.any(|file| {
        let is_template = file.path().extension().is_some_and(|end| end == "html");
        let text = match is_template {
            true => fs::read(file.path()).unwrap_or_default(),
            false => Vec::new(),
        };
        let text = String::from_utf8_lossy(&text);
        starts.iter().any(|start| text.contains(start))
    });
    is_read.then(|| path.to_owned())
}
