//! `pyfence build`: a site's folder in, a folder to publish out.

use std::time::Instant;

use clap::Args;
use pyfence::site::{Mode, Site};

use super::site::{OutputArguments, SiteArguments, describe, failure};
use super::zola::Staged;
use super::{Failure, report};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,

    #[command(flatten)]
    output: OutputArguments,

    /// Where the site will be, instead of the configuration's base_url
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let folder = arguments.output.folder()?;
    if let Some(zola) = arguments.site.engine.zola()? {
        let mut options = arguments.site.stage_options();
        options.base_url = arguments.base_url.clone();
        options.output_dir = folder;
        let staged = Staged::new(zola, &arguments.site, &options)?;
        return staged.build(&options, arguments.output.force);
    }
    let mut options = arguments.site.options(Mode::Build);
    options.base_url = arguments.base_url.clone();
    options.output_dir = folder;
    let site = Site::load(&arguments.site.root, &options).map_err(failure)?;
    anstream::eprintln!("Building {}", describe(&site));
    let output = site.build().map_err(failure)?;
    report(&output.warnings);
    output
        .write_to(site.output_dir(), site.keeps())
        .map_err(Failure::Usage)?;
    anstream::eprintln!(
        "Done in {} ms: {}",
        start.elapsed().as_millis(),
        site.output_dir().display()
    );
    Ok(())
}
