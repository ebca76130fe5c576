//! A book: its settings, its chapters, and the runtime beside them.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::errors::Result as MdbookResult;
use pulldown_cmark::Options;
use pyfence::{BlockOptions, Error, ErrorKind, LoaderPlacement, PageContext, Renderer};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::assets::{Folders, keep_in_step, loader_tags};
use crate::chapter;
use crate::file_place::FilePlaces;

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
    let loader_tags = loader_tags();
    let mut folders = Folders::default();
    let mut diagnostics = Vec::new();
    book.for_each_chapter_mut(|page| {
        let folder = page.path.as_deref().and_then(Path::parent);
        folders.all.extend(folder.map(Path::to_owned));
        let fences = chapter::fences(&page.content, markdown_options);
        if fences.is_empty() {
            return;
        }
        let page_context = PageContext::new(name_of(context, page));
        let places = FilePlaces::new(&page.content, file_of(context, page));
        let rendered =
            renderer.render_fences(fences.iter().map(|fence| fence.at(&places)), &page_context);
        diagnostics.extend(rendered.diagnostics);
        let is_loading = rendered.assets.has_loader();
        if is_loading {
            folders.with_blocks.extend(folder.map(Path::to_owned));
        }
        let tags = if is_loading { &loader_tags } else { "" };
        let blocks = rendered.html.iter().map(Option::as_deref);
        page.content = chapter::with_blocks(&page.content, &fences, blocks, tags);
    });
    if diagnostics.iter().any(Error::is_error) {
        return Err(diagnostics);
    }
    keep_in_step(&source_of(context), &folders).map_err(|error| vec![error])?;
    diagnostics.extend(warning_of_404(context, markdown_options));
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

/// The chapter's file as messages name it.
fn name_of(context: &PreprocessorContext, page: &Chapter) -> String {
    let path = page.source_path.as_deref().or(page.path.as_deref());
    let path = path.unwrap_or(Path::new(&page.name));
    context.config.book.src.join(path).display().to_string()
}

/// The chapter as its author wrote it: earlier preprocessors have changed what mdBook hands over.
fn file_of(context: &PreprocessorContext, page: &Chapter) -> Option<String> {
    fs::read_to_string(source_of(context).join(page.source_path.as_ref()?)).ok()
}

fn source_of(context: &PreprocessorContext) -> PathBuf {
    context.root.join(&context.config.book.src)
}

/// The page for lost readers is no chapter: its fences stay code, which its author should hear.
fn warning_of_404(context: &PreprocessorContext, options: Options) -> Option<Error> {
    let html = context.config.html_config().unwrap_or_default();
    let name = html.input_404.unwrap_or_else(|| "404.md".to_owned());
    let text = fs::read_to_string(source_of(context).join(&name)).ok()?;
    let has_blocks = !chapter::fences(&text, options).is_empty();
    has_blocks.then(|| {
        let message = "mdBook hands this page to no preprocessor: its `pyodide` fences stay code";
        Error::warning(ErrorKind::Misplaced, message)
            .in_file(context.config.book.src.join(name).display().to_string())
    })
}
