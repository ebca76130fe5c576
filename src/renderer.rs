//! The facade: Markdown in, HTML with blocks out.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, html};

use crate::block::Block;
use crate::block_reader::BlockReader;
use crate::code::python_html;
use crate::error::{Error, ErrorKind, Result, Source};
use crate::expand::{Expanded, Expander};
use crate::markdown::{Item, Pass, Placed};
use crate::options::BlockOptions;
use crate::page::{PageAssets, loader_tags};
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
    settings: Arc<Settings>,
}

struct Settings {
    templates: Templates,
    markdown_options: Options,
    defaults: BlockOptions,
    loader_tags: String,
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

/// Settings of a [`Renderer`] to be.
pub struct RendererBuilder {
    base_url: String,
    defaults: BlockOptions,
    markdown_options: Options,
    tera: Option<tera::Tera>,
    shortcodes: Vec<(String, String)>,
}

impl RendererBuilder {
    /// Where the site is published: the runtime lies below it. An address
    /// (`https://example.org/docs`), a path (`/docs`) or nothing, with or without a slash at its
    /// end.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into().trim_end_matches('/').to_owned();
        self
    }

    /// The site's defaults for the options of blocks.
    #[must_use]
    pub fn defaults(mut self, options: BlockOptions) -> Self {
        self.defaults = options;
        self
    }

    /// The extensions of Markdown that the site uses: by default those that Zola has on.
    #[must_use]
    pub fn markdown_options(mut self, options: Options) -> Self {
        self.markdown_options = options;
        self
    }

    /// The host's own templates. Each one named `shortcodes/NAME.html` or `shortcodes/NAME.md` is
    /// a shortcode; filters and functions registered there work in them.
    #[must_use]
    pub fn templates(mut self, tera: tera::Tera) -> Self {
        self.tera = Some(tera);
        self
    }

    /// Adds a shortcode: a file name such as `note.html` or `note.md`, and its template.
    #[must_use]
    pub fn shortcode(mut self, file_name: &str, template: impl Into<String>) -> Self {
        let name = format!("shortcodes/{file_name}");
        self.shortcodes.push((name, template.into()));
        self
    }

    /// Makes the renderer.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Template`] when a shortcode's template doesn't parse.
    pub fn build(self) -> Result<Renderer> {
        let markdown_options = self.markdown_options;
        let tera = self.tera;
        let mut tera = tera.unwrap_or_else(|| Templates::bare_tera(markdown_options));
        tera.add_raw_templates(self.shortcodes).map_err(|error| {
            Error::new(ErrorKind::Template, "a shortcode's template failed").help(error.to_string())
        })?;
        Ok(Renderer {
            settings: Arc::new(Settings {
                templates: Templates::new(tera),
                markdown_options,
                defaults: self.defaults,
                loader_tags: loader_tags(&self.base_url),
            }),
        })
    }
}

impl Renderer {
    /// A renderer with Zola's Markdown extensions, for a site at the root of its host.
    pub fn builder() -> RendererBuilder {
        RendererBuilder {
            base_url: String::new(),
            defaults: BlockOptions::default(),
            markdown_options: zola_markdown_options(),
            tera: None,
            shortcodes: Vec::new(),
        }
    }

    /// Renders a page. It never fails as a whole: mistakes of the author are in
    /// [`Page::diagnostics`].
    pub fn render_page(&self, markdown: &str, context: &PageContext) -> Page {
        let document = self.parse(markdown, context);
        let Rendered {
            events,
            assets,
            diagnostics,
            ..
        } = document.render();
        let mut rendered = String::with_capacity(markdown.len() * 2);
        html::push_html(&mut rendered, events.into_iter());
        Page {
            html: rendered,
            assets,
            diagnostics,
        }
    }

    /// Expands the shortcodes of a page, for hosts that render its events themselves.
    pub fn parse<'a>(&'a self, markdown: &'a str, context: &'a PageContext) -> Document<'a> {
        let reader = BlockReader {
            source: Source {
                name: &context.name,
                text: markdown,
                first_line: context.first_line,
            },
            defaults: context.defaults.clone().or(&self.settings.defaults),
        };
        let expanded = Expander {
            reader: &reader,
            templates: &self.settings.templates,
            markdown_options: self.settings.markdown_options,
            variables: &context.variables,
        }
        .expand();
        Document {
            settings: &self.settings,
            reader,
            expanded,
        }
    }
}

/// A page whose shortcodes are expanded and whose events are not yet read.
///
/// For hosts that change the events before they become HTML: links, heading ids, a table of
/// contents.
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
    settings: &'a Settings,
    reader: BlockReader<'a>,
    expanded: Expanded<'a>,
}

/// The events of a page.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rendered<'e> {
    /// Blocks and the output of shortcodes are [`Event::Html`]; all else is as pulldown-cmark
    /// gives it.
    pub events: Vec<Event<'e>>,
    /// For each event, the bytes of the page's Markdown that it comes from.
    pub spans: Vec<Range<usize>>,
    /// What the page needs of the runtime.
    pub assets: PageAssets,
    /// All that is wrong with the page, in the order of its lines.
    pub diagnostics: Vec<Error>,
}

impl Document<'_> {
    /// Reads the events and renders the blocks among them.
    pub fn render(&self) -> Rendered<'_> {
        let expanded = &self.expanded;
        let parser = Parser::new_ext(&expanded.text, self.settings.markdown_options);
        let passed =
            Pass::new(&self.reader, &expanded.gaps, &expanded.map).run(parser.into_offset_iter());

        let mut diagnostics = expanded.errors.clone();
        diagnostics.extend(passed.errors);
        let mut blocks = passed.blocks;
        let assets = PageAssets::of(&mut blocks, &self.reader.source, &mut diagnostics);

        let mut events = Vec::with_capacity(passed.items.len());
        let mut spans = Vec::with_capacity(passed.items.len());
        for Placed { item, span } in passed.items {
            spans.push(span);
            events.push(match item {
                Item::Event(event) => event,
                Item::Html(html) => Event::Html(html.into()),
                Item::Block(index) => {
                    let loader = assets.is_carrier(index);
                    let html = self.render_block(&blocks[index], loader, &mut diagnostics);
                    Event::Html(html.into())
                }
            });
        }
        diagnostics.sort_by_key(|error| (error.line(), error.column()));
        Rendered {
            events,
            spans,
            assets,
            diagnostics,
        }
    }

    fn render_block(&self, block: &Block, carries: bool, diagnostics: &mut Vec<Error>) -> String {
        let code = python_html(&block.code);
        let loader = if carries {
            &self.settings.loader_tags
        } else {
            ""
        };
        match self.settings.templates.render_block(block, &code, loader) {
            Ok(html) => html,
            Err(error) => {
                diagnostics.push(error.at(&self.reader.source, block.opening.clone()));
                // The reader can still read the code.
                format!("<pre><code>{code}</code></pre>\n")
            }
        }
    }
}

/// The extensions that Zola turns on without being asked.
fn zola_markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}
