//! The site's configuration: `zola.toml` or `config.toml`, with Zola's keys.

mod blocks;
mod file;
mod markdown;
mod template_values;
mod theme;

use std::collections::BTreeMap;
use std::ops::Range;

use globset::GlobSet;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

pub(crate) use blocks::{block_options, site_settings};
pub(crate) use file::{ConfigFile, find_key, toml_error};
pub(crate) use markdown::{InsertAnchor, MarkdownConfig};
pub(crate) use theme::merge_theme;

use super::slugs::Slugs;
use super::text_file::TextFile;
use crate::error::{Error, ErrorKind};
use crate::hosts::publish::Preserve;

/// The keys of the configuration. A key that Zola doesn't have is an error, as in Zola.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) base_url: String,
    pub(crate) theme: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) default_language: String,
    pub(crate) languages: toml::Table,
    pub(crate) translations: BTreeMap<String, String>,
    pub(crate) generate_feeds: bool,
    pub(crate) feed_limit: IgnoredAny,
    pub(crate) feed_filenames: Vec<String>,
    pub(crate) hard_link_static: IgnoredAny,
    pub(crate) taxonomies: Vec<toml::Table>,
    pub(crate) taxonomy_root: IgnoredAny,
    pub(crate) author: Option<String>,
    pub(crate) compile_sass: bool,
    pub(crate) minify_html: bool,
    pub(crate) build_search_index: bool,
    pub(crate) ignored_content: Vec<String>,
    pub(crate) ignored_static: Vec<String>,
    /// Content isn't templated here, so every file is skipped already.
    pub(crate) skip_content_templating: IgnoredAny,
    pub(crate) output_dir: String,
    pub(crate) preserve_dotfiles_in_output: bool,
    pub(crate) link_checker: LinkChecker,
    pub(crate) slugify: Slugs,
    pub(crate) search: toml::Table,
    pub(crate) markdown: MarkdownConfig,
    pub(crate) extra: toml::Table,
    pub(crate) generate_sitemap: bool,
    pub(crate) generate_robots_txt: bool,
    pub(crate) exclude_paginated_pages_in_sitemap: ExcludePaginated,
    #[serde(skip)]
    pub(crate) mode: Mode,
    #[serde(skip)]
    pub(crate) ignored_content_globs: GlobSet,
    #[serde(skip)]
    pub(crate) ignored_static_globs: GlobSet,
}

/// What the site is built for; templates see it as `config.mode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Mode {
    /// To be published.
    #[default]
    Build,
    /// To be looked at while it is written.
    Serve,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ExcludePaginated {
    #[default]
    None,
    All,
}

/// Only links inside the site are checked, so the other keys of `[link_checker]` have no effect.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LinkChecker {
    pub(crate) internal_level: LinkLevel,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LinkLevel {
    #[default]
    Error,
    Warn,
}

impl LinkLevel {
    /// What a broken link is.
    pub(crate) fn problem(self, file: &TextFile, message: String, range: Range<usize>) -> Error {
        match self {
            Self::Error => file.error(ErrorKind::Content, message, range),
            Self::Warn => file.warning(ErrorKind::Content, message, range),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            theme: None,
            title: None,
            description: None,
            default_language: "en".to_owned(),
            languages: toml::Table::new(),
            translations: BTreeMap::new(),
            generate_feeds: false,
            feed_limit: IgnoredAny,
            feed_filenames: vec!["atom.xml".to_owned()],
            hard_link_static: IgnoredAny,
            taxonomies: Vec::new(),
            taxonomy_root: IgnoredAny,
            author: None,
            compile_sass: false,
            minify_html: false,
            build_search_index: false,
            ignored_content: Vec::new(),
            ignored_static: Vec::new(),
            skip_content_templating: IgnoredAny,
            output_dir: "public".to_owned(),
            preserve_dotfiles_in_output: false,
            link_checker: LinkChecker::default(),
            slugify: Slugs::default(),
            search: toml::Table::new(),
            markdown: MarkdownConfig::default(),
            extra: toml::Table::new(),
            generate_sitemap: true,
            generate_robots_txt: true,
            exclude_paginated_pages_in_sitemap: ExcludePaginated::None,
            mode: Mode::Build,
            ignored_content_globs: GlobSet::empty(),
            ignored_static_globs: GlobSet::empty(),
        }
    }
}

impl Config {
    /// What stays of the folder that the site is written to.
    pub(crate) fn preserves(&self) -> Preserve {
        match self.preserve_dotfiles_in_output {
            true => Preserve::Dotfiles,
            false => Preserve::Nothing,
        }
    }

    /// The address of a path of the site. A path to a page ends in a slash, a file's doesn't.
    pub(crate) fn permalink(&self, path: &str) -> String {
        let base = self.base_url.trim_end_matches('/');
        let path = path.trim_start_matches('/');
        let is_feed = self
            .feed_filenames
            .iter()
            .any(|name| path.ends_with(name.as_str()));
        let closed = path.is_empty() || path.ends_with('/') || path.contains('#') || is_feed;
        let slash = if closed { "" } else { "/" };
        format!("{base}/{path}{slash}")
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn permalinks_keep_the_subpath_and_end_in_a_slash() {
        for base_url in ["https://example.org/sub", "https://example.org/sub/"] {
            let config = Config {
                base_url: base_url.to_owned(),
                ..Config::default()
            };
            assert_eq!(config.permalink("/"), "https://example.org/sub/");
            assert_eq!(config.permalink("/a/b/"), "https://example.org/sub/a/b/");
            assert_eq!(config.permalink("a"), "https://example.org/sub/a/");
            assert_eq!(
                config.permalink("atom.xml"),
                "https://example.org/sub/atom.xml"
            );
            assert_eq!(config.permalink("a/#b"), "https://example.org/sub/a/#b");
        }
    }
}
