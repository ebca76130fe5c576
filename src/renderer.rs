//! The facade: Markdown in, HTML with blocks out.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Options, Tag, html};

use crate::builder::RendererBuilder;
use crate::error::{Errors, SharedLines};
use crate::lock::Lock;
use crate::page::code::PageCode;
use crate::page::context::PageContext;
use crate::page::dialect::Dialect;
use crate::page::document::{Document, Rendered, page_source, render_foreign};
use crate::page::expand::{Expanded, Expander};
use crate::page::foreign_fences::{Fence, RenderedFences, SyntheticSource};
use crate::page::loader::PageAssets;
use crate::page::rewrite::Rewritten;
use crate::page::settle::PageBlocks;
use crate::page::{heading_attributes, nesting};
use crate::runtime_files::Assets;
use crate::settings::Settings;
use crate::syntax::fence;
use crate::syntax::line_ends::with_line_feeds;

/// Renders pages. Made once, then used for all pages of a site, from any thread.
///
/// ```
/// use pyfence::{PageContext, Renderer};
///
/// let renderer = Renderer::builder().base_url("https://example.org").build()?;
/// let page = renderer.render_page(
///     "# Loops\n\n```pyodide session=\"loops\"\nprint(1)\n```\n",
///     &PageContext::new("content/loops.md"),
/// );
/// assert!(page.diagnostics.is_empty());
/// assert!(page.html.contains("<pyodide-block session=\"loops\">"));
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Clone)]
pub struct Renderer {
    pub(crate) settings: Arc<Settings>,
}

/// A rendered page.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Page {
    /// The HTML.
    pub html: String,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the page, in the order of its lines. If one of them
    /// [is an error](crate::Error::is_error), the HTML is not what the author asked for.
    pub diagnostics: Errors,
}

impl Page {
    /// The page, if nothing in it is an error; otherwise all of what is wrong with it.
    ///
    /// ```
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let page = renderer.render_page("```pyodide heigth=5\n1\n```\n", &PageContext::new("a.md"));
    /// let errors = page.into_result().unwrap_err();
    /// assert!(errors.to_string().contains("a.md:1:12"));
    /// assert_eq!(errors.exit_code(), 1);
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If one of the [diagnostics](Page::diagnostics) is an error.
    pub fn into_result(self) -> Result<Page, Errors> {
        match self.diagnostics.has_errors() {
            true => Err(self.diagnostics),
            false => Ok(self),
        }
    }
}

impl Renderer {
    /// The extensions of Markdown that Zola and mdBook have on without being asked.
    ///
    /// ```
    /// use pulldown_cmark::Options;
    /// use pyfence::Renderer;
    ///
    /// let options = Renderer::MARKDOWN_OPTIONS | Options::ENABLE_MATH;
    /// let renderer = Renderer::builder().markdown_options(options).build()?;
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub const MARKDOWN_OPTIONS: Options = Options::ENABLE_TABLES
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_TASKLISTS)
        .union(Options::ENABLE_HEADING_ATTRIBUTES);

    /// Those of a book of mdBook, which can turn two of its extensions off.
    ///
    /// ```
    /// use pyfence::Renderer;
    ///
    /// let plain = Renderer::markdown_options_of_mdbook(false, false);
    /// assert_eq!(plain, Renderer::MARKDOWN_OPTIONS);
    /// ```
    #[must_use]
    pub fn markdown_options_of_mdbook(definition_lists: bool, admonitions: bool) -> Options {
        let mut options = Self::MARKDOWN_OPTIONS;
        options.set(Options::ENABLE_DEFINITION_LIST, definition_lists);
        options.set(Options::ENABLE_GFM, admonitions);
        options
    }

    /// The settings of a renderer. Without any, it has Zola's Markdown extensions, for a site at
    /// the root of its host.
    pub fn builder() -> RendererBuilder {
        RendererBuilder::new()
    }

    /// Renders a page. It never fails as a whole: mistakes of the author are in
    /// [`Page::diagnostics`].
    pub fn render_page(&self, markdown: &str, context: &PageContext) -> Page {
        let document = self.parse(markdown, context);
        let rendered = document.render();
        let mut page = String::with_capacity(markdown.len() * 2);
        html::push_html(&mut page, rendered.events.into_iter());
        Page {
            html: page,
            assets: rendered.assets,
            diagnostics: rendered.diagnostics,
        }
    }

    /// Expands the shortcodes of a page, for hosts that change its events before they are HTML.
    pub fn parse<'a>(&'a self, markdown: &'a str, context: &'a PageContext) -> Document<'a> {
        self.document(markdown, context, |page| page.expand())
    }

    /// Puts finished HTML in the place of a page's blocks, for hosts whose generator reads the
    /// Markdown next; `dialect` is what else that generator reads in it. Shortcodes that this
    /// renderer has no template for stay as they are; a generator without shortcodes gets
    /// [`Dialect::Markdown`].
    ///
    /// ```
    /// use pyfence::{Dialect, PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let page = "- one {{ two() }}\n\n  ```pyodide\n  print('{{}}')\n  ```\n";
    /// let rewritten = renderer.rewrite_page(page, &PageContext::new("a.md"), Dialect::Shortcodes);
    /// assert!(rewritten.markdown.starts_with("- one {{ two() }}\n\n  <!--"));
    /// assert!(!rewritten.markdown.contains("{{}}"));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub fn rewrite_page(
        &self,
        markdown: &str,
        context: &PageContext,
        dialect: Dialect,
    ) -> Rewritten {
        self.document(markdown, context, |page| page.expand_known(dialect))
            .rewrite(dialect)
    }

    /// The blocks of a page as their author wrote them, for hosts that rewrite it in this dialect;
    /// others have [`Document::code`].
    pub fn page_code(&self, markdown: &str, context: &PageContext, dialect: Dialect) -> PageCode {
        self.document(markdown, context, |page| page.expand_known(dialect))
            .code()
    }

    /// The same renderer with other templates of the host.
    #[cfg(feature = "site")]
    pub(crate) fn with_templates(&self, tera: tera::Tera) -> Self {
        let settings = Settings {
            templates: crate::html::templates::Templates::new(tera),
            ..Settings::clone(&self.settings)
        };
        Self {
            settings: Arc::new(settings),
        }
    }

    fn document<'a>(
        &'a self,
        markdown: &'a str,
        context: &'a PageContext,
        expand: impl FnOnce(Expander<'_>) -> Expanded,
    ) -> Document<'a> {
        // Some editors of Windows begin a file with a mark that Markdown takes for text.
        let written = with_line_feeds(markdown.strip_prefix('\u{feff}').unwrap_or(markdown));
        let lines = SharedLines::default();
        let options = self.settings.markdown_options;
        let (markdown, excess) = nesting::bounded(written.clone(), options);
        let markdown = heading_attributes::at_the_margin(markdown, options);
        let source = page_source(&markdown, context, &lines);
        let mut expanded = expand(Expander {
            reader: &self.settings.reader(source, context),
            templates: &self.settings.templates,
            markdown_options: self.settings.markdown_options,
            variables: &context.variables,
        });
        // What Markdown shortcodes put in can end in attributes, too.
        let text = expanded.text.take();
        expanded.text =
            text.map(|text| heading_attributes::at_the_margin(text.into(), options).into_owned());
        if !excess.is_empty() {
            let source = page_source(&written, context, &lines);
            expanded.errors.push(nesting::too_deep(&source, &excess));
        }
        Document {
            settings: &self.settings,
            context,
            markdown,
            lines,
            expanded,
        }
    }

    /// Turns the `pyodide` fences among a host's own events into blocks; every other event passes
    /// as it came. Shortcodes are not expanded.
    ///
    /// Messages name the page and the fence, but no line:
    /// [`render_events_with_offsets`](Renderer::render_events_with_offsets) does.
    ///
    /// ```
    /// use pulldown_cmark::{Parser, html};
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let parser = Parser::new("*one*\n\n```pyodide\n1\n```\n");
    /// let rendered = renderer.render_events(parser, &PageContext::new("a.md"));
    /// let mut page = String::new();
    /// html::push_html(&mut page, rendered.events.into_iter());
    /// assert!(page.starts_with("<p><em>one</em></p>\n<link "));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub fn render_events<'e>(
        &self,
        events: impl IntoIterator<Item = Event<'e>>,
        context: &PageContext,
    ) -> Rendered<'e> {
        let mut synthetic = SyntheticSource::default();
        let events: Vec<_> = events
            .into_iter()
            .map(|event| {
                let span = match &event {
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                        synthetic.add(info, None)
                    }
                    _ => 0..0,
                };
                (event, span)
            })
            .collect();
        let reader = self
            .settings
            .reader(synthetic.source(&context.name), context);
        let rendered = render_foreign(&self.settings, context, &reader, events.into_iter());
        Rendered {
            spans: Vec::new(),
            ..rendered
        }
    }

    /// The twin of [`render_events`](Renderer::render_events) for
    /// [events with offsets](pulldown_cmark::Parser::into_offset_iter) into `markdown`: events
    /// keep theirs, in [`Rendered::spans`], and messages show line and column.
    ///
    /// ```
    /// use pulldown_cmark::Parser;
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let markdown = "*one*\n\n```pyodide hieght=3\n1\n```\n";
    /// let events = Parser::new(markdown).into_offset_iter();
    /// let rendered = renderer.render_events_with_offsets(events, markdown, &PageContext::new("a.md"));
    /// assert_eq!(rendered.spans.last(), Some(&(7..32)));
    /// assert_eq!(rendered.diagnostics[0].line(), Some(3));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub fn render_events_with_offsets<'e>(
        &self,
        events: impl IntoIterator<Item = (Event<'e>, Range<usize>)>,
        markdown: &str,
        context: &PageContext,
    ) -> Rendered<'e> {
        let source = page_source(markdown, context, &SharedLines::default());
        let reader = self.settings.reader(source, context);
        render_foreign(&self.settings, context, &reader, events.into_iter())
    }

    /// Renders the fences of one page that the host's own Markdown parser, whichever it is, has
    /// found: all of a page's at once, for they share its loader tags and its version of Pyodide.
    ///
    /// ```
    /// use pyfence::{Fence, PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let fences = [
    ///     Fence::new("rust", "fn main() {}\n").at(3, 1),
    ///     Fence::new("pyodide session=x", "print(1)\n").at(7, 1),
    /// ];
    /// let rendered = renderer.render_fences(fences, &PageContext::new("a.md"));
    /// assert_eq!(rendered.html[0], None);
    /// assert!(rendered.html[1].as_ref().is_some_and(|html| html.contains("session=\"x\"")));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub fn render_fences<'f>(
        &self,
        fences: impl IntoIterator<Item = Fence<'f>>,
        context: &PageContext,
    ) -> RenderedFences {
        let mut synthetic = SyntheticSource::default();
        let fences: Vec<_> = fences
            .into_iter()
            .map(|fence| {
                let span = synthetic.add(&fence.info, fence.place);
                (fence, span)
            })
            .collect();
        let source = synthetic.source(&context.name);
        let reader = self.settings.reader(source.clone(), context);
        let mut diagnostics = Vec::new();
        let mut blocks = Vec::new();
        let indices: Vec<_> = fences
            .into_iter()
            .map(|(fence, span)| {
                let list = fence::options_of(&fence.info)?;
                let code = fence.code.strip_suffix('\n').unwrap_or(fence.code);
                blocks.push(reader.fence(list, code.to_owned(), span, &mut diagnostics));
                Some(blocks.len() - 1)
            })
            .collect();
        let blocks = PageBlocks::settle(&self.settings, context, source, blocks, &mut diagnostics);
        let html = indices
            .into_iter()
            .map(|index| index.map(|index| blocks.html(index, &mut diagnostics)))
            .collect();
        RenderedFences {
            html,
            diagnostics: Errors::sorted(diagnostics),
            assets: blocks.assets,
        }
    }

    /// The runtime's files for its pages: [`Assets::shipped`], or with a
    /// [lock](crate::RendererBuilder::lock) those that load what it names.
    pub fn assets(&self) -> &Assets {
        self.settings.assets()
    }

    /// The site's lock, if it has one.
    pub fn lock(&self) -> Option<&Lock> {
        self.settings.lock.as_ref()
    }

    /// The tags that load the runtime, for hosts that put them into all pages themselves: see
    /// [`LoaderPlacement::None`](crate::LoaderPlacement::None).
    pub fn loader_tags(&self) -> &str {
        &self.settings.loader_tags
    }
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer")
            .field("defaults", &self.settings.defaults)
            .field("loader", &self.settings.loader)
            .finish_non_exhaustive()
    }
}
