//! The configuration as templates see it.

use serde::Serialize;
use tera::Value;

use crate::zola_site::tera_library::table;

use super::{Config, ExcludePaginated, MarkdownConfig, Mode};

#[derive(Serialize)]
struct Visible<'a> {
    base_url: &'a str,
    mode: Mode,
    title: &'a Option<String>,
    description: &'a Option<String>,
    default_language: &'a str,
    generate_feed: bool,
    generate_feeds: bool,
    feed_filenames: &'a [String],
    author: &'a Option<String>,
    build_search_index: bool,
    generate_sitemap: bool,
    generate_robots_txt: bool,
    exclude_paginated_pages_in_sitemap: ExcludePaginated,
}

impl Config {
    /// `config` in templates.
    pub(crate) fn value(&self) -> Value {
        let visible = Visible {
            base_url: &self.base_url,
            mode: self.mode,
            title: &self.title,
            description: &self.description,
            default_language: &self.default_language,
            generate_feed: self.generate_feeds,
            generate_feeds: self.generate_feeds,
            feed_filenames: &self.feed_filenames,
            author: &self.author,
            build_search_index: self.build_search_index,
            generate_sitemap: self.generate_sitemap,
            generate_robots_txt: self.generate_robots_txt,
            exclude_paginated_pages_in_sitemap: self.exclude_paginated_pages_in_sitemap,
        };
        let mut map = Value::from_serializable(&visible)
            .into_map()
            .unwrap_or_default();
        map.insert("languages".into(), table(&self.languages));
        map.insert(
            "taxonomies".into(),
            Value::from(self.taxonomies.iter().map(table).collect::<Vec<_>>()),
        );
        map.insert("search".into(), table(&self.search));
        map.insert("extra".into(), table(&self.extra));
        map.insert("markdown".into(), markdown(&self.markdown));
        Value::from(map)
    }
}

fn markdown(config: &MarkdownConfig) -> Value {
    let mut map = Value::from_serializable(config)
        .into_map()
        .unwrap_or_default();
    if let Some(highlighting) = &config.highlighting {
        map.insert("highlighting".into(), table(highlighting));
    }
    Value::from(map)
}
