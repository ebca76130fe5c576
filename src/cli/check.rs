//! `pyfence check`: what is wrong with a site, and nothing written.

use clap::Args;
use pyfence::site::{Mode, Site};

use super::site::{SiteArguments, describe, failure};
use super::zola::Staged;
use super::{Failure, report};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(zola) = arguments.site.engine.zola()? {
        return Staged::new(zola, &arguments.site, &arguments.site.stage_options())?.check();
    }
    let options = arguments.site.options(Mode::Build);
    let site = Site::load(&arguments.site.root, &options).map_err(failure)?;
    let output = site.build().map_err(failure)?;
    report(&output.warnings);
    anstream::eprintln!("Checked {}", describe(&site));
    Ok(())
}
