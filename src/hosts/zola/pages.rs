//! Content files: their front matter stays byte for byte, their Markdown is rewritten.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::error::{Errors, Result, shown};
use crate::lock::Lock;
use crate::page::code::PageCode;
use crate::page::context::PageContext;
use crate::page::dialect::Dialect;
use crate::page::rewrite::Rewritten;
use crate::records::RecordFolder;
use crate::renderer::Renderer;
use crate::runtime_files::Assets;
use crate::syntax::shortcode;

use super::find_zola::Zola;
use super::languages::Languages;
use super::page_settings::PageSettings;
use super::shortcode_variables::SiteValues;
use super::shortcodes::Shortcodes;
use super::skipped::Skipped;
use super::stage_options::StageOptions;
use super::stage_settings::Settings;

/// What the pages of a site are rewritten with.
pub(super) struct Pages {
    renderer: Renderer,
    /// Who reads them: asked what it reads in them, if that matters.
    zola: Zola,
    languages: Languages,
    /// The site's folder as its author named it.
    named_root: PathBuf,
    /// What the shortcodes that pyfence expands see of the site, if there are any.
    values: Option<SiteValues>,
    pub records: RecordFolder,
    /// Whether blocks say where they stand.
    sources: bool,
    pub skipped: Skipped,
    /// Whether drafts are part of the site.
    with_drafts: bool,
    /// Shortcodes that can't be expanded: that matters only where one is called.
    pub warnings: Errors,
}

impl Pages {
    /// For the site in a folder, which was named so, to be read by this Zola. Sections in `drafts` are passed over.
    pub fn new(
        (root, named_root): (&Path, &Path),
        settings: &Settings,
        zola: &Zola,
        options: &StageOptions,
        lock: Option<Lock>,
        drafts: BTreeSet<PathBuf>,
    ) -> Result<Self> {
        let expands =
            Shortcodes::may_be_in(root, settings) && zola.dialect()? == Dialect::Templates;
        let shortcodes = match expands {
            true => Shortcodes::of_site(root, settings)?,
            false => Shortcodes::none(settings),
        };
        let offline = settings.offline().filter(|_| !options.ignores_lock);
        let renderer = Renderer::builder()
            .base_url(&settings.base_url)
            .markdown_options(settings.markdown_options())
            .defaults(settings.defaults().clone())
            .offline(offline)
            .templates(shortcodes.tera);
        let renderer = match settings.has_highlighting() {
            true => renderer,
            false => renderer.stock_fences_stay_code(
                "without a theme for code, Zola drops its options",
                "state a `theme` in `[markdown.highlighting]`, or write a `pyodide` fence",
            ),
        };
        let renderer = match lock {
            Some(lock) => renderer.lock(lock).build()?,
            None => renderer.build()?,
        };
        Ok(Self {
            renderer,
            zola: zola.clone(),
            languages: Languages::of_site(settings),
            values: shortcodes.any.then(|| SiteValues::new(settings)),
            named_root: named_root.to_owned(),
            records: RecordFolder::new(named_root, "content"),
            sources: options.sources || settings.sources(),
            skipped: Skipped::new(&settings.ignored_content, drafts)?,
            with_drafts: options.drafts,
            warnings: shortcodes.warnings,
        })
    }

    /// The runtime's files for these pages.
    pub fn assets(&self) -> &Assets {
        self.renderer.assets()
    }

    /// The tags that load them.
    pub fn loader_tags(&self) -> &str {
        self.renderer.loader_tags()
    }

    /// Whether `name` is a shortcode that can't be read: Zola would fail over it, called or not.
    pub fn leave_out(&self, name: &Path) -> bool {
        let name = name.to_str();
        name.is_some() && self.warnings.iter().any(|warning| warning.file() == name)
    }

    /// The file `name` with `text`, its blocks as HTML; `None` if nothing in it can be a block.
    pub fn rewrite(&self, name: &str, text: &str) -> Result<Option<Rewritten>> {
        if !self.may_have_blocks(text) {
            return Ok(None);
        }
        let (context, start) = self.context(name, text)?;
        let (untouched, markdown) = text.split_at(start);
        let dialect = self.dialect_of(markdown)?;
        let mut rewritten = self.renderer.rewrite_page(markdown, &context, dialect);
        rewritten.markdown.insert_str(0, untouched);
        Ok(Some(rewritten))
    }

    /// The blocks of the file as their author wrote them.
    pub fn code(&self, name: &str, text: &str) -> Result<Option<PageCode>> {
        if !self.may_have_blocks(text) {
            return Ok(None);
        }
        let (context, start) = self.context(name, text)?;
        let markdown = &text[start..];
        let dialect = self.dialect_of(markdown)?;
        Ok(Some(self.renderer.page_code(markdown, &context, dialect)))
    }

    /// What Zola reads in this Markdown. Without a call in it, all versions read the same.
    fn dialect_of(&self, markdown: &str) -> Result<Dialect> {
        match shortcode::may_be_in(markdown) {
            true => self.zola.dialect(),
            false => Ok(Dialect::Markdown),
        }
    }

    fn may_have_blocks(&self, text: &str) -> bool {
        let may_call = self.values.is_some() && shortcode::may_be_in(text);
        let is_skipped = || !self.with_drafts && PageSettings::states_draft(text);
        (may_call || text.contains("pyodide")) && !is_skipped()
    }

    /// What is known of the file, and where its Markdown starts.
    fn context(&self, name: &str, text: &str) -> Result<(PageContext, usize)> {
        let file = shown(&self.named_root.join(name));
        let settings = PageSettings::read(&file, text)?;
        let mut context = PageContext::new(&file);
        context.first_line = 1 + text[..settings.markdown_start].matches('\n').count();
        context.defaults = settings.blocks;
        context.records = self.records.read(&file)?;
        context.source = self.sources.then(|| self.records.source_of(&file));
        let stem = Path::new(name).file_stem().and_then(OsStr::to_str);
        let (_, language) = self.languages.split(stem.unwrap_or_default());
        context.language = Some(language.to_owned());
        if let Some(values) = &self.values {
            context.variables = values.of_page(name, &settings.stated);
        }
        Ok((context, settings.markdown_start))
    }
}
