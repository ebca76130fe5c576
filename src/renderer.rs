//! The facade: Markdown in, HTML with blocks out.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Options, Tag, html};

use crate::block_reader::BlockReader;
use crate::builder::RendererBuilder;
use crate::code::CodeColours;
use crate::dialect::Dialect;
use crate::document::{Document, Rendered, render_foreign};
use crate::error::{Error, Source};
use crate::expand::{Expanded, Expander};
use crate::fences::{Fence, Openings, RenderedFences};
use crate::options::BlockOptions;
use crate::page::{LoaderPlacement, PageAssets, loader_tags};
use crate::page_blocks::PageBlocks;
use crate::rewrite::Rewritten;
use crate::syntax::fence;
use crate::template::Templates;

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

pub(crate) struct Settings {
    pub templates: Templates,
    pub markdown_options: Options,
    pub defaults: BlockOptions,
    pub loader: LoaderPlacement,
    pub base_url: String,
    pub loader_tags: String,
    pub colours: CodeColours,
}

/// What a host says of the page that it has rendered.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PageContext {
    /// The file's name as messages show it, such as `content/loops.md`.
    pub name: String,
    /// The line of the file at which the Markdown starts, from 1: more than 1 after front matter.
    pub first_line: usize,
    /// The page's defaults for the options of its blocks. They go before the site's.
    pub defaults: BlockOptions,
    /// Where the site's root is, as seen from this page: `..` for a page in a folder of a site
    /// that links relatively. The renderer's own when it is `None`.
    pub base_url: Option<String>,
    /// What templates of shortcodes see beside their arguments, such as `page` and `config`.
    pub variables: tera::Context,
}

impl PageContext {
    /// A page whose Markdown starts at the first line of its file.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            first_line: 1,
            defaults: BlockOptions::default(),
            base_url: None,
            variables: tera::Context::new(),
        }
    }
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
    /// [is an error](Error::is_error), the HTML is not what the author asked for.
    pub diagnostics: Vec<Error>,
}

impl Page {
    /// The page, if nothing in it is an error; otherwise all of what is wrong with it.
    pub fn into_result(self) -> std::result::Result<Page, Vec<Error>> {
        if self.diagnostics.iter().any(Error::is_error) {
            Err(self.diagnostics)
        } else {
            Ok(self)
        }
    }
}

impl Renderer {
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
    /// renderer has no template for stay as they are.
    ///
    /// ```
    /// use pyfence::{Dialect, PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let page = "- one {{ two() }}\n\n  ```pyodide\n  print('{}')\n  ```\n";
    /// let rewritten = renderer.rewrite_page(page, &PageContext::new("a.md"), Dialect::Shortcodes);
    /// assert!(rewritten.markdown.starts_with("- one {{ two() }}\n\n  <!---->"));
    /// assert!(!rewritten.markdown.contains("{}"));
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

    fn document<'a>(
        &'a self,
        markdown: &'a str,
        context: &'a PageContext,
        expand: impl FnOnce(Expander<'a, '_>) -> Expanded<'a>,
    ) -> Document<'a> {
        let reader = self
            .settings
            .reader(page_source(markdown, context), context);
        let expanded = expand(Expander {
            reader: &reader,
            templates: &self.settings.templates,
            markdown_options: self.settings.markdown_options,
            variables: &context.variables,
        });
        Document {
            settings: &self.settings,
            context,
            reader,
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
        let mut openings = Openings::default();
        let events: Vec<_> = events
            .into_iter()
            .map(|event| {
                let span = match &event {
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                        openings.add(info, None)
                    }
                    _ => 0..0,
                };
                (event, span)
            })
            .collect();
        let reader = self
            .settings
            .reader(openings.source(&context.name), context);
        let rendered = render_foreign(&self.settings, context, &reader, events.into_iter());
        Rendered {
            spans: Vec::new(),
            diagnostics: openings.relocated(rendered.diagnostics),
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
        let reader = self
            .settings
            .reader(page_source(markdown, context), context);
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
        let mut openings = Openings::default();
        let fences: Vec<_> = fences
            .into_iter()
            .map(|fence| (fence, openings.add(fence.info, fence.place)))
            .collect();
        let source = openings.source(&context.name);
        let reader = self.settings.reader(source, context);
        let mut diagnostics = Vec::new();
        let mut blocks = Vec::new();
        let indices: Vec<_> = fences
            .into_iter()
            .map(|(fence, span)| {
                let list = fence::options_of(fence.info)?;
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
        diagnostics.sort_by_key(|error| (error.line(), error.column()));
        RenderedFences {
            html,
            diagnostics: openings.relocated(diagnostics),
            assets: blocks.assets,
        }
    }

    /// The tags that load the runtime, for hosts that put them into all pages themselves: see
    /// [`LoaderPlacement::None`].
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

impl Settings {
    /// What reads the blocks of a page whose text is `source`.
    fn reader<'a>(&self, source: Source<'a>, context: &PageContext) -> BlockReader<'a> {
        BlockReader {
            source,
            defaults: context.defaults.clone().or(&self.defaults),
        }
    }

    /// Where the site's root is, as seen from a page.
    pub fn base_url_of<'a>(&'a self, context: &'a PageContext) -> &'a str {
        context.base_url.as_deref().unwrap_or(&self.base_url)
    }

    /// The loader tags of a page.
    pub fn loader_tags_of(&self, context: &PageContext) -> String {
        match &context.base_url {
            Some(base_url) => loader_tags(base_url),
            None => self.loader_tags.clone(),
        }
    }
}

fn page_source<'a>(markdown: &'a str, context: &'a PageContext) -> Source<'a> {
    Source {
        name: &context.name,
        text: markdown,
        first_line: context.first_line,
    }
}
