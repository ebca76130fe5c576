//! What `[markdown]` says of the language: the extensions that a site turns on.

use pulldown_cmark::Options;
use serde::Deserialize;

use crate::renderer::Renderer;

/// The keys of `[markdown]` that change how Markdown is read.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MarkdownExtensions {
    pub(crate) smart_punctuation: bool,
    pub(crate) definition_list: bool,
    pub(crate) github_alerts: bool,
}

impl MarkdownExtensions {
    /// With those that Zola has on without being asked.
    pub(crate) fn options(self) -> Options {
        let mut options = Renderer::MARKDOWN_OPTIONS;
        options.set(Options::ENABLE_SMART_PUNCTUATION, self.smart_punctuation);
        options.set(Options::ENABLE_DEFINITION_LIST, self.definition_list);
        options.set(Options::ENABLE_GFM, self.github_alerts);
        options
    }
}
