//! Markdown in, Markdown out: each block is finished HTML, on lines that no reader of Markdown and
//! no template engine takes for anything else.

mod canonical;
mod edits;
mod escaped;
mod html_lines;
mod html_pieces;
mod inline_html;
mod kept_code;
mod margin;
mod page_text;
mod places;
mod same_page;
mod text_beside;
mod writer;
mod written;

use page_text::{PageText, RenderedBlock};
use same_page::{Difference, difference};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::error::{Error, ErrorKind, Errors};
use crate::page::dialect::Dialect;
use crate::page::document::Document;
use crate::page::expand::CallOutput;
use crate::page::heading_attributes;
use crate::page::loader::PageAssets;
use crate::page::settle::PageBlocks;

/// A page's Markdown with its blocks as HTML, by [`Renderer::rewrite_page`](crate::Renderer::rewrite_page).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rewritten {
    /// The Markdown.
    pub markdown: String,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the page, in the order of its lines.
    pub diagnostics: Errors,
}

impl Document<'_> {
    pub(crate) fn rewrite(&self, dialect: Dialect) -> Rewritten {
        let rewritten = self.rewritten_events();
        let mut diagnostics = rewritten.errors;
        diagnostics.extend(self.unlocked_html(&rewritten.items));
        let spans: Vec<_> = rewritten
            .blocks
            .iter()
            .map(|block| block.span.clone())
            .collect();
        let blocks = PageBlocks::settle(
            self.settings,
            self.context,
            self.source(),
            rewritten.blocks,
            &mut diagnostics,
        );
        let mut rendered_blocks = BTreeMap::new();
        for (index, span) in spans.iter().enumerate() {
            let html = blocks.html(index, &mut diagnostics);
            let end = span.end;
            rendered_blocks.insert(span.start, RenderedBlock { end, html });
        }
        for (call, output) in &self.expanded.replaced {
            let is_block = |output: &String| self.expanded.placeholders.one(output).is_some();
            if matches!(output, CallOutput::Markdown(output) if !is_block(output))
                && rendered_blocks.contains_key(&call.start)
            {
                diagnostics.push(self.made_by_template(call));
            }
        }
        let (items, prose) = (&rewritten.items, rewritten.prose);
        let page = PageText::new(self, dialect, rendered_blocks, items, prose);
        let written = writer::written(&page);
        diagnostics.extend(
            written
                .changed_code
                .iter()
                .map(|call| self.changes_code(call)),
        );
        if !diagnostics.iter().any(Error::is_error)
            && let Some(found) = difference(self, &rewritten.items, &spans, &written)
        {
            diagnostics.push(self.changes_the_page(found));
        }
        // What pyfence reads as code may be a heading's last line for who reads the page next.
        let options = self.settings.markdown_options;
        let markdown = heading_attributes::at_the_margin(written.markdown.into(), options);
        Rewritten {
            markdown: markdown.into_owned(),
            assets: blocks.assets,
            diagnostics: Errors::sorted(diagnostics),
        }
    }

    /// There are places for HTML that Markdown hasn't: what reads it next would make another page of it.
    fn changes_the_page(&self, found: Difference) -> Error {
        let source = self.source();
        let message = "HTML in this place would change how Markdown reads the page around it";
        let mut error = Error::new(ErrorKind::Misplaced, message).at(&source, found.cause.clone());
        if let Some(place) = found.place.filter(|place| !found.cause.contains(place)) {
            error = error.at_labelled(&source, place..place, "the first that would change");
        }
        error.help(
"give it lines of its own, with a blank line above and below; HTML or a table that is open above it has to end first",
        )
    }

    /// No reference stands in code for what can't stand in its place.
    fn changes_code(&self, call: &Range<usize>) -> Error {
        let message = "a script or style sheet of this shortcode would become other code here";
        Error::new(ErrorKind::Misplaced, message)
            .at(&self.source(), call.clone())
            .help("give the shortcode lines of its own, with a blank line above and below; or have its template load the code from a file")
    }

    /// The generator reads the output of a shortcode without us.
    fn made_by_template(&self, call: &Range<usize>) -> Error {
        let message = "the template of this shortcode holds a `pyodide` fence";
        Error::new(ErrorKind::Misplaced, message)
            .at(&self.source(), call.clone())
            .help("write the fence in the page, as the body of the shortcode")
    }
}
