//! Markdown files, and the chapters of a book.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::Options;
use pyfence::vendor::{Sources, Vendor};
use pyfence::{
    BlockOptions, Error, ErrorKind, Errors, Lock, PageCode, PageContext, RecordFolder, Renderer,
};
use walkdir::WalkDir;

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
                code.push(page(file, &renderer, None, &mut found)?);
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

fn source_of_book(settings: &toml::Table) -> PathBuf {
    let source = settings.get("book").and_then(|book| book.get("src"));
    source.and_then(toml::Value::as_str).unwrap_or("src").into()
}

/// The chapters of the book in a folder, without what mdBook includes in them, and where their
/// records are; with the lock, a block that asks for something else is an error.
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
    let chapters = WalkDir::new(folder.join(source))
        .sort_by_file_name()
        .into_iter();
    let chapters = chapters.flatten().map(walkdir::DirEntry::into_path);
    for chapter in chapters.filter(|path| path.extension().is_some_and(|end| end == "md")) {
        code.push(page(&chapter, &renderer, Some(&records), found)?);
    }
    Ok(records)
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
    let defaults = within(&["preprocessor", "pyfence"]).and_then(|table| {
        let mut table = table.as_table().cloned().unwrap_or_default();
        // What mdBook itself reads.
        for key in [
            "command",
            "renderer",
            "renderers",
            "before",
            "after",
            "optional",
        ] {
            table.remove(key);
        }
        table.try_into::<BlockOptions>().ok()
    });
    let hidden = ["pyodide", "python"]
        .into_iter()
        .find_map(|language| within(&["output", "html", "code", "hidelines", language])?.as_str());
    let is_on = |key: &str| {
        let stated = within(&["output", "html", key]);
        stated.and_then(toml::Value::as_bool).unwrap_or(true)
    };
    let mut markdown = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    markdown.set(Options::ENABLE_DEFINITION_LIST, is_on("definition-lists"));
    markdown.set(Options::ENABLE_GFM, is_on("admonitions"));
    let builder = Renderer::builder()
        .defaults(defaults.unwrap_or_default())
        .hidden_line_prefix(hidden.unwrap_or_default())
        .markdown_options(markdown);
    match lock {
        Some(lock) => builder.lock(lock).build(),
        None => builder.build(),
    }
}

fn page(
    file: &Path,
    renderer: &Renderer,
    records: Option<&RecordFolder>,
    found: &mut Errors,
) -> Result<PageCode, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Error::unreadable(file, error))?;
    let mut context = PageContext::new(file.display().to_string());
    if let Some(records) = records {
        context.records = records.read(&context.name)?;
    }
    let document = renderer.parse(&text, &context);
    found.extend(document.render().diagnostics);
    Ok(document.code())
}
