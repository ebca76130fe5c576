//! What `build`, `serve` and `check` have in common.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::site::{Mode, Site, SiteOptions};
use pyfence::zola::StageOptions;
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

    /// Include drafts
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Further flags for the real Zola, such as --minify
    #[arg(last = true, value_name = "FLAGS")]
    pub(crate) zola: Vec<OsString>,
}

impl SiteArguments {
    /// For the embedded engine.
    pub(crate) fn options(&self, mode: Mode) -> SiteOptions {
        let mut options = SiteOptions::default();
        options.config = self.config.as_deref().map(here);
        options.drafts = self.drafts;
        options.mode = mode;
        options
    }

    /// For the real Zola.
    pub(crate) fn stage_options(&self) -> StageOptions {
        let mut options = StageOptions::default();
        options.config = self.config.as_deref().map(here);
        options
    }
}

/// Where `build` and `serve` write the site to.
#[derive(Args)]
pub(crate) struct OutputArguments {
    /// Write the site to this folder instead of the one that the configuration says
    #[arg(short = 'o', long, value_name = "FOLDER")]
    output_dir: Option<PathBuf>,

    /// Write to the folder even if it exists
    #[arg(long)]
    pub(crate) force: bool,
}

impl OutputArguments {
    /// The folder that was named. One that is there already may hold something else than a site.
    pub(crate) fn folder(&self) -> Result<Option<PathBuf>, Failure> {
        match &self.output_dir {
            Some(folder) if folder.exists() && !self.force => Err(Failure::Usage(
                Error::new(ErrorKind::Io, "this folder exists already")
                    .in_file(folder.display().to_string())
                    .help("`--force` puts the site in the place of what is in it"),
            )),
            folder => Ok(folder.as_deref().map(here)),
        }
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
