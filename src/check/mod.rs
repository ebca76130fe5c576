//! Whether the Python of blocks can work as its reader will run it, as far as its text tells:
//! blocks in, findings out.
//!
//! ```
//! use pyfence::check::check;
//! use pyfence::{PageContext, Renderer};
//!
//! let renderer = Renderer::builder().build()?;
//! let page = "```pyodide\nimport tkinter\n```\n";
//! let page = renderer.parse(page, &PageContext::new("a.md")).code();
//! let findings = check(&page, &|_| true);
//! assert_eq!(findings[0].rule(), Some("absent-module"));
//! assert_eq!((findings[0].line(), findings[0].column()), (Some(2), Some(8)));
//! # Ok::<(), pyfence::Error>(())
//! ```
//!
//! What can't be known isn't told: a session into which names or modules may come in other ways
//! (`from x import *`, `exec`, a package of which only the index knows the modules) is left alone
//! in that respect. A block says with the option `ignore` which rules don't hold for it.

mod calls;
mod depth;
mod facts;
mod imports;
mod names;
mod near_names;
mod needs;
mod notebook_habits;
mod pip_lines;
mod python;
pub(crate) mod releases;
pub(crate) mod requirements;
mod rule;
mod typos;
mod wheels;

use crate::block::{Role, roles};
use crate::error::{Error, Errors, Source, nearest};
use crate::page::code::{PageCode, WrittenBlock};
use crate::records::RecordFolder;

use python::Python;
use releases::Release;
use rule::Rule;

pub use needs::{Need, Needed, PageNeeds};
pub use wheels::{ListedFile, Listing, wheels_missing};

/// All that is wrong with the blocks of a page, in the order of its lines. `is_there` says of an
/// address of the option `files` whether the site has such a file.
pub fn check(page: &PageCode, is_there: &dyn Fn(&str) -> bool) -> Errors {
    let mut findings = Findings {
        source: page.source(),
        errors: Vec::new(),
    };
    let version = version_of(page);
    let release = Release::of(version);
    let blocks: Vec<_> = in_order(page)
        .into_iter()
        .filter(|written| is_python(written))
        .map(|written| read(written, release, &mut findings))
        .collect();
    imports::check(&blocks, release, &mut findings);
    calls::check(&blocks, &mut findings);
    names::check(&blocks, release, &mut findings);
    requirements::check(&blocks, release, &mut findings);
    for block in &blocks {
        let files = block.written.options().files.iter().flatten();
        for file in files.filter(|file| !is_there(file)) {
            let shown = page
                .rooted(file)
                .map_or(file.clone(), |path| format!("/{path}"));
            let error = Rule::MissingFile
                .error(format!("there is no file `{shown}`"))
                .help("addresses of `files` are relative to the page, or to the site's root with a leading `/`");
            findings.add_opening(block, error);
        }
    }
    typos::check(&blocks, &mut findings);
    stale_records(page, &mut findings);
    unknown_rules(&blocks, &mut findings);
    Errors::sorted(findings.errors)
}

/// Recorded outputs that are left of pages which aren't there any more, such as those that were renamed.
pub fn records_without_page(records: &RecordFolder, pages: &[PageCode]) -> Errors {
    let left = records.without_page(pages).into_iter();
    left.map(|file| {
        let warning = Rule::StaleRecord.warning("no page has these recorded outputs");
        let help = "if the page has another name now, name this file and its folder after it; `pyfence test --record` removes what is left";
        warning.in_file(file.display().to_string()).help(help)
    })
    .collect()
}

/// A block, and what its code says.
/// The modules that blocks of a page import and nothing brings in this release of Pyodide, nor what `brings` says of a
/// requirement; with their lines.
#[cfg(feature = "vendor")]
pub(crate) fn modules_unbrought(
    page: &PageCode,
    version: &str,
    brings: &dyn Fn(&str) -> Option<Vec<String>>,
) -> Vec<(String, usize)> {
    let Some(release) = Release::of(Some(version)) else {
        return Vec::new();
    };
    let mut findings = Findings {
        source: page.source(),
        errors: Vec::new(),
    };
    let blocks: Vec<_> = in_order(page)
        .into_iter()
        .filter(|written| is_python(written))
        .map(|written| read(written, Some(release), &mut findings))
        .collect();
    let unbrought = imports::unbrought(&blocks, release, brings).into_iter();
    let is_told = |missing: &imports::Unbrought<'_, '_>| {
        !release.absent.contains(missing.module) && missing.found.reached != facts::Reached::Guarded
    };
    let told = unbrought.filter(is_told);
    told.map(|missing| {
        let place = missing.block.written.place(missing.found.range.clone());
        (missing.module.to_owned(), page.line_at(place.start))
    })
    .collect()
}

struct Read<'p> {
    written: &'p WrittenBlock,
    /// `None` where it isn't Python.
    python: Option<Python>,
}

impl Read<'_> {
    /// Whether it is meant to fail, or not to run at all.
    fn may_fail(&self) -> bool {
        self.written.options().may_fail()
    }

    /// Whether it is a part of an exercise, which runs in no session of its own.
    fn is_part(&self) -> bool {
        roles(self.written.options()).any(|(role, _)| role != Role::Exercise)
    }
}

struct Findings<'p> {
    source: Source<'p>,
    errors: Vec<Error>,
}

impl Findings<'_> {
    /// Adds what is wrong at a range of the block's code.
    fn add(&mut self, block: &Read<'_>, range: std::ops::Range<usize>, error: Error) {
        let error = error.at(&self.source, block.written.place(range));
        self.push(block.written, error);
    }

    /// Adds what is wrong with the line that opens the block.
    fn add_opening(&mut self, block: &Read<'_>, error: Error) {
        let error = error.at(&self.source, block.written.opening());
        self.push(block.written, error);
    }

    fn push(&mut self, block: &WrittenBlock, error: Error) {
        let mut ignored = block.options().ignore.iter().flatten();
        if !ignored.any(|rule| Some(rule.as_str()) == error.rule()) {
            self.errors.push(error);
        }
    }
}

/// The version of Pyodide that a page states: its blocks have one.
fn version_of(page: &PageCode) -> Option<&str> {
    let blocks = page.all_blocks();
    let version = blocks
        .into_iter()
        .find_map(|block| block.options().version.as_ref())?;
    Some(version.as_str())
}

/// The blocks in the order in which a session runs: what is hidden runs before its first block.
fn in_order(page: &PageCode) -> Vec<&WrittenBlock> {
    let is_hidden = |block: &&WrittenBlock| block.options().hidden == Some(true);
    let (hidden, shown): (Vec<_>, Vec<_>) = page.all_blocks().into_iter().partition(is_hidden);
    hidden.into_iter().chain(shown).collect()
}

/// Whether it is neither a hint nor a check that is a table of cases: no line of Python has an
/// arrow between two expressions.
fn is_python(written: &WrittenBlock) -> bool {
    let options = written.options();
    let lines = written.code().lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_table = options.check.is_some()
        && lines.all(|line| line.contains(" -> ") && !line.starts_with("def "));
    options.hint.is_none() && !is_table
}

fn read<'p>(
    written: &'p WrittenBlock,
    release: Option<&Release>,
    findings: &mut Findings<'_>,
) -> Read<'p> {
    // Where nothing is known of the release, the newest grammar takes most.
    let version = release.map_or((3, 15), |release| release.python);
    let mut block = Read {
        written,
        python: None,
    };
    // A file that is no Python is only saved.
    let is_data = |file: &String| !file.ends_with(".py");
    let code = match written.options().file.as_ref().is_some_and(is_data) {
        true => "",
        false => written.code(),
    };
    match python::read(code, version) {
        Ok(python) => block.python = Some(python),
        Err(wrong) if !block.may_fail() => {
            let (major, minor) = version;
            let reason = wrong.reason;
            let mut error =
                Rule::NotPython.error(format!("this is not Python {major}.{minor}: {reason}"));
            if let Some(help) = wrong.help {
                error = error.help(help);
            }
            findings.add(&block, wrong.range, error);
        }
        Err(_) => {}
    }
    block
}

/// Blocks of a page with recorded outputs of which none fits them as they stand.
fn stale_records(page: &PageCode, findings: &mut Findings<'_>) {
    let Some(records) = page.records() else {
        return;
    };
    for (index, block) in page.blocks().iter().enumerate() {
        let options = block.options();
        let isnt_recorded = [options.record, options.test].contains(&Some(false));
        // What an exercise shows depends on its reader, and its parts show nothing.
        let is_exercise = roles(options).next().is_some();
        if isnt_recorded || is_exercise || options.hidden == Some(true) {
            continue;
        }
        if records.get(page.record_key(index)).is_none() {
            let message = "what was recorded isn't what this block shows as it stands now";
            let warning = Rule::StaleRecord
                .warning(message)
                .help("`pyfence test --record` records it; the page doesn't show what isn't fresh");
            let error = warning.at(&findings.source, block.opening());
            findings.push(block, error);
        }
    }
}

fn unknown_rules(blocks: &[Read<'_>], findings: &mut Findings<'_>) {
    let known = || Rule::ALL.iter().map(|rule| rule.name());
    for block in blocks {
        for name in block.written.options().ignore.iter().flatten() {
            if known().any(|rule| rule == name) {
                continue;
            }
            let warning = match nearest(name, known()) {
                Some(rule) => Rule::BadIgnore.warning(format!(
                    "there is no rule `{name}` to ignore; did you mean `{rule}`?"
                )),
                None => Rule::BadIgnore
                    .warning(format!("there is no rule `{name}` to ignore"))
                    .help(format!(
                        "the rules are {}",
                        known().collect::<Vec<_>>().join(", ")
                    )),
            };
            findings.add_opening(block, warning);
        }
    }
}
