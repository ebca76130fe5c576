//! All pages and sections, and how they belong together.

use std::collections::{BTreeMap, HashMap};

use super::sorting::sort;
use super::walk::parent_folder;
use super::{Page, Section};
use crate::error::{Error, ErrorKind};

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
    /// Fails if two files want the same address.
    pub(crate) fn new(sections: Vec<Section>, pages: Vec<Page>) -> Result<Self, Vec<Error>> {
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
        let clashes = library.clashes();
        if !clashes.is_empty() {
            return Err(clashes);
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
        self.pages.iter().filter(|page| page.ancestors.is_empty())
    }

    fn clashes(&self) -> Vec<Error> {
        let mut wanted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for section in self.sections.iter().filter(|section| section.meta.render) {
            wanted
                .entry(&section.path)
                .or_default()
                .push(&section.file.name);
            for alias in &section.meta.aliases {
                wanted.entry(alias).or_default().push(&section.file.name);
            }
        }
        for page in self.pages.iter().filter(|page| page.meta.render) {
            wanted.entry(&page.path).or_default().push(&page.file.name);
            for alias in &page.meta.aliases {
                wanted.entry(alias).or_default().push(&page.file.name);
            }
        }
        wanted
            .into_iter()
            .filter(|(_, files)| files.len() > 1)
            .map(|(path, files)| {
                let message = format!(
                    "{} would all be published at `{path}`",
                    files
                        .iter()
                        .map(|file| format!("`{file}`"))
                        .collect::<Vec<_>>()
                        .join(" and ")
                );
                let message = match files.len() {
                    2 => message.replace("would all be", "would both be"),
                    _ => message,
                };
                Error::new(ErrorKind::Content, message)
                    .help("rename one, or give it another `slug` or `path`")
            })
            .collect()
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
            // Stable, so sections of one weight stay in the order of their names.
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
