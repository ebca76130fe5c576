//! What Zola has built, once more: lists that hold the blocks of several pages, and feeds.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::page::gathered;
use crate::runtime_files::Assets;

use super::hard_links::{self, Entry};

/// Settles the pages and feeds of the site built in `folder`.
pub(super) fn settle(folder: &Path, assets: &Assets) -> io::Result<()> {
    let entries = hard_links::entries_below(folder, &|_| false)?;
    let files: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| !entry.is_folder)
        .collect();
    files.par_iter().try_for_each(|file| {
        let path = folder.join(&file.name);
        let end = file.name.extension().and_then(|end| end.to_str());
        let settled = match end {
            Some("html") => gathered::settle(&text(&path)?, assets),
            Some("xml") => gathered::plain_feed(&text(&path)?, assets),
            _ => None,
        };
        // Never through a link: the file may be the author's own, from `static`.
        settled.map_or(Ok(()), |settled| hard_links::write(&path, &settled))
    })
}

/// What isn't text has no blocks.
fn text(path: &Path) -> io::Result<String> {
    Ok(String::from_utf8(fs::read(path)?).unwrap_or_default())
}
