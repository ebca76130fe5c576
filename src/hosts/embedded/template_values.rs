//! Pages and sections as templates see them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Map, Value};

use super::config::Config;
use super::content::{Library, Page, Section};
use super::markdown::{Body, Heading};
use crate::zola_site::tera_library::table;

/// What `get_page` and `get_section` give, by paths below `content`.
///
/// A value is shared by all that hold it, so a section with its pages costs no copies.
#[derive(Debug, Default)]
pub(crate) struct Values {
    pub(crate) pages: HashMap<String, Value>,
    pub(crate) sections: HashMap<String, Value>,
}

/// What Markdown made of all pages and sections, in the library's order.
#[derive(Debug)]
pub(crate) struct Bodies {
    pub(crate) pages: Vec<Arc<Body>>,
    pub(crate) sections: Vec<Arc<Body>>,
}

impl Bodies {
    /// What templates see before any Markdown is rendered: everything without its content.
    pub(crate) fn nothing_yet(library: &Library) -> Self {
        let body = Arc::<Body>::default();
        let empty = |count| vec![Arc::clone(&body); count];
        Self {
            pages: empty(library.pages.len()),
            sections: empty(library.sections.len()),
        }
    }
}

#[derive(Serialize)]
struct Shared<'a> {
    relative_path: &'a str,
    colocated_path: Option<&'a str>,
    content: &'a str,
    permalink: &'a str,
    path: &'a str,
    components: Vec<&'a str>,
    ancestors: &'a [String],
    title: Option<&'a str>,
    description: Option<&'a str>,
    draft: bool,
    lang: &'a str,
    toc: &'a [Heading],
    word_count: usize,
    reading_time: usize,
    assets: Vec<String>,
    translations: [(); 0],
}

#[derive(Serialize)]
struct PageOnly<'a> {
    slug: &'a str,
    summary: Option<&'a str>,
    date: Option<&'a str>,
    updated: Option<&'a str>,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    taxonomies: &'a BTreeMap<String, Vec<String>>,
    authors: &'a [String],
}

#[derive(Serialize)]
struct SectionOnly<'a> {
    subsections: Vec<&'a str>,
    generate_feeds: bool,
    transparent: bool,
    paginate_by: Option<usize>,
    paginate_reversed: bool,
}

#[derive(Serialize)]
struct Backlink<'a> {
    permalink: &'a str,
    title: Option<&'a str>,
}

impl Values {
    pub(crate) fn new(config: &Config, library: &Library, rendered: &Bodies) -> Self {
        let backlinks = backlinks(library, rendered);
        let alone: Vec<Map> = library
            .pages
            .par_iter()
            .zip(&rendered.pages)
            .map(|(page, rendered)| page_value(page, rendered, config, &backlinks))
            .collect();
        // A neighbour has no neighbours itself: the chain through a section would never end.
        let neighbours: Vec<Value> = alone.par_iter().cloned().map(Value::from).collect();
        let with_neighbours: Vec<Value> = library
            .pages
            .par_iter()
            .zip(alone)
            .map(|(page, mut map)| {
                for (key, index) in [("lower", page.lower), ("higher", page.higher)] {
                    let value = index.map_or_else(Value::none, |index| neighbours[index].clone());
                    map.insert(key.into(), value);
                }
                Value::from(map)
            })
            .collect();
        let sections = library
            .sections
            .par_iter()
            .zip(&rendered.sections)
            .map(|(section, rendered)| {
                let mut map = section_value(section, rendered, library, config, &backlinks);
                let pages: Vec<Value> = section
                    .pages
                    .iter()
                    .map(|&page| with_neighbours[page].clone())
                    .collect();
                map.insert("pages".into(), Value::from(pages));
                (section.relative.clone(), Value::from(map))
            })
            .collect();
        let pages = library
            .pages
            .iter()
            .map(|page| page.relative.clone())
            .zip(with_neighbours)
            .collect();
        Self { pages, sections }
    }

    pub(crate) fn page(&self, relative: &str) -> Value {
        self.pages
            .get(relative)
            .cloned()
            .unwrap_or_else(Value::none)
    }

    pub(crate) fn section(&self, relative: &str) -> Value {
        self.sections
            .get(relative)
            .cloned()
            .unwrap_or_else(Value::none)
    }
}

type Backlinks<'a> = HashMap<&'a str, BTreeMap<&'a str, Option<&'a str>>>;

/// Who links to each path, by address, each once.
fn backlinks<'a>(library: &'a Library, rendered: &'a Bodies) -> Backlinks<'a> {
    let pages = library.pages.iter().zip(&rendered.pages);
    let pages = pages.map(|(page, body)| {
        let title = page.meta.title.as_deref();
        let body = body.as_ref();
        (page.relative.as_str(), page.permalink.as_str(), title, body)
    });
    let sections = library.sections.iter().zip(&rendered.sections);
    let sections = sections.map(|(section, body)| {
        let title = section.meta.title.as_deref();
        (
            section.relative.as_str(),
            section.permalink.as_str(),
            title,
            body.as_ref(),
        )
    });
    let mut backlinks = Backlinks::new();
    for (relative, permalink, title, body) in pages.chain(sections) {
        // A link inside a page leads to nothing else that links to it.
        for link in body.links.iter().filter(|link| link.target != relative) {
            let to_target = backlinks.entry(link.target.as_str()).or_default();
            to_target.insert(permalink, title);
        }
    }
    backlinks
}

fn page_value(page: &Page, rendered: &Body, config: &Config, backlinks: &Backlinks<'_>) -> Map {
    let meta = &page.meta;
    let shared = Shared {
        relative_path: &page.relative,
        colocated_path: page.colocated.as_deref(),
        content: &rendered.html,
        permalink: &page.permalink,
        path: &page.path,
        components: components(&page.path),
        ancestors: &page.ancestors,
        title: meta.title.as_deref(),
        description: meta.description.as_deref(),
        draft: meta.draft,
        lang: &config.default_language,
        toc: &rendered.toc,
        word_count: page.reading.words,
        reading_time: page.reading.minutes,
        assets: asset_paths(page.colocated.as_deref().unwrap_or_default(), &page.assets),
        translations: [],
    };
    let day = meta.date.as_ref().map(|date| date.day);
    let own = PageOnly {
        slug: &page.slug,
        summary: rendered.summary.as_deref(),
        date: meta.date.as_ref().map(|date| date.text.as_str()),
        updated: meta.updated.as_ref().map(|date| date.text.as_str()),
        year: day.map(|day| day.year()),
        month: day.map(|day| day.month()),
        day: day.map(|day| day.day()),
        taxonomies: &meta.taxonomies,
        authors: &meta.authors,
    };
    whole(&shared, &own, &meta.extra, &page.relative, backlinks)
}

fn section_value(
    section: &Section,
    rendered: &Body,
    library: &Library,
    config: &Config,
    backlinks: &Backlinks<'_>,
) -> Map {
    let meta = &section.meta;
    let shared = Shared {
        relative_path: &section.relative,
        colocated_path: None,
        content: &rendered.html,
        permalink: &section.permalink,
        path: &section.path,
        components: components(&section.path),
        ancestors: &section.ancestors,
        title: meta.title.as_deref(),
        description: meta.description.as_deref(),
        draft: meta.draft,
        lang: &config.default_language,
        toc: &rendered.toc,
        word_count: section.reading.words,
        reading_time: section.reading.minutes,
        assets: asset_paths(section.path.trim_start_matches('/'), &section.assets),
        translations: [],
    };
    let own = SectionOnly {
        subsections: section
            .subsections
            .iter()
            .map(|&index| library.sections[index].relative.as_str())
            .collect(),
        generate_feeds: meta.generate_feeds,
        transparent: meta.transparent,
        paginate_by: meta.paginate_by,
        paginate_reversed: meta.paginate_reversed,
    };
    whole(&shared, &own, &meta.extra, &section.relative, backlinks)
}

fn whole(
    shared: &Shared<'_>,
    own: &impl Serialize,
    extra: &toml::Table,
    relative: &str,
    backlinks: &Backlinks<'_>,
) -> Map {
    let mut map = Value::from_serializable(shared)
        .into_map()
        .unwrap_or_default();
    map.extend(Value::from_serializable(own).into_map().unwrap_or_default());
    map.insert("extra".into(), table(extra));
    let backlinks: Vec<Backlink<'_>> = backlinks
        .get(relative)
        .into_iter()
        .flatten()
        .map(|(&permalink, &title)| Backlink { permalink, title })
        .collect();
    map.insert("backlinks".into(), Value::from_serializable(&backlinks));
    map
}

fn components(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

fn asset_paths(folder: &str, assets: &[super::content::Asset]) -> Vec<String> {
    assets
        .iter()
        .map(|asset| format!("/{folder}{}", asset.name))
        .collect()
}
