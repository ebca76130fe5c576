//! The settings of a renderer.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use pulldown_cmark::Options;

use crate::block::options::BlockOptions;
use crate::error::{Error, ErrorKind, Result};
use crate::html::shortcode_folder;
use crate::html::static_code::CodeColours;
use crate::html::templates::{Templates, template_of_file};
use crate::lock::Lock;
use crate::page::loader::{LoaderPlacement, loader_tags};
use crate::renderer::Renderer;
use crate::runtime_files::Assets;
use crate::settings::Settings;

/// Settings of a [`Renderer`] to be: see [`Renderer::builder`].
///
/// ```
/// use pyfence::{BlockOptions, LoaderPlacement, PageContext, Renderer};
///
/// let defaults: BlockOptions = toml::from_str("linenumbers = true").unwrap();
/// let renderer = Renderer::builder()
///     .base_url("/docs")
///     .loader(LoaderPlacement::Head)
///     .defaults(defaults)
///     .build()?;
/// let page = renderer.render_page("```pyodide\n1\n```\n", &PageContext::new("a.md"));
/// assert!(page.html.contains("linenumbers"));
/// assert!(page.assets.head().contains("src=\"/docs/pyfence/"));
/// # Ok::<(), pyfence::Error>(())
/// ```
pub struct RendererBuilder {
    base_url: String,
    language: String,
    loader: LoaderPlacement,
    loader_tags: Option<String>,
    defaults: BlockOptions,
    markdown_options: Options,
    tera: Option<tera::Tera>,
    shortcodes: Vec<(String, String)>,
    colours: CodeColours,
    hidden_line_prefix: Option<String>,
    reads_hidelines: bool,
    stock_fences_stay_code: Option<(String, String)>,
    lock: Option<Lock>,
    offline: Option<bool>,
}

impl RendererBuilder {
    pub(crate) fn new() -> Self {
        Self {
            base_url: String::new(),
            language: "en".to_owned(),
            loader: LoaderPlacement::default(),
            loader_tags: None,
            defaults: BlockOptions::default(),
            markdown_options: Renderer::MARKDOWN_OPTIONS,
            tera: None,
            shortcodes: Vec::new(),
            colours: CodeColours::default(),
            hidden_line_prefix: None,
            reads_hidelines: false,
            stock_fences_stay_code: None,
            lock: None,
            offline: None,
        }
    }

    /// Where the site is published: the runtime lies below it. An address
    /// (`https://example.org/docs`), a path (`/docs`) or nothing, with or without a slash at its
    /// end. Where pages link relatively, each says its own: [`PageContext::base_url`].
    ///
    /// [`PageContext::base_url`]: crate::PageContext::base_url
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// The language of the site's pages, as in `<html lang>`: what a hint and a solution are called
    /// without JavaScript is in it, where the runtime knows it. English by default; where pages have
    /// several languages, each says its own: [`PageContext::language`].
    ///
    /// ```
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().language("de").build()?;
    /// let exercise = "```pyodide exercise=a\n```\n\n```pyodide check=a\n```\n\n```pyodide hint=a\nSo.\n```\n";
    /// let page = renderer.render_page(exercise, &PageContext::new("a.md"));
    /// assert!(page.html.contains("<summary>Tipp</summary>"));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    ///
    /// [`PageContext::language`]: crate::PageContext::language
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = language.into();
        self
    }

    /// Where a page's loader tags stand: by default before its first block that may carry them.
    #[must_use]
    pub fn loader(mut self, placement: LoaderPlacement) -> Self {
        self.loader = placement;
        self
    }

    /// The host's own loader tags, for a site that doesn't have the runtime's files below its base
    /// URL. A page with a [`PageContext::base_url`](crate::PageContext::base_url) of its own has
    /// the usual ones.
    #[must_use]
    pub fn loader_tags(mut self, html: impl Into<String>) -> Self {
        self.loader_tags = Some(html.into());
        self
    }

    /// The site's defaults for the options of blocks.
    #[must_use]
    pub fn defaults(mut self, options: BlockOptions) -> Self {
        self.defaults = options;
        self
    }

    /// The extensions of Markdown that the site uses: by default
    /// [`Renderer::MARKDOWN_OPTIONS`].
    #[must_use]
    pub fn markdown_options(mut self, options: Options) -> Self {
        self.markdown_options = options;
        self
    }

    /// The host's own highlighter: Python code in, HTML out. The text of the HTML has to be the
    /// code, byte for byte; whatever classes it has are fine.
    #[must_use]
    pub fn highlighter(
        mut self,
        highlight: impl Fn(&str) -> String + Send + Sync + 'static,
    ) -> Self {
        self.colours = CodeColours::by(highlight);
        self
    }

    /// What lines of code start with that run with the rest and aren't shown, as books of mdBook
    /// have them; a reader who edits sees them. None by default.
    ///
    /// ```
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().hidden_line_prefix("~").build()?;
    /// let page = renderer.render_page("```pyodide\n~x = 1\nx\n```\n", &PageContext::new("a.md"));
    /// assert!(page.html.contains("<span hidden>x = <c-n>1</c-n>\n</span>x</code>"));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    #[must_use]
    pub fn hidden_line_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.hidden_line_prefix = Some(prefix.into()).filter(|prefix| !prefix.is_empty());
        self
    }

    /// Whether a fence may name that itself by `hidelines`, as in books of mdBook. Off by default.
    ///
    /// ```
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().hidelines(true).build()?;
    /// let fence = "```pyodide hidelines=~\n~x = 1\nx\n```\n";
    /// let page = renderer.render_page(fence, &PageContext::new("a.md"));
    /// assert!(page.html.contains("<span hidden>x = <c-n>1</c-n>\n</span>x</code>"));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    #[must_use]
    pub fn hidelines(mut self, are_read: bool) -> Self {
        self.reads_hidelines = are_read;
        self
    }

    /// Says that the generator drops what an ordinary fence states, such as
    /// `` ```python,pyodide=run ``: such a fence stays code, and a warning says why and what to do.
    #[must_use]
    pub fn stock_fences_stay_code(
        mut self,
        why: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        self.stock_fences_stay_code = Some((why.into(), help.into()));
        self
    }

    /// The site's lock: pages load what it names, and a block that asks by its options for
    /// something else is an error. The host publishes [`Renderer::assets`], and the files of the
    /// lock below the same root.
    #[must_use]
    pub fn lock(mut self, lock: Lock) -> Self {
        self.lock = Some(lock);
        self
    }

    /// Whether the site's blocks run without a network after a first visit: [`Renderer::assets`]
    /// has a service worker then, at the root of the site. `false` ends the one that readers of an
    /// earlier edition have. What is kept in the browser is what the [lock](Self::lock) names.
    ///
    /// ```
    /// use pyfence::Renderer;
    ///
    /// let error = Renderer::builder().offline(true).build().unwrap_err();
    /// assert!(error.to_string().contains("needs a lock"));
    ///
    /// let ended = Renderer::builder().offline(false).build()?;
    /// assert!(ended.assets().files().any(|file| file.path() == "pyfence-offline.js"));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    #[must_use]
    pub fn offline(mut self, offline: impl Into<Option<bool>>) -> Self {
        self.offline = offline.into();
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
        self.shortcodes
            .push((template_of_file(file_name), template.into()));
        self
    }

    /// Adds the shortcodes of a folder: each file NAME.html or NAME.md in it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] with the file or folder that can't be read.
    pub fn shortcodes_in(mut self, folder: impl AsRef<Path>) -> Result<Self> {
        self.shortcodes
            .extend(shortcode_folder::read(folder.as_ref())?);
        Ok(self)
    }

    /// Makes the renderer.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Template`] when a shortcode's template doesn't parse, [`ErrorKind::Config`] when
    /// a site without a lock is to run [offline](Self::offline).
    pub fn build(self) -> Result<Renderer> {
        let markdown_options = self.markdown_options;
        let tera = self.tera;
        let mut tera = tera.unwrap_or_else(|| Templates::bare_tera(markdown_options));
        tera.add_raw_templates(self.shortcodes).map_err(|error| {
            Error::new(ErrorKind::Template, "a shortcode's template failed").caused_by(error)
        })?;
        let lock = self.lock;
        let assets = match (&lock, self.offline) {
            (None, None) => None,
            (lock, offline) => Some(Assets::of_site(lock.as_ref(), offline)?),
        };
        let loader_tags = self.loader_tags.unwrap_or_else(|| {
            loader_tags(&self.base_url, assets.as_ref().unwrap_or(Assets::shipped()))
        });
        Ok(Renderer {
            settings: Arc::new(Settings {
                templates: Templates::new(tera),
                markdown_options,
                defaults: self.defaults,
                loader: self.loader,
                loader_tags,
                base_url: self.base_url,
                language: self.language,
                colours: self.colours,
                hidden_line_prefix: self.hidden_line_prefix,
                reads_hidelines: self.reads_hidelines,
                stock_fences_stay_code: self.stock_fences_stay_code,
                lock,
                assets,
            }),
        })
    }
}

impl fmt::Debug for RendererBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RendererBuilder")
            .field("base_url", &self.base_url)
            .field("language", &self.language)
            .field("loader", &self.loader)
            .field("defaults", &self.defaults)
            .field("markdown_options", &self.markdown_options)
            .finish_non_exhaustive()
    }
}
