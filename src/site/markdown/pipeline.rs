//! One page's Markdown through all of it.

use std::sync::Arc;

use pulldown_cmark::html;
use tera::Context;

use super::footnotes::to_bottom;
use super::pass::Pass;
use super::summary::summary;
use super::{Heading, InternalLink};
use crate::site::config::{Config, InsertAnchor};
use crate::site::content::Library;
use crate::site::templates::Templates;
use crate::site::text_file::TextFile;
use crate::{BlockOptions, Error, PageContext, Rendered, Renderer};

/// Renders Markdown of the site; shared by all pages and by the `markdown` filter.
pub(crate) struct Pipeline {
    pub(crate) renderer: Renderer,
    pub(crate) templates: Arc<Templates>,
    pub(crate) config: Arc<Config>,
    pub(crate) library: Arc<Library>,
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

#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) html: String,
    pub(crate) summary: Option<String>,
    pub(crate) toc: Vec<Heading>,
    pub(crate) links: Vec<InternalLink>,
    /// Errors and warnings.
    pub(crate) diagnostics: Vec<Error>,
}

impl Pipeline {
    pub(crate) fn render(&self, content: &Content<'_>) -> Body {
        let markdown = &content.file.text[content.start..];
        let first_line = content.file.text[..content.start].matches('\n').count() + 1;
        let page = PageContext {
            first_line,
            defaults: content.defaults.clone(),
            variables: content.variables.clone(),
            ..PageContext::new(&content.file.name)
        };
        let document = self.renderer.parse(markdown, &page);
        let Rendered {
            events,
            spans,
            mut diagnostics,
            ..
        } = document.render();
        let located = events.into_iter().zip(spans);
        let located = match self.config.markdown.bottom_footnotes {
            true => to_bottom(located),
            false => located.collect(),
        };
        let done = Pass::new(self, content, located).run();
        diagnostics.extend(done.errors);
        let mut cutoff = |summary: &str| {
            let variables = [("summary", summary)];
            let cutoff = self.partial("summary-cutoff.html", &variables);
            cutoff.unwrap_or_else(|error| {
                diagnostics.push(error);
                String::new()
            })
        };
        let summary = done
            .summary_end
            .map(|end| summary(&done.events[..end], &mut cutoff));
        let mut html = String::with_capacity(markdown.len() * 2);
        html::push_html(&mut html, done.events.into_iter());
        Body {
            html,
            summary,
            toc: done.toc,
            links: done.links,
            diagnostics,
        }
    }

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
