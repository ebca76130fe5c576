//! The events of a page, with blocks among them.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::block::read::BlockReader;
use crate::error::{Error, Errors, SharedLines, Source};
#[cfg(feature = "lock")]
use crate::lock::Lock;
use crate::page::context::PageContext;
use crate::page::expand::{Expanded, Placeholders, SourceMap};
use crate::page::fences_to_blocks::{EventResult, EventRewriter, Item, SpannedItem};
use crate::page::loader::PageAssets;
use crate::page::settle::PageBlocks;
#[cfg(feature = "lock")]
use crate::page::unlocked::{self, Asking};
#[cfg(feature = "lock")]
use crate::page::written_html::may_be_block;
use crate::settings::Settings;

/// A page whose shortcodes are expanded and whose events are not yet read.
///
/// For hosts that leave parsing to pyfence and change the events before they become HTML: links,
/// heading ids, a table of contents. A host that parses by itself calls
/// [`Renderer::render_events`](crate::Renderer::render_events) instead.
///
/// ```
/// use pulldown_cmark::{Event, html};
/// use pyfence::{PageContext, Renderer};
///
/// let renderer = Renderer::builder().build()?;
/// let context = PageContext::new("a.md");
/// let document = renderer.parse("one\ntwo\n\n```pyodide\n1\n```\n", &context);
/// let rendered = document.render();
/// let events = rendered.events.into_iter().map(|event| match event {
///     Event::SoftBreak => Event::HardBreak,
///     other => other,
/// });
/// let mut page = String::new();
/// html::push_html(&mut page, events);
/// assert!(page.starts_with("<p>one<br />\ntwo</p>\n"));
/// assert!(page.contains("<pyodide-block"));
/// # Ok::<(), pyfence::Error>(())
/// ```
pub struct Document<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) context: &'a PageContext,
    /// With line feeds at the ends of all lines.
    pub(crate) markdown: Cow<'a, str>,
    pub(crate) lines: SharedLines,
    pub(crate) expanded: Expanded,
}

/// The events of a page.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rendered<'e> {
    /// Blocks and the output of shortcodes are [`Event::Html`]; all else is as pulldown-cmark
    /// gives it.
    pub events: Vec<Event<'e>>,
    /// For each event, the bytes of the page's Markdown that it comes from. Nothing where the
    /// host gave its events without offsets.
    pub spans: Vec<Range<usize>>,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the page, in the order of its lines.
    pub diagnostics: Errors,
}

impl Document<'_> {
    /// Reads the events and renders the blocks among them.
    pub fn render(&self) -> Rendered<'_> {
        let mut rewritten = self.rewritten_events();
        let unlocked = self.unlocked_html(&rewritten.items);
        rewritten.errors.extend(unlocked);
        rendered(self.settings, self.context, self.source(), rewritten)
    }

    /// The text that messages point into.
    pub(crate) fn source(&self) -> Source<'_> {
        page_source(&self.markdown, self.context, &self.lines)
    }

    /// Reads the events.
    pub(crate) fn rewritten_events(&self) -> EventResult<'_> {
        let expanded = &self.expanded;
        let text = expanded.text.as_deref().unwrap_or(&self.markdown);
        let parser = Parser::new_ext(text, self.settings.markdown_options);
        let reader = self.settings.reader(self.source(), self.context);
        let mut rewritten = EventRewriter::new(&reader, &expanded.placeholders, &expanded.map)
            .run(parser.into_offset_iter());
        rewritten.errors.extend(expanded.errors.iter().cloned());
        rewritten
    }

    /// Without the feature no site has a lock.
    #[cfg(not(feature = "lock"))]
    pub(crate) fn unlocked_html(&self, _: &[SpannedItem<'_>]) -> Vec<Error> {
        Vec::new()
    }

    /// What blocks that are HTML in the page, which has these items, ask for and the site's lock doesn't have.
    #[cfg(feature = "lock")]
    pub(crate) fn unlocked_html(&self, items: &[SpannedItem<'_>]) -> Vec<Error> {
        let mut errors = Vec::new();
        let may_have = |_: &&Lock| items.iter().any(|placed| may_be_block(&placed.item));
        if let Some(lock) = self.settings.lock.as_ref().filter(may_have) {
            let page = self.code();
            let asking = page.html_blocks().iter().map(|block| Asking {
                options: block.options(),
                opening: block.opening(),
            });
            let asking: Vec<_> = asking.collect();
            unlocked::check(&asking, lock, &self.source(), &mut errors);
        }
        errors
    }
}

/// A page's Markdown as messages point into it.
pub(crate) fn page_source<'a>(
    markdown: &'a str,
    context: &'a PageContext,
    lines: &SharedLines,
) -> Source<'a> {
    Source::with_lines(&context.name, markdown, lines.clone())
        .starting_at(context.first_line)
        .placed(&context.lines)
}

/// The events of a host: fences become blocks, all else passes.
pub(crate) fn render_foreign<'e>(
    settings: &Settings,
    context: &PageContext,
    reader: &BlockReader<'_>,
    events: impl Iterator<Item = (Event<'e>, Range<usize>)>,
) -> Rendered<'e> {
    let rewritten =
        EventRewriter::new(reader, &Placeholders::none(), &SourceMap::default()).run(events);
    rendered(settings, context, reader.source.clone(), rewritten)
}

fn rendered<'e>(
    settings: &Settings,
    context: &PageContext,
    source: Source<'_>,
    rewritten: EventResult<'e>,
) -> Rendered<'e> {
    let mut diagnostics = rewritten.errors;
    let blocks = PageBlocks::settle(
        settings,
        context,
        source,
        rewritten.blocks,
        &mut diagnostics,
    );
    let mut events = Vec::with_capacity(rewritten.items.len());
    let mut spans = Vec::with_capacity(rewritten.items.len());
    for SpannedItem { item, span } in rewritten.items {
        spans.push(span);
        events.push(match item {
            Item::Event(event) => event,
            Item::Html(html) => Event::Html(html.into()),
            Item::Block(index) => Event::Html(blocks.html(index, &mut diagnostics).into()),
        });
    }
    Rendered {
        events,
        spans,
        assets: blocks.assets,
        diagnostics: Errors::sorted(diagnostics),
    }
}
