//! Markdown files, and the chapters of a book.

use std::fs;
use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Parser, Tag};
use pyfence::vendor::{Sources, Vendor};
use pyfence::{
    Dialect, Error, ErrorKind, Errors, Lock, PageCode, PageContext, RecordFolder, Renderer,
    SiteSettings, with_line_feeds,
};

use super::includes::Chapter;
use super::{Collected, count};
use crate::Failure;

pub(crate) fn code(files: &[PathBuf]) -> Result<Collected, Failure> {
    let mut code = Vec::new();
    let mut found = Errors::new();
    for file in files {
        match file.is_dir() {
            true => {
                book(file, lock_of_book(file)?, &mut code, &mut found)?;
            }
            false => {
                let renderer = Renderer::builder().build()?;
                code.push(page(file, &renderer, &mut found)?);
            }
        }
    }
    let what = count(code.len(), "file");
    Ok((code, found, what))
}

/// What the configuration of the book in a folder says.
fn settings_of(folder: &Path) -> Result<toml::Table, Error> {
    let file = folder.join("book.toml");
    let text = fs::read_to_string(&file).map_err(|error| {
        Error::unreadable(&file, error)
            .help("a folder named here is a book's; `--root` names the folder of a site")
    })?;
    let wrong = |error: toml::de::Error| {
        Error::new(ErrorKind::Config, "this is no configuration of a book")
            .in_file(file.display().to_string())
            .caused_by(error.message().to_owned())
    };
    text.parse().map_err(wrong)
}

/// The folder of the chapters of the book in a folder.
pub(crate) fn chapters_of_book(folder: &Path) -> Result<PathBuf, Error> {
    Ok(folder.join(source_of_book(&settings_of(folder)?)))
}

/// Where the book in a folder has its records.
pub(crate) fn records_of_book(folder: &Path) -> Result<RecordFolder, Error> {
    let source = source_of_book(&settings_of(folder)?);
    Ok(RecordFolder::new(folder, source))
}

fn source_of_book(settings: &toml::Table) -> PathBuf {
    let source = settings.get("book").and_then(|book| book.get("src"));
    source.and_then(toml::Value::as_str).unwrap_or("src").into()
}

/// Whether the book in a folder is one whose blocks pyfence makes.
pub(crate) fn has_preprocessor(folder: &Path) -> Result<bool, Error> {
    let settings = settings_of(folder)?;
    let preprocessors = settings.get("preprocessor");
    Ok(preprocessors.is_some_and(|table| table.get("pyfence").is_some()))
}

/// The chapters of the book in a folder, with what mdBook includes in them, and where their records
/// are; with the lock, a block that asks for something else is an error.
pub(crate) fn book(
    folder: &Path,
    lock: Option<Lock>,
    code: &mut Vec<PageCode>,
    found: &mut Errors,
) -> Result<RecordFolder, Failure> {
    let settings = settings_of(folder)?;
    let source = source_of_book(&settings);
    let records = RecordFolder::new(folder, &source);
    let renderer = renderer_of_book(&settings, lock)?;
    for file in chapters(&folder.join(source))? {
        let chapter = Chapter::read(&file)?;
        let mut context = PageContext::new(file.display().to_string());
        context.records = records.read(&context.name)?;
        context.lines = chapter.lines;
        found.extend(chapter.unread);
        // As `mdbook-pyfence` does: nothing in a book is a call.
        let dialect = Dialect::Markdown;
        let rewritten = renderer.rewrite_page(&chapter.text, &context, dialect);
        found.extend(rewritten.diagnostics);
        code.push(renderer.page_code(&chapter.text, &context, dialect));
    }
    Ok(records)
}

/// The files of the chapters that a book's summary names, each once.
fn chapters(source: &Path) -> Result<Vec<PathBuf>, Error> {
    let summary = source.join("SUMMARY.md");
    let text = fs::read_to_string(&summary).map_err(|error| Error::unreadable(&summary, error))?;
    let mut chapters: Vec<PathBuf> = Vec::new();
    for event in Parser::new(&with_line_feeds(&text)) {
        let Event::Start(Tag::Link { dest_url, .. }) = event else {
            continue;
        };
        let path = percent_decode_str(&dest_url).decode_utf8_lossy();
        let path = Path::new(&*path).components();
        // As messages name it.
        let file = source.join(
            path.filter(|part| *part != Component::CurDir)
                .collect::<PathBuf>(),
        );
        // mdBook writes a chapter that isn't there.
        if file.is_file() && !chapters.contains(&file) {
            chapters.push(file);
        }
    }
    Ok(chapters)
}

/// The lock of the book in a folder, if it has one.
pub(crate) fn lock_of_book(folder: &Path) -> Result<Option<Lock>, Error> {
    Vendor::new(folder, folder, Sources::default()).lock()
}

/// As the preprocessor for mdBook reads the book, so that code and keys of records are the same.
fn renderer_of_book(settings: &toml::Table, lock: Option<Lock>) -> Result<Renderer, Error> {
    let within = |path: &[&str]| {
        let (first, rest) = path.split_first()?;
        let start = settings.get(*first)?;
        rest.iter().try_fold(start, |value, key| value.get(key))
    };
    let mut own = match within(&["preprocessor", "pyfence"]) {
        Some(toml::Value::Table(table)) => table.clone(),
        _ => toml::Table::new(),
    };
    own.retain(|key, _| !SiteSettings::KEYS_OF_MDBOOK.contains(&key));
    let own: SiteSettings = own.try_into().map_err(|error: toml::de::Error| {
        let message = format!("[preprocessor.pyfence]: {}", error.message());
        Error::new(ErrorKind::Config, message).in_file("book.toml")
    })?;
    let hidden = ["pyodide", "python"]
        .into_iter()
        .find_map(|language| within(&["output", "html", "code", "hidelines", language])?.as_str());
    let is_on = |key: &str| {
        let stated = within(&["output", "html", key]);
        stated.and_then(toml::Value::as_bool).unwrap_or(true)
    };
    let markdown =
        Renderer::markdown_options_of_mdbook(is_on("definition-lists"), is_on("admonitions"));
    let builder = Renderer::builder()
        .defaults(own.defaults)
        .hidden_line_prefix(hidden.unwrap_or_default())
        .hidelines(true)
        .stock_fences_stay_code("mdBook drops its options", "write a `pyodide` fence")
        .markdown_options(markdown);
    match lock {
        Some(lock) => builder.lock(lock).build(),
        None => builder.build(),
    }
}

fn page(file: &Path, renderer: &Renderer, found: &mut Errors) -> Result<PageCode, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Error::unreadable(file, error))?;
    let context = PageContext::new(file.display().to_string());
    let document = renderer.parse(&text, &context);
    found.extend(document.render().diagnostics);
    Ok(document.code())
}
