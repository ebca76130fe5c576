//! What `build`, `serve` and `check` have in common.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;
use pyfence::site::{Mode, Site, SiteOptions};
use pyfence::zola::StageOptions;
use pyfence::{Error, ErrorKind};

use super::Failure;
use super::place::Place;

#[derive(Args, Clone)]
pub(crate) struct SiteArguments {
    #[command(flatten)]
    pub(crate) place: Place,

    /// Include drafts
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Further flags for the real Zola
    #[arg(last = true, value_name = "FLAGS")]
    pub(crate) zola: Vec<OsString>,
}

impl SiteArguments {
    /// With what is said in front of the command.
    pub(crate) fn or(self, front: Place) -> Result<Self, Failure> {
        Ok(Self {
            place: self.place.or(front)?,
            ..self
        })
    }

    /// For the embedded engine.
    pub(crate) fn options(&self, mode: Mode) -> SiteOptions {
        let mut options = SiteOptions::default();
        options.config = self.place.config();
        options.drafts = self.drafts;
        options.mode = mode;
        options
    }

    /// For the real Zola.
    pub(crate) fn stage_options(&self) -> StageOptions {
        let mut options = StageOptions::default();
        options.config = self.place.config();
        options.drafts = self.drafts || self.zola.iter().any(|flag| flag == "--drafts");
        options
    }
}

/// That the folder which was named to write the site to isn't there, unless the author insists: it may
/// hold something else than a site. To be asked when the site is read, which refuses what no `--force`
/// helps against.
pub(crate) fn check_named_output(folder: Option<&Path>, force: bool) -> Result<(), Error> {
    match folder {
        Some(folder) if folder.exists() && !force => {
            Err(Error::new(ErrorKind::Usage, "this folder exists already")
                .in_file(folder.display().to_string())
                .help("`--force` puts the site in the place of what is in it"))
        }
        _ => Ok(()),
    }
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
