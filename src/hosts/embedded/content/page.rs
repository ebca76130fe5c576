//! A page: one content file that isn't a section's `_index.md`.

use crate::block::options::BlockOptions;
use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::embedded::config::Config;
use crate::hosts::embedded::text_file::TextFile;

use super::dates::split_dated_name;
use super::metadata::{PageMeta, key_place, parse};
use super::{Asset, Reading};

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) file: TextFile,
    pub(crate) meta: PageMeta,
    /// Its defaults for the options of its blocks.
    pub(crate) blocks: BlockOptions,
    /// Where the Markdown starts in the file.
    pub(crate) start: usize,
    pub(crate) reading: Reading,
    /// The path below `content`, with `/`: `course/loops.md`. Internal links name pages by it.
    pub(crate) relative: String,
    /// The folder below `content` of a page that is a folder with an `index.md`; ends in `/`.
    pub(crate) colocated: Option<String>,
    /// The folder below `content` whose section the page belongs to; empty for the root.
    pub(crate) folder: String,
    pub(crate) slug: String,
    /// The path of its address, from `/` to `/`.
    pub(crate) path: String,
    pub(crate) permalink: String,
    pub(crate) assets: Vec<Asset>,
    /// The sections above it, from the root's down, by their relative paths.
    pub(crate) ancestors: Vec<String>,
    /// The template it asks for, or the nearest section for it.
    pub(crate) template: Option<String>,
    /// Its neighbours in the section's order, as indexes into the library's pages.
    pub(crate) lower: Option<usize>,
    pub(crate) higher: Option<usize>,
}

impl Page {
    /// Reads the file at `relative`, a path below `content`.
    pub(crate) fn parse(file: TextFile, relative: &str, config: &Config) -> Result<Self, Errors> {
        let parts = parse::<PageMeta>(&file)?;
        let mut meta = parts.meta;
        let wrong = wrong_address(&file, &meta, relative);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let place = Place::of(relative);
        let name = place.name.to_owned();
        let mut named = name.as_str();
        if let Some((date, slug)) = split_dated_name(&name) {
            meta.date = meta.date.or(Some(date));
            if let (Some(slug), false) = (slug, config.slugify.paths_keep_dates) {
                named = slug;
            }
        }
        let slug = config.slugify.path(meta.slug.as_deref().unwrap_or(named));
        let path = match &meta.path {
            Some(path) => format!("/{}/", path.trim().trim_matches('/')),
            None if place.folder.is_empty() => format!("/{slug}/"),
            None => format!("/{}/{slug}/", place.folder),
        };
        Ok(Self {
            permalink: config.permalink(&path),
            template: meta.template.clone(),
            blocks: parts.blocks,
            start: parts.start,
            reading: Reading::of(&file.text[parts.start..]),
            relative: relative.to_owned(),
            colocated: place.colocated,
            folder: place.folder.to_owned(),
            slug,
            path,
            meta,
            file,
            assets: Vec::new(),
            ancestors: Vec::new(),
            lower: None,
            higher: None,
        })
    }
}

/// What keeps a page from having an address.
fn wrong_address(file: &TextFile, meta: &PageMeta, relative: &str) -> Errors {
    let mut wrong = Errors::new();
    if relative == "index.md" {
        let message = "the start of the site is a section, not a page";
        let error = Error::new(ErrorKind::Content, message).in_file(&file.name);
        wrong.push(error.help("name this file `_index.md`"));
    }
    for (key, value) in [("slug", &meta.slug), ("path", &meta.path)] {
        let Some(value) = value else { continue };
        if value.trim().is_empty() {
            let place = key_place(file, key).unwrap_or_default();
            wrong.push(file.error(ErrorKind::Content, format!("`{key}` is empty"), place));
        }
    }
    wrong
}

/// What a page's path says about it.
struct Place<'a> {
    /// What the page is called: its file or, for an `index.md`, its folder.
    name: &'a str,
    folder: &'a str,
    colocated: Option<String>,
}

impl<'a> Place<'a> {
    fn of(relative: &'a str) -> Self {
        let (folder, file) = relative.rsplit_once('/').unwrap_or(("", relative));
        let name = file.strip_suffix(".md").unwrap_or(file);
        if name != "index" || folder.is_empty() {
            return Self {
                name,
                folder,
                colocated: None,
            };
        }
        let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        Self {
            name,
            folder: parent,
            colocated: Some(format!("{folder}/")),
        }
    }
}
