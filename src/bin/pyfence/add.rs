//! `pyfence add`: the kit for a site or a theme that Zola alone builds.

use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::zola::{CopyState, Kit, version_for};
use pyfence::{Error, ErrorKind, Errors};

use super::place::Place;
use super::{Failure, report};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The site's folder [default: .]
    #[arg(short = 'r', long, value_name = "FOLDER")]
    root: Option<PathBuf>,

    /// Add it to this theme of the site, not to the site
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,

    /// The Zola that builds the site, if it isn't the one here
    #[arg(long, value_name = "VERSION", value_parser = version)]
    zola: Option<(u32, u32)>,

    /// Write nothing; exit with 1 if something is missing, old or edited
    #[arg(long)]
    check: bool,

    /// Also write over files that were edited
    #[arg(long)]
    force: bool,
}

fn version(text: &str) -> Result<(u32, u32), String> {
    let mut numbers = text.split('.').map(|part| part.parse().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(major), Some(minor)) => Ok((major, minor)),
        _ => Err("a version is written as 0.22 or 0.22.1".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments, front: Place) -> Result<(), Failure> {
    let root = front.only_root("add", arguments.root.clone())?;
    let folder = match &arguments.theme {
        Some(theme) => root.join("themes").join(theme),
        None => root.clone(),
    };
    if !folder.is_dir() {
        return Err(Error::new(ErrorKind::Usage, "there is no such folder")
            .in_file(folder.display().to_string())
            .help("name the site with `--root`, its theme with `--theme`")
            .into());
    }
    if arguments.theme.is_none() {
        check_is_site(&folder)?;
    }
    let version = match arguments.zola {
        Some(version) => version,
        None => version_for(&folder)?,
    };
    let kit = Kit::for_site(&root, version)?;
    let mut files = kit.compare(&folder);
    files.retain(|(_, state)| *state != CopyState::Current);
    let stale = kit.templates_of_others(&folder);
    let stale: Errors = stale.iter().map(|file| is_stale(file, &kit)).collect();
    if arguments.check {
        return check(&files, stale);
    }
    let edited = files
        .iter()
        .filter(|(_, state)| *state == CopyState::Edited);
    let edited: Errors = edited.map(is_edited).collect();
    if !edited.is_empty() && !arguments.force {
        return Err(edited.into());
    }
    kit.write_to(&folder)?;
    let (major, minor) = version;
    let written = match files.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    let folder = folder.display();
    anstream::println!("Wrote {written} to {folder}: the kit for Zola {major}.{minor} is there.");
    match kit.snippet() {
        Some(snippet) => anstream::println!(
            "Put this into the base template, where a page has its content:\n\n    {snippet}\n"
        ),
        None => anstream::println!(
            "The first call of a page loads what it needs: for calls nothing else is to be done."
        ),
    }
    let lines = kit.fence_snippet().replace('\n', "\n    ");
    anstream::println!(
        "Ordinary fences (`python,pyodide=run`) need this there, and a theme for code:\n\n    {lines}\n"
    );
    report(&stale);
    Ok(())
}

/// Whether Zola builds what is in the folder, or takes it for a theme: nobody else reads the kit.
fn check_is_site(folder: &Path) -> Result<(), Error> {
    let has = |name: &str| folder.join(name).is_file();
    if ["zola.toml", "config.toml", "theme.toml"]
        .iter()
        .any(|name| has(name))
    {
        return Ok(());
    }
    let (message, help) = match has("book.toml") {
        true => (
            "this is a book of mdBook, not a site in Zola's layout",
            "`mdbook-pyfence` brings what its pages load: `[preprocessor.pyfence]` in its `book.toml`",
        ),
        false => (
            "neither a site nor a theme is here: there is no `zola.toml`, `config.toml` or `theme.toml`",
            "name the site's folder with `--root`",
        ),
    };
    let error = Error::new(ErrorKind::Usage, message);
    Err(error.in_file(folder.display().to_string()).help(help))
}

fn check(files: &[(PathBuf, CopyState)], stale: Errors) -> Result<(), Failure> {
    let mut wrong: Errors = files
        .iter()
        .map(|file| match file.1 {
            CopyState::Edited => is_edited(file),
            state => {
                let message = match state {
                    CopyState::Missing => "this is missing",
                    _ => "this is of another version of pyfence",
                };
                Error::new(ErrorKind::Content, message)
                    .in_file(file.0.display().to_string())
                    .help("`pyfence add` writes it")
            }
        })
        .collect();
    wrong.extend(stale.into_iter().map(|warning| warning.as_error()));
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.into()),
    }
}

fn is_stale(template: &Path, kit: &Kit) -> Error {
    let message = "this loads another runtime than the one that `pyfence add` writes";
    let folder = kit.runtime_folder();
    Error::warning(ErrorKind::Content, message)
        .in_file(template.display().to_string())
        .help(format!("its folder is `{folder}` now"))
}

fn is_edited((path, _): &(PathBuf, CopyState)) -> Error {
    Error::new(ErrorKind::Content, "this is not as `pyfence add` wrote it")
        .in_file(path.display().to_string())
        .help("keep your changes elsewhere, then write over it with `--force`")
}
