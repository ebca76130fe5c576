//! Content that Zola passes over: it stays as it is, mistakes and all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::error::{Error, ErrorKind, Result};

use super::hard_links::Entry;
use super::page_settings::PageSettings;

/// What the content of a site is that Zola passes over, beside pages that are drafts.
pub(super) struct Skipped {
    ignored: GlobSet,
    /// Sections that are drafts, with all that is below them.
    pub drafts: BTreeSet<PathBuf>,
}

impl Skipped {
    /// For a site whose configuration states the patterns `ignored_content`, with these
    /// [drafts](draft_sections).
    pub fn new(ignored_content: &[String], drafts: BTreeSet<PathBuf>) -> Result<Self> {
        let mut ignored = GlobSetBuilder::new();
        for pattern in ignored_content {
            // Zola says what is wrong with one that can't be read.
            if let Ok(glob) = Glob::new(pattern) {
                ignored.add(glob);
            }
        }
        let ignored = ignored.build().map_err(|error| {
            Error::new(ErrorKind::Config, "`ignored_content` can't be read").caused_by(error)
        })?;
        Ok(Self { ignored, drafts })
    }

    /// Whether Zola passes over the file `name`, such as `content/loops.md`, which it finds at
    /// `staged`.
    pub fn covers(&self, name: &Path, staged: &Path) -> bool {
        let is_hidden = name
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        is_hidden || self.ignored.is_match(staged) || self.is_in_draft(name)
    }

    fn is_in_draft(&self, name: &Path) -> bool {
        let folders = name.ancestors().skip(1);
        // A section in another language is a draft by its own word.
        let folders = folders.skip(usize::from(is_section(name)));
        folders
            .into_iter()
            .any(|folder| self.drafts.contains(folder))
    }
}

/// Whether a file says what its folder is: `_index.md` or `_index.fr.md`.
pub(super) fn is_section(name: &Path) -> bool {
    let name = name.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with("_index.") && name.ends_with(".md"))
}

/// The folders of the sections that are drafts, of a site in `root` with these files.
pub(super) fn draft_sections(root: &Path, files: &[Entry]) -> BTreeSet<PathBuf> {
    let names = files.iter().map(|file| &file.name);
    let sections = names.filter(|name| name.starts_with("content") && is_section(name));
    let drafts = sections.filter_map(|name| {
        let text = fs::read_to_string(root.join(name)).ok()?;
        PageSettings::states_draft(&text).then(|| name.parent().map(Path::to_owned))?
    });
    drafts.collect()
}
