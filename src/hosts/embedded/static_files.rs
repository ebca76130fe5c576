//! The `static` folders of the site and of its theme, published as they are.

use std::path::{Path, PathBuf};

use globset::GlobSet;
use walkdir::WalkDir;

use super::text_file::{shown, unwalkable};
use crate::error::Error;
use crate::hosts::symbolic_links::leads_nowhere;

/// The files of a folder with their paths below it; none if there is no such folder.
pub(crate) fn files_below(
    folder: &Path,
    ignored: &GlobSet,
) -> Result<Vec<(String, PathBuf)>, Error> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if leads_nowhere(&error) => continue,
            Err(error) => return Err(unwalkable(error)),
        };
        if entry.file_type().is_file() && !ignored.is_match(entry.path()) {
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            files.push((shown(below), entry.path().to_owned()));
        }
    }
    Ok(files)
}
