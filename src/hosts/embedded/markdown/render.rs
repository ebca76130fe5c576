//! One page's Markdown through all of it.

use std::ops::Range;

use pulldown_cmark::html;

use super::events::Pass;
use super::footnotes::to_bottom;
use super::pipeline::{Content, Pipeline};
use super::summary::summary;
use super::{Heading, InternalLink};
use crate::syntax::shortcode;
use crate::{Error, ErrorKind, Errors, PageCode, PageContext, PageRecords, Rendered};

#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) html: String,
    pub(crate) summary: Option<String>,
    pub(crate) toc: Vec<Heading>,
    pub(crate) links: Vec<InternalLink>,
    /// Errors and warnings.
    pub(crate) diagnostics: Errors,
    /// Whether it is made of nothing but its file, its place and what all pages share: it has no
    /// shortcodes, components or recorded outputs.
    pub(crate) is_lasting: bool,
}

impl Content<'_> {
    fn context(&self, records: Option<PageRecords>, source: Option<String>) -> PageContext {
        PageContext {
            first_line: self.file.text[..self.start].matches('\n').count() + 1,
            defaults: self.defaults.clone(),
            records,
            variables: self.variables.clone(),
            source,
            ..PageContext::new(&self.file.name)
        }
    }
}

impl Pipeline {
    /// The blocks as their author wrote them.
    pub(crate) fn code(&self, content: &Content<'_>) -> PageCode {
        let markdown = &content.file.text[content.start..];
        let records = self.records.read(&content.file.name);
        // A build tells what can't be read.
        let page = content.context(records.unwrap_or_default(), None);
        self.renderer.parse(markdown, &page).code()
    }

    pub(crate) fn render(&self, content: &Content<'_>) -> Body {
        let markdown = &content.file.text[content.start..];
        let (records, unreadable) = match self.records.read(&content.file.name) {
            Ok(records) => (records, None),
            Err(error) => (None, Some(error)),
        };
        let is_lasting =
            records.is_none() && unreadable.is_none() && !shortcode::may_be_in(markdown);
        let source = self
            .sources
            .then(|| self.records.source_of(&content.file.name));
        let page = content.context(records, source);
        let document = self.renderer.parse(markdown, &page);
        let unread = document.expanded.unread_components.iter();
        let unread: Vec<Error> = unread
            .map(|call| unread_component(content, call.clone()))
            .collect();
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
        diagnostics.extend(unread);
        diagnostics.extend(unreadable);
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
            is_lasting,
        }
    }
}

/// A call of a component that nobody has defined, or that isn't whole.
fn unread_component(content: &Content<'_>, call: Range<usize>) -> Error {
    let place = call.start + content.start..call.end + content.start;
    let message = "this call of a component can't be read";
    content.file.error(ErrorKind::Template, message, place).help(
        "a component is defined in a template, `{% component name() %}...{% endcomponent name %}`; \
         its call is `{{ <name /> }}`, or `{% <name> %}...{% </name> %}`, and doesn't stand in a shortcode",
    )
}
