//! Heading ids and the table of contents.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Tag};
use serde::Serialize;

use crate::hosts::embedded::slugs::Slugs;

/// A heading as templates see it in `toc`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Heading {
    pub(crate) level: u32,
    pub(crate) id: String,
    pub(crate) permalink: String,
    pub(crate) title: String,
    pub(crate) children: Vec<Heading>,
}

/// Gives out ids that are unique in the page.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: HashSet<String>,
    /// The last number tried for a slug, so that many equal headings stay linear.
    numbers: HashMap<String, usize>,
}

impl Ids {
    /// Ids that authors wrote themselves go first, wherever they stand in the page.
    pub(crate) fn reserving<'e>(events: impl Iterator<Item = &'e Event<'e>>) -> Self {
        let taken = events
            .filter_map(|event| match event {
                Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
                _ => None,
            })
            .collect();
        Self {
            taken,
            numbers: HashMap::new(),
        }
    }

    /// `title`, `title-1`, `title-2`, ...
    pub(crate) fn for_title(&mut self, title: &str, slugs: &Slugs) -> String {
        let slug = slugs.anchor(title);
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        let number = self.numbers.entry(slug.clone()).or_default();
        loop {
            *number += 1;
            let id = format!("{slug}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The text of a heading without its markup.
pub(crate) fn title(events: &[Event<'_>]) -> String {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect()
}

/// Puts each heading under the last one of a smaller level.
pub(crate) fn nest(headings: Vec<Heading>) -> Vec<Heading> {
    let mut open: Vec<Heading> = Vec::new();
    let mut roots = Vec::new();
    for heading in headings {
        close(&mut open, &mut roots, heading.level);
        open.push(heading);
    }
    close(&mut open, &mut roots, 0);
    roots
}

/// Closes the open headings that can't hold one of `level`.
fn close(open: &mut Vec<Heading>, roots: &mut Vec<Heading>, level: u32) {
    while let Some(last) = open.pop_if(|last| last.level >= level) {
        match open.last_mut() {
            Some(parent) => parent.children.push(last),
            None => roots.push(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Heading, nest};

    #[test]
    fn headings_nest_by_level_even_if_levels_are_skipped() {
        let flat = [(2, "a"), (4, "b"), (3, "c"), (2, "d"), (1, "e"), (2, "f")];
        let headings = flat.map(|(level, id)| Heading {
            level,
            id: id.to_owned(),
            permalink: String::new(),
            title: String::new(),
            children: Vec::new(),
        });
        assert_eq!(outline(&nest(headings.to_vec())), "a(b c) d e(f)");
    }

    fn outline(headings: &[Heading]) -> String {
        let texts: Vec<String> = headings
            .iter()
            .map(|heading| match outline(&heading.children) {
                below if below.is_empty() => heading.id.clone(),
                below => format!("{}({below})", heading.id),
            })
            .collect();
        texts.join(" ")
    }
}
