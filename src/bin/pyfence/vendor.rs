//! `pyfence vendor`: what the blocks of a site load, copied into the site and locked.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::site::{Mode, Site};
use pyfence::vendor::{FinishedFolder, Sources, Update, Vendor, Vendored};
use pyfence::zola::Stage;
use pyfence::{Error, ErrorKind, Errors, PageCode};

use super::check::markdown;
use super::place::Place;
use super::site::SiteArguments;
use super::{Failure, report};

#[derive(Args)]
pub(crate) struct Arguments {
    /// A folder of finished HTML, instead of a site; `--root` says where its lock is kept, if not there
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArguments,

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
    let site = arguments.site.or(front)?;
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
    let (pages, vendor) = match &arguments.folder {
        Some(folder) => {
            let finished = finished(folder)?;
            let root = site.place.named_root().unwrap_or(folder);
            (
                finished.code(),
                Vendor::of_finished(root, finished, sources),
            )
        }
        None => {
            let root = site.place.root();
            let (pages, published) = pages(&site, &root)?;
            (pages, Vendor::new(&root, &published, sources))
        }
    };
    let vendor = vendor
        .update(update)
        .as_published(arguments.as_published)
        .precompressed(arguments.precompressed);
    if arguments.check {
        return check(&vendor, &pages);
    }
    let progress = Progress::new();
    let vendored = vendor.run(&pages, &|file| progress.show(file));
    progress.clear();
    tell(&vendored?);
    Ok(())
}

/// A folder of finished HTML.
pub(crate) fn finished(folder: &Path) -> Result<FinishedFolder, Failure> {
    let refused =
        |message| Error::new(ErrorKind::Usage, message).in_file(folder.display().to_string());
    if !folder.is_dir() {
        return Err(refused("there is no such folder").into());
    }
    let sources = ["zola.toml", "config.toml", "book.toml"];
    if sources.iter().any(|name| folder.join(name).is_file()) {
        let help = "`--root` names the folder of a site or a book";
        return Err(refused("this isn't finished HTML but what it is made from")
            .help(help)
            .into());
    }
    Ok(FinishedFolder::read(folder)?)
}

/// That the site's lock, if it has one, has what its blocks ask for, imports as well.
pub(crate) fn check_locked(root: &Path, pages: &[PageCode]) -> Result<(), Failure> {
    let vendor = Vendor::new(root, &root.join("static"), Sources::default());
    Ok(vendor.missing(pages)?.into_result().map(drop)?)
}

/// The blocks of a site or a book, whatever its lock says, and the folder whose files are
/// published with it.
pub(crate) fn pages(
    site: &SiteArguments,
    root: &Path,
) -> Result<(Vec<PageCode>, PathBuf), Failure> {
    if root.join("book.toml").is_file() {
        let (mut code, mut found) = (Vec::new(), Errors::new());
        markdown::book(root, None, &mut code, &mut found)?;
        found.into_result()?;
        return Ok((code, markdown::chapters_of_book(root)?));
    }
    Ok((pages_of_site(site)?, root.join("static")))
}

fn pages_of_site(site: &SiteArguments) -> Result<Vec<PageCode>, Failure> {
    if let Some(zola) = site.place.engine().zola()? {
        let mut options = site.stage_options();
        options.ignores_lock = true;
        let stage = Stage::new(&site.place.root(), &zola, &options)?;
        return Ok(stage.code()?);
    }
    let mut options = site.options(Mode::Build);
    options.ignores_lock = true;
    Ok(Site::load(site.place.root(), &options)?.code())
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
