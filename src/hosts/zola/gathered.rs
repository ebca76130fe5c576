//! What Zola has built, once more: lists that hold the blocks of several pages, blocks that were
//! written as HTML, and feeds.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::page::gathered;
use crate::page::loader::completed;
use crate::runtime_files::Assets;

use super::hard_links::{self, Entry};

/// Settles the pages and feeds of the site built in `folder`.
/// Those in `static_files` stay as their author wrote them.
pub(super) fn settle(
    folder: &Path,
    static_files: &Path,
    assets: &Assets,
    loader_tags: &str,
) -> Result<()> {
    let entries = hard_links::entries_below(folder, &|_| false)
        .map_err(|error| Error::unreadable(folder, error))?;
    let files: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| !entry.is_folder)
        .collect();
    files.par_iter().try_for_each(|file| {
        let path = folder.join(&file.name);
        let end = file.name.extension().and_then(|end| end.to_str());
        let settled = match end {
            Some("html") => {
                let html = text(&path)?;
                let settled = gathered::settle(&html, assets);
                settled.or_else(|| {
                    let completed = completed(&html, assets, loader_tags)?;
                    (!static_files.join(&file.name).exists()).then_some(completed)
                })
            }
            Some("xml") => gathered::plain_feed(&text(&path)?, assets),
            _ => None,
        };
        // Never through a link: the file may be the author's own, from `static`.
        settled.map_or(Ok(()), |settled| {
            hard_links::write(&path, &settled).map_err(|error| Error::unwritable(&path, error))
        })
    })
}

/// What isn't text has no blocks.
fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|error| Error::unreadable(path, error))?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}
