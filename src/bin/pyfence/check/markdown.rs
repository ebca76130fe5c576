//! Markdown files, and the chapters of a book.

use std::fs;
use std::path::{Path, PathBuf};

use pyfence::{
    BlockOptions, Error, ErrorKind, Errors, PageCode, PageContext, RecordFolder, Renderer,
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
                book(file, &mut code, &mut found)?;
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
/// records are.
pub(crate) fn book(
    folder: &Path,
    code: &mut Vec<PageCode>,
    found: &mut Errors,
) -> Result<RecordFolder, Failure> {
    let settings = settings_of(folder)?;
    let within = |table: &str, key: &str| settings.get(table)?.get(key).cloned();
    let defaults = within("preprocessor", "pyfence").and_then(|table| {
        let mut table = table.as_table().cloned().unwrap_or_default();
        // What mdBook itself reads.
        for key in ["command", "renderers", "before", "after", "optional"] {
            table.remove(key);
        }
        table.try_into::<BlockOptions>().ok()
    });
    let source = source_of_book(&settings);
    let records = RecordFolder::new(folder, &source);
    let source = folder.join(source);
    let renderer = Renderer::builder()
        .defaults(defaults.unwrap_or_default())
        .build()?;
    let chapters = WalkDir::new(source).sort_by_file_name().into_iter();
    let chapters = chapters.flatten().map(walkdir::DirEntry::into_path);
    for chapter in chapters.filter(|path| path.extension().is_some_and(|end| end == "md")) {
        code.push(page(&chapter, &renderer, Some(&records), found)?);
    }
    Ok(records)
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
