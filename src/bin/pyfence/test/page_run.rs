//! The blocks of one page, run in the browser one after the other.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use pyfence::BlockOptions;
use serde::Deserialize;
use serde_json::json;

use super::browser::Tab;
use super::cdp::{Connection, NoAnswer};
use super::outputs::{Outputs, Recorded};
use super::source_blocks::{SourceBlock, Sources};
use super::verdict::{Outcome, Reason, Verdict, verdict};

const DRIVER: &str = include_str!("driver.js");

/// How long a page may take until its blocks are there.
const PAGE_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a block may load: Python itself, packages, files.
const LOADING_SECONDS: u32 = 180;

/// What a stopped run, and what a page needs besides.
const REST_TIMEOUT: Duration = Duration::from_secs(10);

/// A block that was tested.
pub(super) struct Tested<'s> {
    /// Where it was written, if that is known.
    pub source: Option<SourceBlock<'s>>,
    /// Where it says itself that it was written.
    pub stated: Option<String>,
    /// The path of its page in the built site.
    pub page: String,
    /// Its number in the page, from 1.
    pub number: usize,
    pub verdict: Verdict,
    /// What it shows, if that is compared.
    pub shown: Option<Recorded>,
    pub seconds: f64,
}

/// A block, as the page has it.
#[derive(Deserialize)]
struct Shown {
    code: String,
    hidden: bool,
    /// Where it says that it stands.
    source: Option<String>,
}

/// Why a page isn't tested to its end.
pub(super) enum Broken {
    /// The page is at fault.
    Page(String),
    /// The browser is gone, or doesn't open a page.
    Browser(String),
}

/// Where pages are, and what is done with what their blocks show.
#[derive(Clone, Copy)]
pub(super) struct Pages<'r> {
    pub browser: &'r str,
    pub site: &'r str,
    pub sources: &'r Sources,
    /// The names of the pages whose blocks are run, if not all are.
    pub changed: Option<&'r HashSet<String>>,
    /// How long a block may run that states no `timelimit`.
    pub running_seconds: u32,
    pub outputs: Outputs,
}

/// Runs the blocks of the page at `path`.
pub(super) fn run<'r>(pages: Pages<'r>, path: &str) -> Result<Vec<Tested<'r>>, Broken> {
    let browser = pages.browser;
    let mut tab = Tab::open(browser).map_err(|error| Broken::Browser(told(error)))?;
    let tested = run_in(&mut tab, pages, path);
    tab.close();
    match tested {
        // What a page says of its end matters less when there is no browser any more.
        Err(Broken::Page(reason)) if Connection::open(browser).is_err() => {
            Err(Broken::Browser(reason))
        }
        tested => tested,
    }
}

fn run_in<'r>(tab: &mut Tab, pages: Pages<'r>, path: &str) -> Result<Vec<Tested<'r>>, Broken> {
    let blocks = open(tab, pages.site, path)?;
    let places: Vec<_> = blocks
        .iter()
        .map(|block| (block.code.as_str(), block.source.as_deref()))
        .collect();
    let sources = pages.sources.of_page(path, &places);
    let is_changed = |changed: &HashSet<String>| {
        // What a block without a source was, nobody knows.
        let mut names = sources
            .iter()
            .map(|source| Some(source.as_ref()?.page.name()));
        names.any(|name| name.is_none_or(|name| changed.contains(name)))
    };
    if pages.changed.is_some_and(|changed| !is_changed(changed)) {
        return Ok(Vec::new());
    }
    run_blocks(tab, pages, path, &blocks, sources)
}

/// Opens a page, and says which blocks it has.
fn open(tab: &mut Tab, site: &str, path: &str) -> Result<Vec<Shown>, Broken> {
    let broken = |error| Broken::Page(told(error));
    // As a reader has it who looks at the page.
    let focused = json!({ "enabled": true });
    let focus = "Emulation.setFocusEmulationEnabled";
    tab.page
        .call(focus, focused, REST_TIMEOUT)
        .map_err(broken)?;
    let address = format!("{site}/{path}");
    // As links lead to it.
    let address = match address.strip_suffix("/index.html") {
        Some(folder) => format!("{folder}/"),
        None => address,
    };
    let went = tab
        .page
        .call("Page.navigate", json!({ "url": address }), PAGE_TIMEOUT);
    let went = went.map_err(broken)?;
    if let Some(error) = went["errorText"].as_str() {
        return Err(Broken::Page(error.to_owned()));
    }
    let blocks = match tab.page.evaluate(DRIVER, PAGE_TIMEOUT) {
        Err(NoAnswer::TooLate) => return Err(Broken::Page(why_no_blocks(tab))),
        blocks => blocks.map_err(broken)?,
    };
    serde_json::from_value(blocks).map_err(|error| Broken::Page(error.to_string()))
}

/// Runs the blocks of the open page, each in the session that those above it left.
fn run_blocks<'r>(
    tab: &mut Tab,
    pages: Pages<'_>,
    path: &str,
    blocks: &[Shown],
    sources: Vec<Option<SourceBlock<'r>>>,
) -> Result<Vec<Tested<'r>>, Broken> {
    let mut tested = Vec::new();
    // Why blocks can't go on from what those above them left.
    let mut lost: Option<usize> = None;
    for (index, (block, source)) in blocks.iter().zip(sources).enumerate() {
        // Set-up code runs with the first block of its session.
        if block.hidden {
            continue;
        }
        let start = Instant::now();
        let (verdict, shown) = match (source, lost) {
            (Some(source), _) if source.block.options().test == Some(false) => {
                (Verdict::Skipped("it says test=\"no\"".to_owned()), None)
            }
            (_, Some(number)) => {
                let why = format!("block {number} ended Python");
                (Verdict::Skipped(why), None)
            }
            _ => run_block(tab, pages, index, source)?,
        };
        if let Verdict::Failed(reason) = &verdict
            && reason.ends_python
        {
            lost = Some(index + 1);
        }
        tested.push(Tested {
            source,
            stated: block.source.clone(),
            page: path.to_owned(),
            number: index + 1,
            verdict,
            shown,
            seconds: start.elapsed().as_secs_f64(),
        });
    }
    Ok(tested)
}

fn run_block(
    tab: &mut Tab,
    pages: Pages<'_>,
    index: usize,
    source: Option<SourceBlock<'_>>,
) -> Result<(Verdict, Option<Recorded>), Broken> {
    let nothing = BlockOptions::default();
    let options = source.map_or(&nothing, |source| source.block.options());
    let seconds = options.timelimit.unwrap_or(pages.running_seconds);
    let limits = json!({
        "stdin": options.stdin.as_deref().unwrap_or_default(),
        "runningSeconds": seconds,
        "loadingSeconds": LOADING_SECONDS,
        "isCompared": source.is_some_and(|source| pages.outputs.concern(source)),
    });
    let patience = Duration::from_secs((seconds + LOADING_SECONDS).into()) + REST_TIMEOUT;
    let call = format!("__pyfenceTest({index}, {limits})");
    let outcome: Outcome = match tab.page.evaluate(&call, patience) {
        Ok(outcome) => serde_json::from_value(outcome).unwrap_or_default(),
        Err(NoAnswer::TooLate) => {
            let mut reason = Reason::new("makes the page stand still");
            reason.ends_python = true;
            return Ok((Verdict::Failed(reason), None));
        }
        Err(error) => return Err(Broken::Page(told(error))),
    };
    let verdict = verdict(&outcome, options, seconds);
    match (verdict, source) {
        (Verdict::Passed, Some(source)) => Ok(pages.outputs.verdict(source, outcome)),
        (verdict, _) => Ok((verdict, None)),
    }
}

/// Why a page has no blocks that could run after all this time.
fn why_no_blocks(tab: &mut Tab) -> String {
    let state = tab.page.evaluate("document.readyState", REST_TIMEOUT);
    let reason = match state {
        Ok(state) if state == "complete" => "its blocks don't come: is the runtime there?",
        Ok(_) => "it isn't loaded after 30 seconds: something that it asks for doesn't come",
        Err(_) => "it stands still",
    };
    reason.to_owned()
}

fn told(error: NoAnswer) -> String {
    match error {
        NoAnswer::TooLate => "it doesn't answer".to_owned(),
        NoAnswer::Gone(reason) | NoAnswer::Refused(reason) => reason,
    }
}
