//! `pyfence build`: a site's folder in, a folder to publish out.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use pyfence::Lock;
use pyfence::site::{Mode, Site};

use super::interrupt::Interrupt;
use super::place::{Place, here};
use super::site::{SiteArguments, check_named_output, describe};
use super::vendor::check_locked;
use super::zola::Staged;
use super::zola_only::warn_of_flags;
use super::{Failure, STOPPED, report};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,

    /// Write the site to this folder instead of the one that the configuration says
    #[arg(short = 'o', long, value_name = "FOLDER")]
    output_dir: Option<PathBuf>,

    /// Write to the folder even if it exists
    #[arg(short = 'f', long)]
    force: bool,

    /// Minify the HTML; with Zola
    #[arg(long)]
    minify: bool,

    /// Where the site will be, instead of the configuration's base_url
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,
}

fn has_lock(site: &SiteArguments) -> bool {
    site.place.root().join(Lock::FILE_NAME).is_file()
}

pub(crate) fn run(arguments: Arguments, front: Place) -> Result<(), Failure> {
    let start = Instant::now();
    let site = arguments.site.or(front)?;
    let named = arguments.output_dir.as_deref();
    let folder = named.map(here);
    if let Some(zola) = site.place.engine().zola()? {
        let mut options = site.stage_options();
        options.base_url = arguments.base_url;
        options.output_dir = folder;
        let flags = arguments.minify.then(|| "--minify".into());
        let staged = Staged::new(zola, &site, flags.into_iter().collect(), &options)?;
        check_named_output(named, arguments.force)?;
        if has_lock(&site) {
            check_locked(&site.place.root(), &staged.code()?)?;
        }
        return staged.build(&options, arguments.force);
    }
    warn_of_flags(&[(
        arguments.minify,
        "--minify",
        "the embedded engine writes HTML as it is",
    )]);
    let mut options = site.options(Mode::Build);
    options.base_url = arguments.base_url;
    options.output_dir = folder;
    let interrupt = Interrupt::handle(|interrupt| {
        // What is being written is removed first, or else put in its place.
        let _whole = interrupt.writing();
        std::process::exit(STOPPED.into());
    })?;
    let is_locked = has_lock(&site);
    let site = Site::load(site.place.root(), &options)?;
    check_named_output(named, arguments.force)?;
    site.check_output_dir(arguments.force)?;
    anstream::eprintln!("Building {}", describe(&site));
    let output = site.build()?;
    report(&output.warnings);
    if is_locked {
        check_locked(site.root(), &site.code())?;
    }
    let _writing = interrupt.writing();
    let folder = site.output_dir();
    if !output.write_unless_stopped(folder, site.preserves(), interrupt.stop())? {
        return Err(Failure::Stopped);
    }
    anstream::eprintln!(
        "Done in {} ms: {}",
        start.elapsed().as_millis(),
        site.output_dir().display()
    );
    Ok(())
}
