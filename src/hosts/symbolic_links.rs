//! Symbolic links in a site's folder: those that a walk passes over, and those that lead out of the site, where
//! what they lead to is published.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::{Error, ErrorKind, Errors, shown};

/// Whether a walk through folders meets nothing here that Zola would read. A link to a folder around
/// itself never ends, and one to nothing, as editors make them for locks, has nothing to give. A file
/// that was removed meanwhile is none any more.
pub(crate) fn leads_nowhere(error: &walkdir::Error) -> bool {
    let missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    let is_link = error.path().is_some_and(Path::is_symlink);
    // A link to itself, or to one that leads back to it.
    let circular = |error: &io::Error| is_link && error.kind() != io::ErrorKind::PermissionDenied;
    let nowhere = |error: &io::Error| missing(error) || circular(error);
    error.loop_ancestor().is_some() || error.depth() > 0 && error.io_error().is_some_and(nowhere)
}

/// Warnings of links among what is published as it is. A theme may be a link itself, to where it
/// is developed; a page is text that the author has put there.
pub(crate) fn outward(root: &Path) -> Errors {
    let themes = std::fs::read_dir(root.join("themes"));
    let themes: Vec<PathBuf> = themes
        .into_iter()
        .flatten()
        .flatten()
        .map(|theme| theme.path())
        .collect();
    let known = themes.iter().map(PathBuf::as_path).chain([root]);
    let known: Vec<PathBuf> = known
        .filter_map(|folder| folder.canonicalize().ok())
        .collect();
    let statics = themes.iter().map(|theme| theme.join("static"));
    let published = [root.join("static"), root.join("content")];
    published
        .into_iter()
        .chain(statics)
        .flat_map(|folder| links_in(&folder, &known))
        .map(|(link, target)| warning(&link, &target))
        .collect()
}

/// The links below a folder that lead to none of the `known` ones, and where they lead.
fn links_in(folder: &Path, known: &[PathBuf]) -> Vec<(PathBuf, PathBuf)> {
    let mut found = Vec::new();
    let mut entries = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else { continue };
        if !entry.path_is_symlink() || entry.path().extension().is_some_and(|end| end == "md") {
            continue;
        }
        let Ok(target) = entry.path().canonicalize() else {
            continue;
        };
        if known.iter().any(|folder| target.starts_with(folder)) {
            continue;
        }
        if entry.file_type().is_dir() {
            entries.skip_current_dir();
        }
        found.push((entry.into_path(), target));
    }
    found
}

fn warning(link: &Path, target: &Path) -> Error {
    let message = format!(
        "this is a link out of the site: what is in `{}` gets published",
        shown(target)
    );
    Error::warning(ErrorKind::Content, message)
        .in_file(shown(link))
        .help("put a copy there if that is meant, else remove the link")
}
