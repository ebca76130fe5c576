//! From the addresses in finished HTML to the files of its folder.

use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;

/// The folder in which a runtime's `pyfence/HASH` is.
pub(super) fn above(runtime: &Path) -> Option<&Path> {
    runtime.parent()?.parent()
}

/// What an address begins with, without so many of its last parts.
pub(super) fn base_of(address: &str, parts: usize) -> Option<&str> {
    let address = address.split(['?', '#']).next()?;
    let mut ends = address.rmatch_indices('/').map(|(at, _)| at + 1);
    match ends.nth(parts - 1) {
        Some(end) => Some(&address[..end]),
        // As many parts as it has: it begins at the page's own folder.
        None => (address.split('/').count() == parts).then_some(""),
    }
}

/// A path that starts in a folder, without looking at the disk.
pub(super) fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut file = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(file.pop()),
            Component::CurDir => {}
            part => file.push(part),
        }
    }
    file
}

/// The file that a page loads from an address, wherever the folder will be published.
pub(super) fn on_disk(folder: &Path, page: &Path, address: &str) -> Option<PathBuf> {
    let address = address.split(['?', '#']).next()?;
    let rooted = match address.split_once("//") {
        Some((_, host_and_path)) => Some(host_and_path.split_once('/')?.1),
        None => address.strip_prefix('/'),
    };
    let decoded = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
    let Some(path) = rooted else {
        let file = joined(page.parent()?, &decoded(address));
        return Some(file).filter(|file| file.starts_with(folder) && file.is_file());
    };
    let parts: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(decoded)
        .collect();
    if parts.iter().any(|part| part == "..") {
        return None;
    }
    // What a site's address begins with isn't in its folder.
    let ends =
        (0..parts.len()).map(|start| folder.join(parts[start..].iter().collect::<PathBuf>()));
    let mut files = ends.filter(|file| file.is_file());
    files.next()
}

/// What an attribute's value says: in quotes or without.
pub(super) fn value_of(raw: &str) -> String {
    let raw = raw.trim_matches(['"', '\'']);
    let slashes = raw
        .replace("&#x2F;", "/")
        .replace("&#x2f;", "/")
        .replace("&#47;", "/");
    let signs = slashes
        .replace("&#x2B;", "+")
        .replace("&#43;", "+")
        .replace("&#x3D;", "=");
    signs.replace("&quot;", "\"").replace("&amp;", "&")
}
