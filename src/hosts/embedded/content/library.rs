//! All pages and sections, and how they belong together.

use std::collections::{BTreeMap, HashMap};

use super::sorting::sort;
use super::walk::parent_folder;
use super::{Page, Section};
use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::embedded::output::file_at;
use crate::hosts::embedded::text_file::TextFile;

#[derive(Debug, Default)]
pub(crate) struct Library {
    pub(crate) sections: Vec<Section>,
    pub(crate) pages: Vec<Page>,
    /// Indexes of the sections by their folder below `content`.
    section_by_folder: HashMap<String, usize>,
    /// Addresses by the paths that internal links use: `course/loops.md`.
    permalinks: HashMap<String, String>,
}

impl Library {
    /// Fails if two files want the same address, or one wants one out of the site.
    pub(crate) fn new(sections: Vec<Section>, pages: Vec<Page>) -> Result<Self, Errors> {
        let section_by_folder = sections
            .iter()
            .enumerate()
            .map(|(index, section)| (section.folder.clone(), index))
            .collect();
        let permalinks = sections
            .iter()
            .map(|section| (section.relative.clone(), section.permalink.clone()))
            .chain(
                pages
                    .iter()
                    .map(|page| (page.relative.clone(), page.permalink.clone())),
            )
            .collect();
        let mut library = Self {
            sections,
            pages,
            section_by_folder,
            permalinks,
        };
        let wrong = library.wrong_addresses();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        library.link_sections();
        library.assign_pages();
        library.sort_pages();
        Ok(library)
    }

    /// The address of the page or section at a path below `content`.
    pub(crate) fn permalink(&self, relative: &str) -> Option<&str> {
        self.permalinks.get(relative).map(String::as_str)
    }

    /// Whether internal links lead to the same addresses.
    pub(crate) fn has_addresses_of(&self, other: &Self) -> bool {
        self.permalinks == other.permalinks
    }

    /// The paths that internal links can use.
    pub(crate) fn linkable(&self) -> impl Iterator<Item = &str> {
        self.permalinks.keys().map(String::as_str)
    }

    /// The section a page belongs to, if its folder has one.
    pub(crate) fn section_of(&self, page: &Page) -> Option<&Section> {
        let index = self.section_by_folder.get(&page.folder)?;
        Some(&self.sections[*index])
    }

    /// Pages in folders that aren't sections.
    pub(crate) fn orphans(&self) -> impl Iterator<Item = &Page> {
        let rendered = self.pages.iter().filter(|page| page.meta.render);
        rendered.filter(|page| page.ancestors.is_empty())
    }

    /// Every address that a file wants: its own and its aliases.
    fn wanted(&self) -> impl Iterator<Item = (&str, &TextFile)> {
        let sections = self.sections.iter().filter(|section| section.meta.render);
        let pages = self.pages.iter().filter(|page| page.meta.render);
        let sections =
            sections.map(|section| (&section.path, &section.meta.aliases, &section.file));
        let pages = pages.map(|page| (&page.path, &page.meta.aliases, &page.file));
        sections.chain(pages).flat_map(|(path, aliases, file)| {
            let own = std::iter::once(path.as_str());
            own.chain(aliases.iter().map(String::as_str))
                .map(move |path| (path, file))
        })
    }

    /// Addresses out of the site, and those that several files want.
    fn wrong_addresses(&self) -> Errors {
        let mut wrong = Errors::new();
        let mut files_at: BTreeMap<String, (&str, Vec<&str>)> = BTreeMap::new();
        for (path, file) in self.wanted() {
            if path.split('/').any(|part| part == "..") {
                let message = format!("the address `{path}` leads out of the site");
                wrong.push(Error::new(ErrorKind::Content, message).in_file(&file.name));
            }
            let (_, files) = files_at.entry(file_at(path)).or_insert((path, Vec::new()));
            files.push(&file.name);
        }
        let clashes = files_at.into_values().filter(|(_, files)| files.len() > 1);
        wrong.extend(clashes.map(|(path, files)| {
            let message = format!("{} want to be published at `{path}`", list(&files));
            Error::new(ErrorKind::Content, message)
                .help("rename one, or give it another `slug` or `path`")
        }));
        wrong
    }

    /// Finds the sections above and below each section.
    fn link_sections(&mut self) {
        for index in 0..self.sections.len() {
            let folder = self.sections[index].folder.clone();
            let parent =
                parent_folder(&folder).and_then(|parent| self.section_by_folder.get(parent));
            if let Some(&parent) = parent {
                self.sections[parent].subsections.push(index);
            }
            self.sections[index].ancestors = self.ancestors_of(&folder);
        }
        for index in 0..self.sections.len() {
            let mut below = std::mem::take(&mut self.sections[index].subsections);
            // Stable, so sections of one weight stay in the order of their names; in Zola it is chance.
            below.sort_by_key(|&section| self.sections[section].meta.weight);
            self.sections[index].subsections = below;
        }
    }

    /// The sections above a folder, from the root's down.
    fn ancestors_of(&self, folder: &str) -> Vec<String> {
        let mut above = Vec::new();
        let mut folder = parent_folder(folder);
        while let Some(name) = folder {
            if let Some(&section) = self.section_by_folder.get(name) {
                above.push(self.sections[section].relative.clone());
            }
            folder = parent_folder(name);
        }
        above.reverse();
        above
    }

    /// Gives each page to its section and, through transparent sections, to those above.
    fn assign_pages(&mut self) {
        for index in 0..self.pages.len() {
            if !self.pages[index].meta.render {
                continue;
            }
            let mut folder = self.pages[index].folder.clone();
            while let Some(&section_index) = self.section_by_folder.get(&folder) {
                let section = &mut self.sections[section_index];
                section.pages.push(index);
                let mut ancestors = section.ancestors.clone();
                ancestors.push(section.relative.clone());
                let transparent = section.meta.transparent;
                let inherited = self.inherited_template(&folder);
                let page = &mut self.pages[index];
                page.ancestors = ancestors;
                page.template = page.template.take().or(inherited);
                match parent_folder(&folder) {
                    Some(parent) if transparent => folder = parent.to_owned(),
                    _ => break,
                }
            }
        }
    }

    /// The `page_template` of the nearest section that has one.
    fn inherited_template(&self, folder: &str) -> Option<String> {
        let mut folder = Some(folder);
        while let Some(name) = folder {
            let section = self
                .section_by_folder
                .get(name)
                .map(|&index| &self.sections[index]);
            if let Some(template) = section.and_then(|section| section.meta.page_template.clone()) {
                return Some(template);
            }
            folder = parent_folder(name);
        }
        None
    }

    /// Sorts each section's pages and tells them their neighbours.
    fn sort_pages(&mut self) {
        for section in &mut self.sections {
            let pages = std::mem::take(&mut section.pages);
            let (sorted, unsorted) = sort(&self.pages, pages, section.meta.sort_by);
            let has_order = section.meta.sort_by != super::SortBy::None;
            if has_order && !section.meta.transparent {
                for pair in sorted.windows(2) {
                    self.pages[pair[0]].higher = Some(pair[1]);
                    self.pages[pair[1]].lower = Some(pair[0]);
                }
            }
            section.pages = sorted;
            section.unsorted = unsorted;
        }
    }
}

/// `a`, `b` and `c`.
fn list(files: &[&str]) -> String {
    let quoted: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
    match quoted.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => quoted.concat(),
    }
}
