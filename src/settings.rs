//! What a [`Renderer`](crate::Renderer) was built with.

use pulldown_cmark::{Options, Parser, html};

use crate::block::Block;
use crate::block::options::BlockOptions;
use crate::block::read::BlockReader;
use crate::error::Source;
use crate::html::static_code::CodeColours;
use crate::html::templates::Templates;
use crate::lock::Lock;
use crate::page::context::PageContext;
use crate::page::loader::{LoaderPlacement, loader_tags};
use crate::page::{heading_attributes, nesting};
use crate::runtime_files::{Assets, Manifest};
use crate::syntax::line_ends::with_line_feeds;

#[derive(Clone)]
pub(crate) struct Settings {
    pub templates: Templates,
    pub markdown_options: Options,
    pub defaults: BlockOptions,
    pub loader: LoaderPlacement,
    pub base_url: String,
    pub language: String,
    pub loader_tags: String,
    pub lock: Option<Lock>,
    /// The runtime's files, where they aren't those that are shipped.
    pub assets: Option<Assets>,
    pub colours: CodeColours,
    pub hidden_line_prefix: Option<String>,
    pub reads_hidelines: bool,
    /// Why ordinary fences stay code, and what to do about it.
    pub stock_fences_stay_code: Option<(String, String)>,
}

impl Settings {
    /// The runtime's files.
    pub fn assets(&self) -> &Assets {
        self.assets.as_ref().unwrap_or(Assets::shipped())
    }

    /// The version of Pyodide that a page gets when no block says otherwise.
    pub fn pyodide_version(&self) -> &str {
        match &self.lock {
            Some(lock) => &lock.pyodide,
            None => Manifest::shipped().pyodide_version(),
        }
    }

    /// What reads the blocks of a page whose text is `source`.
    pub fn reader<'a>(&'a self, source: Source<'a>, context: &PageContext) -> BlockReader<'a> {
        BlockReader {
            source,
            defaults: context.defaults.clone().or(&self.defaults),
            hidden_line_prefix: self.hidden_line_prefix.as_deref(),
            reads_hidelines: self.reads_hidelines,
            stock_fences_stay_code: self.stock_fences_stay_code.as_ref(),
        }
    }

    /// Where the site's root is, as seen from a page.
    pub fn base_url_of<'a>(&'a self, context: &'a PageContext) -> &'a str {
        context.base_url.as_deref().unwrap_or(&self.base_url)
    }

    /// The language of a page.
    pub fn language_of<'a>(&'a self, context: &'a PageContext) -> &'a str {
        context.language.as_deref().unwrap_or(&self.language)
    }

    /// The loader tags of a page.
    pub fn loader_tags_of(&self, context: &PageContext) -> String {
        match &context.base_url {
            Some(base_url) => loader_tags(base_url, self.assets()),
            None => self.loader_tags.clone(),
        }
    }

    /// What is in a block, as HTML: coloured code, or the text of a hint.
    pub fn html_of(&self, block: &Block) -> String {
        if !block.is_text() {
            return self.colours.python(&block.code);
        }
        let mut text = String::new();
        let code = with_line_feeds(&block.code);
        let (code, _) = nesting::bounded(code, self.markdown_options);
        let code = heading_attributes::at_the_margin(code, self.markdown_options);
        html::push_html(&mut text, Parser::new_ext(&code, self.markdown_options));
        text
    }
}
