//! Whether a site has the files that its blocks ask for.

use std::path::Path;

use pyfence::{PageCode, RecordFolder};

pub(super) struct SiteFiles {
    folder: RecordFolder,
}

impl SiteFiles {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            folder: RecordFolder::new(root, "content"),
        }
    }

    /// Whether the file is there, or may be: what another site has, and where a page is published
    /// that isn't named after its file, isn't known here.
    pub(super) fn has(&self, page: &PageCode, file: &str) -> bool {
        let path = file.split(['?', '#']).next().unwrap_or(file);
        let address = match page.rooted(path) {
            Some(path) => format!("/{path}"),
            None if path.contains("://") || path.starts_with("//") || path.contains("..") => {
                return true;
            }
            None => path.to_owned(),
        };
        let beside = Path::new(page.name()).parent().unwrap_or(Path::new(""));
        beside.join(path).is_file() || self.folder.published(page.name(), &address).is_some()
    }
}
