//! `pyfence init`: Zola's own questions where there is a Zola, else a small course with an exercise.

mod workflow;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};
use pyfence::{Error, ErrorKind};

use super::Failure;
use super::engine::Engine;
use super::place::Place;
use super::zola_only::run_zola;

const COURSE: [(&str, &str); 3] = [
    ("config.toml", include_str!("init/config.toml")),
    ("content/_index.md", include_str!("init/_index.md")),
    ("content/means.md", include_str!("init/means.md")),
];
static THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/lesson");

#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder of the new site
    #[arg(default_value = ".")]
    name: PathBuf,

    /// Also in a folder that isn't empty
    #[arg(short = 'f', long)]
    force: bool,

    /// Makes no site: has the code host of a site that is there check and run its blocks
    #[arg(long, value_enum, value_name = "HOST")]
    ci: Option<workflow::Host>,

    /// What makes the site: Zola asks its own questions [default: auto]
    #[arg(long, value_enum)]
    engine: Option<Engine>,
}

pub(crate) fn run(arguments: &Arguments, place: Place) -> Result<(), Failure> {
    if let Some(host) = arguments.ci {
        return workflow::write(host, &arguments.name, arguments.force);
    }
    let place = place.with_engine(arguments.engine)?;
    if let Some(zola) = place.engine().zola()? {
        let mut words: Vec<OsString> = vec!["init".into(), arguments.name.clone().into()];
        words.extend(arguments.force.then(|| "--force".into()));
        return run_zola(&zola, &words);
    }
    let folder = &arguments.name;
    if !arguments.force && !is_empty(folder) {
        return Err(Error::new(ErrorKind::Usage, "this folder isn't empty")
            .in_file(folder.display().to_string())
            .help("`--force` makes the site in it all the same; no file is written over")
            .into());
    }
    let mut kept = Vec::new();
    for (name, text) in COURSE {
        if !write_new(&folder.join(name), text.as_bytes())? {
            kept.push(name);
        }
    }
    write_all(&THEME, &folder.join("themes/lesson"))?;
    for name in ["static", "templates"] {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).map_err(|error| Error::unwritable(&folder, error))?;
    }
    let folder = folder.display();
    match kept.is_empty() {
        true => anstream::println!("Made a course. `pyfence serve --root {folder}` shows it."),
        false => anstream::println!(
            "Wrote what a course has and {folder} had not. As they were: {}.",
            kept.join(", ")
        ),
    }
    Ok(())
}

/// As Zola sees it: hidden files don't count.
fn is_empty(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.all(|entry| entry.file_name().to_string_lossy().starts_with('.'))
}

fn write_all(source: &Dir<'_>, target: &Path) -> Result<(), Failure> {
    for entry in source.entries() {
        match entry {
            DirEntry::Dir(below) => write_all(below, target)?,
            DirEntry::File(file) => {
                write_new(&target.join(file.path()), file.contents())?;
            }
        }
    }
    Ok(())
}

/// Tells whether the file is new: one that is there stays as it is.
fn write_new(file: &Path, text: &[u8]) -> Result<bool, Failure> {
    if file.exists() {
        return Ok(false);
    }
    let written = file.parent().map_or(Ok(()), fs::create_dir_all);
    let written = written.and_then(|()| fs::write(file, text));
    written.map_err(|error| Error::unwritable(file, error))?;
    Ok(true)
}
