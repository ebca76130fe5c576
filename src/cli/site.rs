//! What `build` and `serve` have in common.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::site::{Keep, Mode, Output, Site, SiteOptions};
use pyfence::{Error, ErrorKind};

use super::Failure;
use super::zola::Engine;

#[derive(Args)]
pub(crate) struct SiteArguments {
    /// The site's folder
    #[arg(short = 'r', long, value_name = "FOLDER", default_value = ".")]
    pub(crate) root: PathBuf,

    /// What builds the site
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) engine: Engine,

    /// The configuration, if it isn't zola.toml or config.toml
    #[arg(short = 'c', long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Write the site to this folder instead of the one that the configuration says
    #[arg(short = 'o', long, value_name = "FOLDER")]
    pub(crate) output_dir: Option<PathBuf>,

    /// Write to the folder even if it exists
    #[arg(long)]
    pub(crate) force: bool,

    /// Include drafts
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Further flags for the real Zola, such as --minify
    #[arg(last = true, value_name = "FLAGS")]
    pub(crate) zola: Vec<OsString>,
}

impl SiteArguments {
    pub(crate) fn config(&self) -> Option<PathBuf> {
        self.config.as_deref().map(here)
    }

    pub(crate) fn options(&self, mode: Mode, base_url: Option<&str>) -> SiteOptions {
        let mut options = SiteOptions::default();
        options.config = self.config();
        options.base_url = base_url.map(str::to_owned);
        options.drafts = self.drafts;
        options.mode = mode;
        options
    }

    /// A folder that was named but not made by an earlier build may hold something else.
    pub(crate) fn check_output_dir(&self) -> Result<(), Failure> {
        match &self.output_dir {
            Some(folder) if folder.exists() && !self.force => Err(Failure::Usage(
                Error::new(ErrorKind::Io, "this folder exists already")
                    .in_file(folder.display().to_string())
                    .help("`--force` puts the site in the place of what is in it"),
            )),
            _ => Ok(()),
        }
    }

    pub(crate) fn write(&self, output: &Output, folder: &Path, keep: Keep) -> Result<(), Failure> {
        let inside = |root: PathBuf, folder: PathBuf| root.starts_with(folder);
        let both = self
            .root
            .canonicalize()
            .ok()
            .zip(folder.canonicalize().ok());
        if both.is_some_and(|(root, folder)| inside(root, folder)) {
            return Err(Failure::Usage(
                Error::new(ErrorKind::Io, "the site's own sources are in this folder")
                    .in_file(folder.display().to_string())
                    .help("choose another one with `--output-dir` or `output_dir`"),
            ));
        }
        output.write_to(folder, keep).map_err(Failure::Usage)
    }
}

/// A site that can't be read at all is the call's fault; anything else is the content's.
pub(crate) fn failure(errors: Vec<Error>) -> Failure {
    match <[Error; 1]>::try_from(errors) {
        Ok([error]) if error.kind() == ErrorKind::Io => Failure::Usage(error),
        Ok([error]) => Failure::Content(vec![error]),
        Err(errors) => Failure::Content(errors),
    }
}

/// A file named on the command line is meant from where the command is called.
pub(crate) fn here(file: &Path) -> PathBuf {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned())
}

/// One line on what the site holds.
pub(crate) fn describe(site: &Site) -> String {
    let size = site.size();
    let count = |number: usize, one: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    };
    let orphans = match size.orphans {
        0 => String::new(),
        orphans => format!(" ({orphans} outside of sections)"),
    };
    format!(
        "{}{orphans} and {}",
        count(size.pages, "page"),
        count(size.sections, "section")
    )
}
