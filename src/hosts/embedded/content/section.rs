//! A section: a folder with an `_index.md`. The root of the site is one even without.

use crate::block::options::BlockOptions;
use crate::error::Errors;
use crate::hosts::embedded::config::Config;
use crate::hosts::embedded::text_file::TextFile;

use super::metadata::{Parts, SectionMeta, parse};
use super::{Asset, Reading};

#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) file: TextFile,
    pub(crate) meta: SectionMeta,
    /// Its defaults for the options of its blocks.
    pub(crate) blocks: BlockOptions,
    /// Where the Markdown starts in the file.
    pub(crate) start: usize,
    pub(crate) reading: Reading,
    /// The path below `content`, with `/`: `course/_index.md`.
    pub(crate) relative: String,
    /// The folder below `content`; empty for the root.
    pub(crate) folder: String,
    /// The path of its address, from `/` to `/`.
    pub(crate) path: String,
    pub(crate) permalink: String,
    pub(crate) assets: Vec<Asset>,
    /// The sections above it, from the root's down, by their relative paths.
    pub(crate) ancestors: Vec<String>,
    /// The sections right below it, as indexes into the library's sections.
    pub(crate) subsections: Vec<usize>,
    /// Its pages in order, as indexes into the library's pages.
    pub(crate) pages: Vec<usize>,
    /// The pages that lack what the section sorts by.
    pub(crate) unsorted: Vec<usize>,
}

impl Section {
    /// Reads the file at `relative`, a path below `content`.
    pub(crate) fn parse(file: TextFile, relative: &str, config: &Config) -> Result<Self, Errors> {
        let parts = parse::<SectionMeta>(&file)?;
        Ok(Self::new(file, parts, relative, config))
    }

    /// The root of a site whose `content` has no `_index.md`.
    pub(crate) fn default_root(config: &Config) -> Self {
        let file = TextFile::new("content/_index.md".to_owned(), String::new());
        let parts = Parts {
            meta: SectionMeta::default(),
            blocks: BlockOptions::default(),
            start: 0,
        };
        Self::new(file, parts, "_index.md", config)
    }

    fn new(file: TextFile, parts: Parts<SectionMeta>, relative: &str, config: &Config) -> Self {
        let folder = relative.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match folder {
            "" => "/".to_owned(),
            folder => format!("/{folder}/"),
        };
        Self {
            permalink: config.permalink(&path),
            relative: relative.to_owned(),
            folder: folder.to_owned(),
            path,
            blocks: parts.blocks,
            start: parts.start,
            reading: Reading::of(&file.text[parts.start..]),
            meta: parts.meta,
            file,
            assets: Vec::new(),
            ancestors: Vec::new(),
            subsections: Vec::new(),
            pages: Vec::new(),
            unsorted: Vec::new(),
        }
    }

    pub(crate) fn is_root(&self) -> bool {
        self.folder.is_empty()
    }

    pub(crate) fn template(&self) -> &str {
        match &self.meta.template {
            Some(name) => name,
            None if self.is_root() => "index.html",
            None => "section.html",
        }
    }

    /// How many pages a page of the paginated section lists; `None` if it isn't paginated.
    pub(crate) fn paginate_by(&self) -> Option<usize> {
        self.meta.paginate_by.filter(|&count| count > 0)
    }
}
