//! `pyfence check`: what is wrong with a site and with the Python of its blocks, and nothing
//! written.

mod files;
pub(crate) mod format;
mod includes;
pub(crate) mod markdown_files;

use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::check::{check, records_without_page, wheels_missing};
use pyfence::site::{Mode, Site};
use pyfence::{Error, Errors, PackageIndex, PageCode, RecordFolder};
use rayon::prelude::*;

use self::files::SiteFiles;
use self::format::Format;
use super::place::Place;
use super::site::{SiteArguments, describe};
use super::zola::Staged;
use super::{Failure, report};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Markdown files, or the folder of a book, instead of a site
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    site: SiteArguments,

    /// Warnings are errors
    #[arg(long)]
    strict: bool,

    /// How what is found is written: text on standard error, all else on standard output
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Ask the package index whether it has what the blocks install, for their Pyodide
    #[arg(long)]
    online: bool,

    /// The package index to ask
    #[arg(long, value_name = "URL", requires = "online", default_value = PackageIndex::PYPI)]
    index_url: String,

    /// Don't ask other sites whether links to them hold; the embedded engine never does
    #[arg(long)]
    skip_external_links: bool,
}

pub(crate) fn run(arguments: Arguments, front: Place) -> Result<(), Failure> {
    let site = arguments.site.or(front)?;
    let root = site.place.root();
    let (code, mut found, what) = match arguments.files.is_empty() {
        true if root.join("book.toml").is_file() => {
            markdown_files::code(std::slice::from_ref(&root))?
        }
        true => {
            let (code, what) = code_of(&site, arguments.skip_external_links)?;
            (code, Errors::new(), what)
        }
        false => markdown_files::code(&arguments.files)?,
    };
    if arguments.files.is_empty() {
        found.extend(records_without_page(&records_of(&root)?, &code));
    }
    let files = SiteFiles::new(&root);
    let findings: Vec<Errors> = code
        .par_iter()
        .map(|page| check(page, &|file| files.has(page, file)))
        .collect();
    found.extend(findings.into_iter().flatten());
    if arguments.online {
        found.extend(missing_wheels(&code, arguments.index_url));
    }
    found.sort();
    found.dedup();
    if arguments.strict {
        found = found
            .into_iter()
            .map(|finding| finding.as_error())
            .collect();
    }
    let places = |is_error: bool| {
        let alike = found.iter().filter(|one| one.is_error() == is_error);
        alike.map(Error::places).sum()
    };
    let (errors, warnings) = (places(true), places(false));
    let exit_code = found.exit_code();
    arguments.format.write(found)?;
    let blocks = code.iter().map(|page| page.all_blocks().len()).sum();
    anstream::eprintln!(
        "Checked {what} with {}: {}, {}",
        count(blocks, "block"),
        count(errors, "error"),
        count(warnings, "warning")
    );
    match exit_code {
        0 => Ok(()),
        code => Err(Failure::Reported(code)),
    }
}

/// Where the site or the book in a folder has its records.
fn records_of(root: &Path) -> Result<RecordFolder, Failure> {
    match root.join("book.toml").is_file() {
        true => Ok(markdown_files::records_of_book(root)?),
        false => Ok(RecordFolder::new(root, "content")),
    }
}

/// What the blocks install and a package index can't give them, or that it can't be asked.
fn missing_wheels(code: &[PageCode], index: String) -> Errors {
    let index = PackageIndex::new(index);
    let missing = code
        .iter()
        .map(|page| wheels_missing(page, &|name| index.listing(name)));
    let mut missing: Errors = missing.flatten().collect();
    missing.extend(index.failure());
    missing
}

/// The code of pages, what is wrong with reading them, and what they are.
pub(crate) type Collected = (Vec<PageCode>, Errors, String);

/// The code of a site, and what it is.
fn code_of(
    site: &SiteArguments,
    skip_external_links: bool,
) -> Result<(Vec<PageCode>, String), Failure> {
    if let Some(zola) = site.place.engine().zola()? {
        let flags = skip_external_links.then(|| "--skip-external-links".into());
        let flags = flags.into_iter().collect();
        let staged = Staged::new(zola, site, flags, &site.stage_options())?;
        staged.check()?;
        let code = staged.code()?;
        let what = count(code.len(), "page");
        return Ok((code, what));
    }
    let site = Site::load(site.place.root(), &site.options(Mode::Build))?;
    let output = site.build()?;
    report(&output.warnings);
    Ok((site.code(), describe(&site)))
}

fn count(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    }
}
