//! The entries of `sitemap.xml`.

use serde::Serialize;
use tera::Value;

use super::config::{Config, ExcludePaginated};
use super::content::Library;
use super::pagination::Pagers;
use crate::zola_site::tera_library::table;

#[derive(Serialize)]
pub(crate) struct Entry {
    permalink: String,
    updated: Option<String>,
    extra: Value,
}

/// Every page and section that is published, by address.
pub(crate) fn entries(config: &Config, library: &Library) -> Vec<Entry> {
    let mut entries = Vec::new();
    for page in library.pages.iter().filter(|page| page.meta.render) {
        let date = page.meta.updated.as_ref().or(page.meta.date.as_ref());
        entries.push(Entry {
            permalink: page.permalink.clone(),
            updated: date.map(|date| date.text.clone()),
            extra: table(&page.meta.extra),
        });
    }
    let with_pagers = config.exclude_paginated_pages_in_sitemap == ExcludePaginated::None;
    for section in library
        .sections
        .iter()
        .filter(|section| section.meta.render)
    {
        entries.push(Entry {
            permalink: section.permalink.clone(),
            updated: None,
            extra: table(&section.meta.extra),
        });
        if let Some(pagers) = Pagers::of(section, library).filter(|_| with_pagers) {
            entries.extend((1..=pagers.count()).map(|number| Entry {
                permalink: config.permalink(&pagers.numbered_path(number)),
                updated: None,
                extra: Value::none(),
            }));
        }
    }
    entries.sort_by(|a, b| a.permalink.cmp(&b.permalink));
    entries.dedup_by(|a, b| a.permalink == b.permalink);
    entries
}
