//! `pyfence test`: runs every block of every page in a real browser, as a reader would.

mod baseline;
mod browser;
mod built_site;
mod cdp;
mod changed_blocks;
mod headers;
mod outputs;
mod page_run;
mod report;
mod run_pages;
mod server;
mod source_blocks;
mod verdict;

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use pyfence::{Error, ErrorKind};

use self::baseline::Baseline;
use self::browser::Browser;
use self::built_site::{Built, BuiltPage};
use self::outputs::Outputs;
use self::page_run::{Pages, Tested};
use self::report::{Format, Told};
use self::run_pages::Run;
use self::server::Served;
use self::source_blocks::Sources;
use self::verdict::Verdict;
use super::interrupt::Interrupt;
use super::place::Place;
use super::published::check_finished;
use super::site::SiteArguments;
use super::{Failure, STOPPED};

#[derive(Args)]
pub(crate) struct Arguments {
    /// A folder of finished HTML, instead of a site to be built
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArguments,

    /// Where the pages of a finished folder say that they are
    #[arg(short = 'u', long, value_name = "URL", requires = "folder")]
    base_url: Option<String>,

    /// Only pages whose path in the built site has this in it
    #[arg(long, value_name = "PART")]
    page: Vec<String>,

    /// Only pages with blocks that have changed since a revision of Git, or whose files have
    #[arg(long, value_name = "REVISION", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    changed: Option<String>,

    /// How many pages to test at a time
    #[arg(short = 'j', long, value_name = "NUMBER", value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    jobs: Option<usize>,

    /// How long a block may run that states no `timelimit`: more than 30 seconds is for slow machines
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    timelimit: u32,

    /// A list of blocks that may fail; written where it isn't there yet
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Keep what the blocks show in the site's folder `records`, instead of comparing it with that
    #[arg(long)]
    record: bool,

    /// How failures are written: text on standard error, all else on standard output
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// The program of a Chromium, Chrome or Edge
    #[arg(long, value_name = "FILE")]
    browser: Option<PathBuf>,

    /// A further argument for the browser
    #[arg(long, value_name = "ARGUMENT", allow_hyphen_values = true)]
    browser_arg: Vec<OsString>,
}

pub(crate) fn run(arguments: Arguments, front: Place) -> Result<(), Failure> {
    let start = Instant::now();
    let site = arguments.site.clone().or(front)?;
    check_folder(&arguments)?;
    let program = browser::find(arguments.browser.as_deref())?;
    let (listener, address) = server::listen()?;
    let built = built(&arguments, &site, &address)?;
    let mut pages = pages(&built, &arguments.page)?;
    let changed = match &arguments.changed {
        Some(revision) => {
            let changed = changed_blocks::since(revision, &site, &built)?;
            if changed.is_empty() {
                anstream::eprintln!("No block has changed since {revision}");
                return Ok(());
            }
            Some(changed)
        }
        None => None,
    };
    let sources = Sources::new(built.code.clone());
    if let Some(changed) = &changed {
        pages.retain(|page| may_have_changed(page, &sources, changed));
    }
    let pages: Vec<_> = pages.into_iter().map(|page| page.path).collect();
    let moved = arguments.base_url.as_ref();
    let moved = moved.map(|url| (url.trim_end_matches('/').to_owned(), address.clone()));
    let folder = built.folder.clone();
    server::serve(listener, Served::new(folder, moved));

    let browser = Browser::start(&program, &arguments.browser_arg)?;
    let endpoint = browser.address().to_owned();
    let running = Arc::new(Mutex::new(Some(browser)));
    end_at_interrupt(&running);
    let run = Run {
        paths: &pages,
        pages: Pages {
            browser: &endpoint,
            site: &address,
            sources: &sources,
            changed: changed.as_ref(),
            running_seconds: arguments.timelimit,
            outputs: match arguments.record {
                true => Outputs::Record,
                false => Outputs::Compare,
            },
        },
    };
    let tested = run.all(arguments.jobs.unwrap_or_else(jobs));
    end(&running);
    let tested = tested?;
    if let (true, Some(folder)) = (arguments.record, &built.records) {
        let is_whole = arguments.page.is_empty() && changed.is_none();
        let changed = outputs::write(folder, sources.pages(), &tested, is_whole)?;
        anstream::eprintln!("{changed} files of records changed");
    }
    conclude(&tested, &arguments, start)
}

/// Whether the folder that is named holds finished HTML, before a browser is looked for.
fn check_folder(arguments: &Arguments) -> Result<(), Failure> {
    let Some(folder) = &arguments.folder else {
        return Ok(());
    };
    check_finished(folder).map_err(|error| match &arguments.changed {
        Some(_) if !folder.exists() => error.help(format!(
            "a revision follows on an equals sign: `--changed={}`",
            folder.display()
        )),
        _ => error,
    })?;
    Ok(())
}

fn built(arguments: &Arguments, site: &SiteArguments, address: &str) -> Result<Built, Failure> {
    let built = match &arguments.folder {
        Some(folder) => Built::finished(folder, site)?,
        None => Built::of_site(site, address)?,
    };
    if arguments.record && built.records.is_none() {
        let message = "of finished HTML alone nothing can be recorded";
        return Err(Error::new(ErrorKind::Usage, message)
            .help("name the folder of its site or book, too, with `--root`")
            .into());
    }
    Ok(built)
}

/// Has Ctrl-C end the browser and then the command.
fn end_at_interrupt(running: &Arc<Mutex<Option<Browser>>>) {
    let running = Arc::clone(running);
    let handled = Interrupt::handle(move |_| {
        end(&running);
        std::process::exit(STOPPED.into());
    });
    // Where the build by Zola waits for Ctrl-C already, that one ends us.
    drop(handled);
}

fn end(running: &Mutex<Option<Browser>>) {
    drop(
        running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take(),
    );
}

/// Half of the processors, as a page takes one and a half.
fn jobs() -> usize {
    let processors = std::thread::available_parallelism().map_or(2, usize::from);
    processors.div_ceil(2).max(2)
}

/// Whether one of a page's blocks has changed, or isn't known before the page is opened.
fn may_have_changed(page: &BuiltPage, sources: &Sources, changed: &HashSet<String>) -> bool {
    page.sources.as_ref().is_none_or(|stated| {
        let mut pages = stated.iter().map(|stated| sources.page_of(stated));
        pages.any(|page| page.is_none_or(|page| changed.contains(page.name())))
    })
}

fn pages(built: &Built, wanted: &[String]) -> Result<Vec<BuiltPage>, Failure> {
    let mut pages = built.pages();
    if pages.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "no page of this site has a block").into());
    }
    if !wanted.is_empty() {
        pages.retain(|page| wanted.iter().any(|part| page.path.contains(part.as_str())));
    }
    match pages.is_empty() {
        true => Err(
            Error::new(ErrorKind::Usage, "no page with blocks has this in its path")
                .help("`--page` takes a part of the path in the built site, such as `loops/`")
                .into(),
        ),
        false => Ok(pages),
    }
}

fn conclude(tested: &[Tested<'_>], arguments: &Arguments, start: Instant) -> Result<(), Failure> {
    let mut told: Vec<_> = tested.iter().map(Told::new).collect();
    let mut cured = Vec::new();
    if let Some(file) = &arguments.baseline {
        match Baseline::read(file)? {
            Some(baseline) => {
                for told in &mut told {
                    told.is_known = baseline.has(&told.name);
                }
                let passed = |told: &&Told<'_>| matches!(told.tested.verdict, Verdict::Passed);
                let passed = told.iter().filter(passed).map(|told| told.name.as_str());
                let passed: std::collections::HashSet<_> = passed.collect();
                let known = baseline.blocks().filter(|block| passed.contains(block));
                cured.extend(known.map(str::to_owned));
            }
            None => {
                let failed = told.iter().filter_map(|told| {
                    let reason = told.failure()?;
                    Some((told.name.as_str(), reason.message.as_str()))
                });
                Baseline::write(file, failed)?;
                anstream::eprintln!("Wrote {}", file.display());
                for told in &mut told {
                    told.is_known = true;
                }
            }
        }
    }
    report::write(&told, arguments.format)?;
    for block in &cured {
        anstream::eprintln!("{block} passes again: take it off the list");
    }
    let count = |is: fn(&Told<'_>) -> bool| told.iter().filter(|told| is(told)).count();
    let failed = count(|told| told.failure().is_some());
    let passed = count(|told| matches!(told.tested.verdict, Verdict::Passed));
    let skipped = count(|told| matches!(told.tested.verdict, Verdict::Skipped(_)));
    let known = told.len() - failed - passed - skipped;
    let known = match known {
        0 => String::new(),
        known => format!(", {known} known to fail"),
    };
    let seconds = start.elapsed().as_secs_f64();
    anstream::eprintln!(
        "{passed} passed, {failed} failed{known}, {skipped} skipped in {seconds:.1} s"
    );
    match failed == 0 && cured.is_empty() {
        true => Ok(()),
        false => Err(Failure::Reported(1)),
    }
}
