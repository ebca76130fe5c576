//! Reading the `content` folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Asset, Library, Page, Section};
use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::embedded::config::Config;
use crate::hosts::embedded::text_file::{TextFile, shown, unwalkable};
use crate::hosts::symbolic_links::leads_nowhere;
use crate::zola_site::layout::is_temporary_file;

/// Reads every page and section below `root/content`.
pub(crate) fn load(root: &Path, config: &Config, drafts: bool) -> Result<Library, Errors> {
    let content = root.join("content");
    if !content.is_dir() {
        let error = Error::new(ErrorKind::Content, "the site has no `content` folder")
            .in_file(shown(root))
            .help("make one with an `_index.md` in it");
        return Err(error.into());
    }
    let found = Found::below(&content, config);
    let mut errors = found.errors;
    let mut sections = parse_all(&found.sections, config, Section::parse, &mut errors);
    let mut pages = parse_all(&found.pages, config, Page::parse, &mut errors);
    if !drafts {
        leave_out_drafts(&mut sections, &mut pages);
    }
    if !sections.iter().any(Section::is_root) {
        sections.insert(0, Section::default_root(config));
    }
    give_assets(&mut sections, &mut pages, found.assets);
    match Library::new(sections, pages) {
        Ok(library) if errors.is_empty() => Ok(library),
        Ok(_) => Err(errors),
        Err(clashes) => Err(errors.into_iter().chain(clashes).collect()),
    }
}

/// The files of the folder by what they are, each with its path below `content`.
#[derive(Default)]
struct Found {
    sections: Vec<(String, PathBuf)>,
    pages: Vec<(String, PathBuf)>,
    assets: Vec<(String, PathBuf)>,
    errors: Errors,
}

impl Found {
    fn below(content: &Path, config: &Config) -> Self {
        let mut found = Self::default();
        let entries = WalkDir::new(content).follow_links(true).sort_by_file_name();
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if leads_nowhere(&error) => continue,
                Err(error) => {
                    found.errors.push(unwalkable(error));
                    continue;
                }
            };
            let path = entry.path();
            // A pipe would be read for ever.
            if !entry.file_type().is_file() || config.ignored_content_globs.is_match(path) {
                continue;
            }
            let below = path.strip_prefix(content).unwrap_or(path);
            found.sort_in(shown(below), path.to_owned());
        }
        found
    }

    fn sort_in(&mut self, relative: String, path: PathBuf) {
        let name = relative.rsplit('/').next().unwrap_or(&relative);
        let is_markdown = name.ends_with(".md");
        if name == "_index.md" {
            self.sections.push((relative, path));
        } else if is_markdown && !name.starts_with('.') {
            self.pages.push((relative, path));
        } else if !is_markdown && !is_temporary_file(name) {
            self.assets.push((relative, path));
        }
    }
}

/// Reads and parses files in parallel, keeping their order.
fn parse_all<T: Send>(
    files: &[(String, PathBuf)],
    config: &Config,
    parse: fn(TextFile, &str, &Config) -> Result<T, Errors>,
    errors: &mut Errors,
) -> Vec<T> {
    let results: Vec<Result<T, Errors>> = files
        .par_iter()
        .map(|(relative, path)| {
            let file = TextFile::read(path)?;
            parse(file, relative, config)
        })
        .collect();
    let mut parsed = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(item) => parsed.push(item),
            Err(wrong) => errors.extend(wrong),
        }
    }
    parsed
}

/// A draft section takes everything below it along.
fn leave_out_drafts(sections: &mut Vec<Section>, pages: &mut Vec<Page>) {
    let drafts: BTreeSet<String> = sections
        .iter()
        .filter(|section| section.meta.draft)
        .map(|section| section.folder.clone())
        .collect();
    let in_draft = |folder: &str| {
        let mut folder = Some(folder);
        while let Some(name) = folder {
            if drafts.contains(name) {
                return true;
            }
            folder = parent_folder(name);
        }
        false
    };
    sections.retain(|section| !in_draft(&section.folder));
    pages.retain(|page| !page.meta.draft && !in_draft(&page.folder));
}

/// The folder above one below `content`; `None` above the root.
pub(super) fn parent_folder(folder: &str) -> Option<&str> {
    match folder.rsplit_once('/') {
        Some((parent, _)) => Some(parent),
        None => (!folder.is_empty()).then_some(""),
    }
}

/// A page that is a folder takes all files below it, a section those right in its folder.
fn give_assets(sections: &mut [Section], pages: &mut [Page], assets: Vec<(String, PathBuf)>) {
    let page_folders: BTreeMap<String, usize> = pages
        .iter()
        .enumerate()
        .filter_map(|(index, page)| Some((page.colocated.clone()?, index)))
        .collect();
    let section_folders: BTreeMap<String, usize> = sections
        .iter()
        .enumerate()
        .map(|(index, section)| (section.folder.clone(), index))
        .collect();
    for (relative, file) in assets {
        if let Some((folder, page)) = nearest_page(&relative, &page_folders) {
            let name = relative[folder.len()..].to_owned();
            pages[page].assets.push(Asset { file, name });
            continue;
        }
        let (folder, name) = relative.rsplit_once('/').unwrap_or(("", &relative));
        if let Some(&section) = section_folders.get(folder) {
            let name = name.to_owned();
            sections[section].assets.push(Asset { file, name });
        }
    }
}

fn nearest_page<'a>(
    relative: &'a str,
    page_folders: &BTreeMap<String, usize>,
) -> Option<(&'a str, usize)> {
    relative
        .rmatch_indices('/')
        .map(|(at, _)| &relative[..=at])
        .find_map(|folder| Some((folder, *page_folders.get(folder)?)))
}
