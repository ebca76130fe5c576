//! `[markdown]`: how Markdown is read and what is added to it.

use pulldown_cmark::Options;
use serde::{Deserialize, Serialize};

use crate::zola_site::markdown_extensions::MarkdownExtensions;

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MarkdownConfig {
    /// The table is handed to templates; colouring is this crate's own.
    pub(crate) highlighting: Option<toml::Table>,
    pub(crate) render_emoji: bool,
    pub(crate) external_links_class: Option<String>,
    pub(crate) external_links_target_blank: bool,
    pub(crate) external_links_no_follow: bool,
    pub(crate) external_links_no_referrer: bool,
    pub(crate) external_links_external: bool,
    pub(crate) smart_punctuation: bool,
    pub(crate) definition_list: bool,
    pub(crate) bottom_footnotes: bool,
    pub(crate) lazy_async_image: bool,
    pub(crate) insert_anchor_links: InsertAnchor,
    pub(crate) github_alerts: bool,
}

/// Where a heading gets a link to itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InsertAnchor {
    Left,
    Right,
    /// The whole heading is the link.
    Heading,
    #[default]
    None,
}

impl Default for MarkdownConfig {
    fn default() -> Self {
        Self {
            highlighting: None,
            render_emoji: false,
            external_links_class: None,
            external_links_target_blank: false,
            external_links_no_follow: false,
            external_links_no_referrer: false,
            external_links_external: true,
            smart_punctuation: false,
            definition_list: false,
            bottom_footnotes: false,
            lazy_async_image: false,
            insert_anchor_links: InsertAnchor::None,
            github_alerts: false,
        }
    }
}

impl MarkdownConfig {
    pub(crate) fn options(&self) -> Options {
        let extensions = MarkdownExtensions {
            smart_punctuation: self.smart_punctuation,
            definition_list: self.definition_list,
            github_alerts: self.github_alerts,
        };
        extensions.options()
    }

    /// The attributes of a link out of the site, each with a space before it.
    pub(crate) fn external_link_attributes(&self) -> String {
        let mut attributes = String::new();
        if let Some(class) = &self.external_links_class {
            attributes.push_str(&format!(" class=\"{class}\""));
        }
        if self.external_links_target_blank {
            attributes.push_str(" target=\"_blank\"");
        }
        let rel: Vec<&str> = [
            // Without it the page that opens could reach back into this one.
            (self.external_links_target_blank, "noopener"),
            (self.external_links_no_follow, "nofollow"),
            (self.external_links_no_referrer, "noreferrer"),
            (self.external_links_external, "external"),
        ]
        .into_iter()
        .filter_map(|(wanted, name)| wanted.then_some(name))
        .collect();
        if !rel.is_empty() {
            attributes.push_str(&format!(" rel=\"{}\"", rel.join(" ")));
        }
        attributes
    }
}
