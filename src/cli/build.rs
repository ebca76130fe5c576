//! `pyfence build`: a site's folder in, a folder to publish out.

use std::time::Instant;

use clap::Args;
use pyfence::site::{Mode, Site};

use super::site::{SiteArguments, describe, failure};
use super::zola::Staged;
use super::{Failure, report};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,

    /// Where the site will be, instead of the configuration's base_url
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    arguments.site.check_output_dir()?;
    if let Some(zola) = arguments.site.engine.zola()? {
        let staged = Staged::new(zola, &arguments.site, arguments.base_url.clone())?;
        return staged.build(&arguments.site, arguments.base_url.as_deref());
    }
    let options = arguments
        .site
        .options(Mode::Build, arguments.base_url.as_deref());
    let site = Site::load(&arguments.site.root, &options).map_err(failure)?;
    anstream::eprintln!("Building {}", describe(&site));
    let output = site.build().map_err(failure)?;
    report(&output.warnings);
    let folder = match &arguments.site.output_dir {
        Some(folder) => folder.clone(),
        None => site.output_dir(),
    };
    arguments.site.write(&output, &folder, site.keeps())?;
    anstream::eprintln!(
        "Done in {} ms: {}",
        start.elapsed().as_millis(),
        folder.display()
    );
    Ok(())
}
