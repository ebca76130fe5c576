//! Content files: their front matter stays byte for byte, their Markdown is rewritten.

use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result, Source};
use crate::renderer::{PageContext, Renderer};
use crate::rewrite::Rewritten;

use super::front_matter::FrontMatter;
use super::settings::Settings;
use super::shortcodes::Shortcodes;
use super::values::SiteValues;

/// What makes a block of an ordinary fence, in the page.
const STOCK_WORD: &str = "pyodide=";

/// What the pages of a site are rewritten with.
pub(super) struct Pages {
    renderer: Renderer,
    dialect: Dialect,
    markdown_options: Options,
    /// Whether ordinary fences keep their options.
    keeps_fence_options: bool,
    /// What the shortcodes that pyfence expands see of the site, if there are any.
    values: Option<SiteValues>,
    /// Shortcodes that can't be expanded: that matters only where one is called.
    pub warnings: Vec<Error>,
}

impl Pages {
    /// For the site in the folder `root`, to be read by a Zola of this dialect.
    pub fn new(root: &Path, settings: &Settings, dialect: Dialect) -> Result<Self> {
        let shortcodes = match dialect {
            Dialect::Shortcodes => Shortcodes::none(settings),
            Dialect::Templates => Shortcodes::of_site(root, settings)?,
        };
        let renderer = Renderer::builder()
            .base_url(&settings.base_url)
            .markdown_options(settings.markdown_options())
            .defaults(settings.defaults().clone())
            .templates(shortcodes.tera)
            .build()?;
        Ok(Self {
            renderer,
            dialect,
            markdown_options: settings.markdown_options(),
            keeps_fence_options: settings.has_highlighting(),
            values: shortcodes.any.then(|| SiteValues::new(settings)),
            warnings: shortcodes.warnings,
        })
    }

    /// Whether `name` is a shortcode that can't be read: Zola would fail over it, called or not.
    pub fn leave_out(&self, name: &Path) -> bool {
        let name = name.to_str();
        name.is_some() && self.warnings.iter().any(|warning| warning.file() == name)
    }

    /// The file `name` with `text`, its blocks as HTML; `None` if nothing in it can be a block.
    pub fn rewrite(&self, name: &str, text: &str) -> Result<Option<Rewritten>> {
        let may_call = self.values.is_some() && (text.contains("{{") || text.contains("{%"));
        if !may_call && !text.contains("pyodide") {
            return Ok(None);
        }
        let front_matter = FrontMatter::read(name, text)?;
        let (untouched, markdown) = text.split_at(front_matter.end);
        let mut context = PageContext::new(name);
        context.first_line = 1 + untouched.matches('\n').count();
        context.defaults = front_matter.blocks;
        if let Some(values) = &self.values {
            context.variables = values.of_page(name, &front_matter.stated);
        }
        let mut rewritten = self.renderer.rewrite_page(markdown, &context, self.dialect);
        rewritten.markdown.insert_str(0, untouched);
        let mut source = Source::new(name, markdown);
        source.first_line = context.first_line;
        rewritten.diagnostics.extend(self.lost_fences(&source));
        Ok(Some(rewritten))
    }

    /// Warnings of ordinary fences that ask to be blocks, and will be code.
    fn lost_fences(&self, source: &Source<'_>) -> Vec<Error> {
        if self.keeps_fence_options || !source.text.contains(STOCK_WORD) {
            return Vec::new();
        }
        let events = Parser::new_ext(source.text, self.markdown_options).into_offset_iter();
        let lost = events.filter_map(|(event, span)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => info
                .split(',')
                .any(|word| word.trim().starts_with(STOCK_WORD))
                .then_some(span),
            _ => None,
        });
        let warning = |span| {
            let message = "this fence stays code: without a theme for code, Zola drops its options";
            Error::warning(ErrorKind::Content, message)
                .at(source, span)
                .help("state a `theme` in `[markdown.highlighting]`, or write a `pyodide` fence")
        };
        lost.map(warning).collect()
    }
}
