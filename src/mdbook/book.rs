//! A book: its settings, its chapters, and the runtime beside them.

use std::fs;
use std::path::Path;

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::errors::Result as MdbookResult;
use pulldown_cmark::Options;
use pyfence::{BlockOptions, Error, ErrorKind, LoaderPlacement, PageContext, Renderer};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::file_place::FilePlaces;
use crate::{assets, chapter};

/// The keys of a preprocessor's table that are mdBook's own.
const MDBOOK_KEYS: [&str; 6] = [
    "command",
    "before",
    "after",
    "renderer",
    "renderers",
    "optional",
];

/// Makes the blocks of a book; what comes back are warnings.
pub(crate) fn preprocess(
    context: &PreprocessorContext,
    book: &mut Book,
) -> Result<Vec<Error>, Vec<Error>> {
    let markdown_options = markdown_options(context);
    if context.renderer != "html" {
        book.for_each_chapter_mut(|page| {
            page.content = chapter::with_plain_fences(&page.content, markdown_options);
        });
        return Ok(Vec::new());
    }
    let renderer = renderer(context).map_err(|error| vec![error])?;
    let mut has_blocks = false;
    let mut diagnostics = Vec::new();
    book.for_each_chapter_mut(|page| {
        let fences = chapter::fences(&page.content, markdown_options);
        if fences.is_empty() {
            return;
        }
        has_blocks = true;
        let page_context = page_context(context, page);
        let places = FilePlaces::new(&page.content, file_of(context, page));
        let rendered =
            renderer.render_fences(fences.iter().map(|fence| fence.at(&places)), &page_context);
        diagnostics.extend(rendered.diagnostics);
        let blocks = rendered.html.iter().map(Option::as_deref);
        page.content = chapter::with_blocks(&page.content, &fences, blocks, rendered.assets.head());
    });
    if diagnostics.iter().any(Error::is_error) {
        return Err(diagnostics);
    }
    if has_blocks {
        let source = context.root.join(&context.config.book.src);
        assets::keep_in_step(&source).map_err(|error| vec![error])?;
    }
    Ok(diagnostics)
}

fn renderer(context: &PreprocessorContext) -> pyfence::Result<Renderer> {
    let table: MdbookResult<Option<Map<String, Value>>> =
        context.config.get("preprocessor.pyfence");
    let wrong = |message: String| Error::new(ErrorKind::Config, message).in_file("book.toml");
    let mut table = table
        .map_err(|error| wrong(format!("[preprocessor.pyfence] is no table: {error:#}")))?
        .unwrap_or_default();
    table.retain(|key, _| !MDBOOK_KEYS.contains(&key.as_str()));
    let defaults = BlockOptions::deserialize(Value::Object(table))
        .map_err(|error| wrong(format!("[preprocessor.pyfence]: {error}")))?;
    Renderer::builder()
        .defaults(defaults)
        .loader(LoaderPlacement::Head)
        .build()
}

/// The extensions of Markdown that mdBook parses with; those about quotes and dashes change
/// nothing here.
fn markdown_options(context: &PreprocessorContext) -> Options {
    let html = context.config.html_config().unwrap_or_default();
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_DEFINITION_LIST, html.definition_lists);
    options.set(Options::ENABLE_GFM, html.admonitions);
    options
}

fn page_context(context: &PreprocessorContext, page: &Chapter) -> PageContext {
    let path = page.source_path.as_deref().or(page.path.as_deref());
    let path = context
        .config
        .book
        .src
        .join(path.unwrap_or(Path::new(&page.name)));
    let mut page_context = PageContext::new(path.display().to_string());
    page_context.base_url = page.path.as_deref().map(root_from);
    page_context
}

/// The book's root as the page at `path` links to it: books are read at any address, so relative.
fn root_from(path: &Path) -> String {
    let depth = path.components().count().saturating_sub(1);
    match depth {
        0 => ".".to_owned(),
        depth => vec![".."; depth].join("/"),
    }
}

/// The chapter as its author wrote it: earlier preprocessors have changed what mdBook hands over.
fn file_of(context: &PreprocessorContext, page: &Chapter) -> Option<String> {
    let path = page.source_path.as_ref()?;
    fs::read_to_string(context.root.join(&context.config.book.src).join(path)).ok()
}
