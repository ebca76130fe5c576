//! What the blocks of a page load when they run, as far as their text tells: what `pyfence vendor`
//! puts into a site's lock.

use std::ops::Range;

use crate::error::Error;
use crate::page::code::{PageCode, WrittenBlock};
use crate::page::unlocked::is_of_site;

use super::python;
use super::releases::Release;

/// What the blocks of a page load.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PageNeeds {
    /// The version of Pyodide that the page states, if it does.
    pub version: Option<String>,
    /// What its blocks ask for, in their order.
    pub needs: Vec<Need>,
}

/// Something that a block loads.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Need {
    /// What it is.
    pub what: Needed,
    /// Whether the block is meant to fail, or not to run: it need not be there.
    pub may_be_missing: bool,
    /// The rules of a check that its block says not to hold for it.
    pub(super) ignored: Vec<String>,
    /// Where the page asks for it, in bytes of its text.
    place: Range<usize>,
}

/// What a block can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Needed {
    /// A requirement, as `install` or micropip takes it.
    Requirement(String),
    /// A module, by the first part of its name.
    Module(String),
    /// A file at an address of another site.
    Address(String),
}

/// Modules that import another one only when they are used, and don't do without.
const ASKED_FOR_LATER: [(&str, &str); 1] = [("zoneinfo", "tzdata")];

/// What the runtime brings for code with addresses of the web: see `runtime/worker/needs.js`.
const NETWORK: (&[&str], &str) = (&["urllib", "http:", "https:"], "pyodide_http");

impl PageNeeds {
    /// Those of a page.
    ///
    /// ```
    /// use pyfence::check::{Needed, PageNeeds};
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let page = "```pyodide install=\"cowsay>=6\"\nimport cowsay, numpy.linalg\n```\n";
    /// let page = PageNeeds::of(&renderer.parse(page, &PageContext::new("a.md")).code());
    /// let needed: Vec<_> = page.needs.into_iter().map(|need| need.what).collect();
    /// assert_eq!(needed[0], Needed::Requirement("cowsay>=6".to_owned()));
    /// assert_eq!(needed[2], Needed::Module("numpy".to_owned()));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub fn of(page: &PageCode) -> Self {
        let version = super::version_of(page).map(str::to_owned);
        let grammar = Release::of(version.as_deref()).map_or((3, 15), |release| release.python);
        let mut needs = Vec::new();
        for block in page.all_blocks() {
            of_block(block, grammar, &mut needs);
        }
        Self { version, needs }
    }
}

impl Need {
    /// Points an error at the place in the page that asks for it.
    #[must_use]
    pub fn mark(&self, page: &PageCode, error: Error) -> Error {
        error.at(&page.source(), self.place.clone())
    }

    /// The number of its line, from 1.
    pub fn line(&self, page: &PageCode) -> usize {
        page.line_at(self.place.start)
    }
}

/// A wheel of the site itself is no lock's business: of the world it needs what installs it.
fn of_requirement(requirement: &str) -> Needed {
    match is_of_site(requirement) {
        true => Needed::Module("micropip".to_owned()),
        false => Needed::Requirement(requirement.to_owned()),
    }
}

fn of_block(block: &WrittenBlock, grammar: (u8, u8), needs: &mut Vec<Need>) {
    let options = block.options();
    let mut add = |what: Needed, place: Range<usize>| {
        needs.push(Need {
            what,
            may_be_missing: options.may_fail(),
            ignored: options.ignore.clone().unwrap_or_default(),
            place,
        });
    };
    let asked = options.install.iter().flatten();
    for requirement in asked {
        add(of_requirement(requirement), block.opening());
    }
    for file in options.files.iter().flatten() {
        if file.contains("://") || file.starts_with("//") {
            add(Needed::Address(file.clone()), block.opening());
        }
    }
    // What isn't Python loads nothing.
    let Ok(python) = python::read(block.code(), grammar) else {
        return;
    };
    let installed = python.facts.installed.iter().chain(&python.installed);
    for found in installed {
        add(
            of_requirement(&found.name),
            block.place(found.range.clone()),
        );
    }
    if options.autoload == Some(false) {
        return;
    }
    for found in &python.facts.imported {
        let module = found.name.split('.').next().unwrap_or_default();
        let place = block.place(found.range.clone());
        add(Needed::Module(module.to_owned()), place.clone());
        let later = ASKED_FOR_LATER
            .iter()
            .filter(|(asking, _)| *asking == module);
        for (_, later) in later {
            add(Needed::Module((*later).to_owned()), place.clone());
        }
    }
    let (words, module) = NETWORK;
    if words.iter().any(|word| block.code().contains(word)) {
        add(Needed::Module(module.to_owned()), block.opening());
    }
}
