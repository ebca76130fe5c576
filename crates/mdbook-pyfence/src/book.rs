//! A book: its settings, its chapters, and the runtime beside them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::errors::Result as MdbookResult;
use pulldown_cmark::Options;
use pyfence::{
    Assets, Dialect, Error, ErrorKind, Errors, Lock, PageContext, PageRecords, RecordFolder,
    Renderer, SiteSettings, with_line_feeds,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::assets::{Folders, keep_in_step, keep_pictures, loader_tags};
use crate::{chapter, file_lines};

/// Makes the blocks of a book; what comes back are warnings.
pub(crate) fn preprocess(context: &PreprocessorContext, book: &mut Book) -> Result<Errors, Errors> {
    let markdown_options = markdown_options(context);
    if context.renderer != "html" {
        book.for_each_chapter_mut(|page| {
            let content = with_line_feeds(&page.content);
            page.content = chapter::with_plain_fences(&content, markdown_options);
        });
        return Ok(Errors::new());
    }
    let settings = settings(context)?;
    let has_sources = settings.sources == Some(true);
    let renderer = renderer(context, settings, markdown_options)?;
    let records = RecordFolder::new(&context.root, &context.config.book.src);
    let mut folders = Folders::default();
    let mut diagnostics = Errors::new();
    book.for_each_chapter_mut(|page| {
        let folder = page.path.as_deref().and_then(Path::parent);
        folders.all.extend(folder.map(Path::to_owned));
        if !page.content.contains("pyodide") {
            return;
        }
        page.content = with_line_feeds(&page.content).into_owned();
        let mut page_context = PageContext::new(name_of(context, page));
        page_context.lines = file_lines::places(&page.content, file_of(context, page));
        page_context.source = has_sources.then(|| records.source_of(&page_context.name));
        match recorded(&records, &page_context.name, folder) {
            Ok(recorded) => page_context.records = recorded,
            Err(error) => diagnostics.extend([error]),
        }
        let rewritten = renderer.rewrite_page(&page.content, &page_context, Dialect::Markdown);
        diagnostics.extend(rewritten.diagnostics);
        let lacks_loader = !rewritten.assets.has_loader()
            && chapter::lacks_loader(&page.content, markdown_options);
        if rewritten.assets.has_loader() || lacks_loader {
            folders.with_blocks.extend(folder.map(Path::to_owned));
        }
        page.content = match lacks_loader {
            true => format!("{}\n\n{}", renderer.loader_tags(), rewritten.markdown),
            false => rewritten.markdown,
        };
    });
    let mut warnings = diagnostics.into_result()?;
    keep_in_step(&source_of(context), renderer.assets(), &folders)?;
    keep_pictures(&source_of(context), &records)?;
    warnings.extend(warning_of_404(context, &renderer));
    Ok(warnings)
}

/// What the blocks of a chapter showed when they were tested. mdBook moves a chapter's pictures with
/// it where they are named as seen from its folder.
fn recorded(
    records: &RecordFolder,
    name: &str,
    folder: Option<&Path>,
) -> pyfence::Result<Option<PageRecords>> {
    let depth = folder.map_or(0, |folder| folder.components().count());
    let address = format!("{}{}", "../".repeat(depth), records.pictures_of(name));
    let recorded = records.read(name)?;
    Ok(recorded.map(|recorded| recorded.with_pictures_at(address)))
}

/// What the book's configuration says of its blocks.
fn settings(context: &PreprocessorContext) -> pyfence::Result<SiteSettings> {
    let table: MdbookResult<Option<Map<String, Value>>> =
        context.config.get("preprocessor.pyfence");
    let wrong = |message: String| Error::new(ErrorKind::Config, message).in_file("book.toml");
    let mut table = table
        .map_err(|error| wrong(format!("[preprocessor.pyfence] is no table: {error:#}")))?
        .unwrap_or_default();
    table.retain(|key, _| !SiteSettings::KEYS_OF_MDBOOK.contains(&key.as_str()));
    SiteSettings::deserialize(Value::Object(table))
        .map_err(|error| wrong(format!("[preprocessor.pyfence]: {error}")))
}

fn renderer(
    context: &PreprocessorContext,
    settings: SiteSettings,
    markdown_options: Options,
) -> pyfence::Result<Renderer> {
    let html = context.config.html_config().unwrap_or_default();
    let hide = &html.code.hidelines;
    // A block's language is `pyodide` to mdBook, and Python to its author.
    let prefix = hide.get("pyodide").or(hide.get("python"));
    let lock = lock_of(context)?;
    let offline = settings.offline;
    let assets =
        Assets::of_site(lock.as_ref(), offline).map_err(|error| error.in_file("book.toml"))?;
    let language = context.config.book.language.as_deref();
    let builder = Renderer::builder()
        .language(language.unwrap_or("en"))
        .hidden_line_prefix(prefix.cloned().unwrap_or_default())
        .hidelines(true)
        .stock_fences_stay_code("mdBook drops its options", "write a `pyodide` fence")
        .defaults(settings.defaults)
        .offline(offline)
        .markdown_options(markdown_options)
        .loader_tags(loader_tags(&assets));
    match lock {
        Some(lock) => builder.lock(lock).build(),
        None => builder.build(),
    }
}

/// The book's lock, if it has one, with all of its files: they lie in the book's source.
fn lock_of(context: &PreprocessorContext) -> pyfence::Result<Option<Lock>> {
    let file = context.root.join(Lock::FILE_NAME);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::unreadable(&file, error)),
    };
    let lock = Lock::read(Lock::FILE_NAME, &text)?;
    let source = source_of(context);
    lock.check_files(&|path| source.join(path).is_file())?;
    Ok(Some(lock))
}

/// The extensions of Markdown that mdBook parses with; those about quotes and dashes change
/// nothing here.
fn markdown_options(context: &PreprocessorContext) -> Options {
    let html = context.config.html_config().unwrap_or_default();
    Renderer::markdown_options_of_mdbook(html.definition_lists, html.admonitions)
}

/// The chapter's file as messages name it.
fn name_of(context: &PreprocessorContext, page: &Chapter) -> String {
    let path = page.source_path.as_deref().or(page.path.as_deref());
    let path = path.unwrap_or(Path::new(&page.name));
    context.config.book.src.join(path).display().to_string()
}

/// The chapter as its author wrote it: earlier preprocessors have changed what mdBook hands over.
fn file_of(context: &PreprocessorContext, page: &Chapter) -> Option<String> {
    let file = source_of(context).join(page.source_path.as_ref()?);
    let text = fs::read_to_string(file).ok()?;
    Some(with_line_feeds(&text).into_owned())
}

fn source_of(context: &PreprocessorContext) -> PathBuf {
    context.root.join(&context.config.book.src)
}

/// The page for lost readers is no chapter: its fences stay code, which its author should hear.
fn warning_of_404(context: &PreprocessorContext, renderer: &Renderer) -> Option<Error> {
    let html = context.config.html_config().unwrap_or_default();
    let name = html.input_404.unwrap_or_else(|| "404.md".to_owned());
    let text = fs::read_to_string(source_of(context).join(&name)).ok()?;
    let page = renderer.rewrite_page(&text, &PageContext::new(&name), Dialect::Markdown);
    (page.assets.blocks() > 0).then(|| {
        let message = "mdBook hands this page to no preprocessor: its `pyodide` fences stay code";
        Error::warning(ErrorKind::Misplaced, message)
            .in_file(context.config.book.src.join(name).display().to_string())
    })
}
