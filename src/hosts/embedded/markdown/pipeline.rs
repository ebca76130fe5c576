//! What the pages of a site are rendered with.

use std::sync::Arc;

use tera::Context;

use crate::hosts::embedded::config::{Config, InsertAnchor};
use crate::hosts::embedded::content::Library;
use crate::hosts::embedded::templates::Templates;
use crate::hosts::embedded::text_file::TextFile;
use crate::{BlockOptions, Error, RecordFolder, Renderer};

/// Renders Markdown of the site at one stage of a build; shared by all pages and by the `markdown`
/// filter.
pub(crate) struct Pipeline {
    pub(crate) renderer: Renderer,
    pub(crate) templates: Templates,
    pub(crate) config: Arc<Config>,
    pub(crate) library: Arc<Library>,
    pub(crate) records: RecordFolder,
    /// Whether blocks say where they stand.
    pub(crate) sources: bool,
}

/// A text to render, and where it comes from.
pub(crate) struct Content<'a> {
    pub(crate) file: &'a TextFile,
    /// Where the Markdown starts in the file.
    pub(crate) start: usize,
    /// The path below `content` that a link to `#here` points into.
    pub(crate) relative: &'a str,
    pub(crate) permalink: &'a str,
    pub(crate) insert_anchor: InsertAnchor,
    /// The page's defaults for its blocks.
    pub(crate) defaults: BlockOptions,
    /// What shortcodes of the site see.
    pub(crate) variables: Context,
}

impl Pipeline {
    /// A small template that every page may use; the site's own replaces the built-in one.
    pub(super) fn partial(
        &self,
        name: &str,
        variables: &[(&'static str, &str)],
    ) -> Result<String, Error> {
        let mut context = Context::new();
        context.insert("lang", &self.config.default_language);
        for (key, value) in variables {
            context.insert(*key, value);
        }
        self.templates.render(name, &context)
    }
}
