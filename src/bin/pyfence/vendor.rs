//! `pyfence vendor`: what the blocks of a site load, copied into the site and locked.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use pyfence::vendor::{Sources, Update, Vendor, Vendored};
use pyfence::{Error, ErrorKind, PageCode};

use super::interrupt::Interrupt;
use super::place::Place;
use super::published::Published;
use super::{Failure, STOPPED, report};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    published: Published,

    /// A folder into which npm has installed Pyodide and the scripts of pages; with it, or with
    /// `--wheels`, nothing is asked of the network
    #[arg(long, value_name = "FOLDER")]
    from: Vec<PathBuf>,

    /// A folder of wheels
    #[arg(long, value_name = "FOLDER")]
    wheels: Vec<PathBuf>,

    /// A server that has the CDN's files at the CDN's paths
    #[arg(long, value_name = "URL", conflicts_with_all = ["from", "wheels"])]
    mirror: Option<String>,

    /// Leave files as they were published: compile no Python ahead of readers
    #[arg(long)]
    as_published: bool,

    /// Put a `.br` and a `.gz` beside each file, for hosts that serve them in its place
    #[arg(long)]
    precompressed: bool,

    /// Write nothing; exit with 1 if the lock and the blocks disagree
    #[arg(long)]
    check: bool,

    /// Let versions move: that of one package, or all
    #[arg(long, value_name = "NAME", num_args = 0..=1, conflicts_with = "check")]
    update: Option<Option<String>>,
}

pub(crate) fn run(arguments: Arguments, front: Place) -> Result<(), Failure> {
    for folder in arguments.from.iter().chain(&arguments.wheels) {
        if !folder.is_dir() {
            return Err(Error::new(ErrorKind::Usage, "there is no such folder")
                .in_file(folder.display().to_string())
                .into());
        }
    }
    let mut sources = Sources::default();
    sources.npm = arguments.from;
    sources.wheels = arguments.wheels;
    sources.mirror = arguments.mirror;
    let update = match arguments.update {
        None => Update::Nothing,
        Some(None) => Update::Everything,
        Some(Some(name)) => Update::Package(name),
    };
    let (pages, vendor) = arguments.published.read(front, sources)?;
    let vendor = vendor
        .update(update)
        .as_published(arguments.as_published)
        .precompressed(arguments.precompressed);
    if arguments.check {
        return check(&vendor, &pages);
    }
    let vendor = Arc::new(vendor);
    let running = Arc::clone(&vendor);
    Interrupt::handle(move |_| {
        running.abandon();
        std::process::exit(STOPPED.into());
    })?;
    let progress = Progress::new();
    let vendored = vendor.run(&pages, &|file| progress.show(file));
    progress.clear();
    tell(&vendored?);
    Ok(())
}

/// That the site's lock, if it has one, has what its blocks ask for, imports as well.
pub(crate) fn check_locked(root: &Path, pages: &[PageCode]) -> Result<(), Failure> {
    let vendor = Vendor::new(root, &root.join("static"), Sources::default());
    Ok(vendor.missing(pages)?.into_result().map(drop)?)
}

fn check(vendor: &Vendor, pages: &[PageCode]) -> Result<(), Failure> {
    let found = vendor.check(pages)?;
    if found.is_empty() {
        anstream::eprintln!("The lock is what the blocks ask for.");
        return Ok(());
    }
    report(&found);
    Err(Failure::Reported(1))
}

/// What is there now, and what is left.
fn tell(vendored: &Vendored) {
    let own = vendored.lock.files().filter(|file| file.path.is_some());
    let (count, bytes) = own.fold((0, 0), |(count, bytes), file| {
        (count + 1, bytes + file.size.unwrap_or(0))
    });
    let megabytes = bytes as f64 / 1e6;
    let change = match vendored.changed {
        true => "The site has",
        false => "Nothing has changed: the site has",
    };
    let left = match vendored.left.len() {
        0 => "no outside request is left".to_owned(),
        1 => "1 outside request is left".to_owned(),
        more => format!("{more} outside requests are left"),
    };
    anstream::eprintln!("{change} {count} files of its own, {megabytes:.1} MB: {left}");
    for skipped in &vendored.skipped {
        anstream::eprintln!("  {skipped}");
    }
    for left in &vendored.left {
        anstream::eprintln!("  {}: {} ({})", left.place, left.what, left.why);
    }
}

/// One line of a terminal, that changes; elsewhere nothing.
struct Progress {
    is_shown: bool,
}

impl Progress {
    fn new() -> Self {
        Self {
            is_shown: std::io::stderr().is_terminal(),
        }
    }

    fn show(&self, file: &str) {
        self.write(file);
    }

    fn clear(&self) {
        self.write("");
    }

    /// From the line's beginning, over what was there.
    fn write(&self, text: &str) {
        if self.is_shown {
            let mut terminal = std::io::stderr().lock();
            // What isn't shown is nobody's error.
            let _ = write!(terminal, "\r\x1b[K{text}").and_then(|()| terminal.flush());
        }
    }
}
