//! Imports of modules that nothing brings.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use crate::error::nearest;

use super::facts::Found;
use super::near_names::NearNames;
use super::releases::Release;
use super::rule::Rule;
use super::{Findings, Read};

/// Words of code that may bring modules in ways that its text doesn't show.
const OTHER_WAYS: [&str; 6] = [
    "micropip",
    "sys.path",
    "sys.modules",
    "unpack_archive",
    "loadPackage",
    ".py",
];

pub(super) fn check(blocks: &[Read<'_>], release: Option<&Release>, findings: &mut Findings<'_>) {
    let Some(release) = release else {
        return;
    };
    let known = OnceCell::new();
    for missing in unbrought(blocks, release, &|_| None) {
        let (rule, message, help) = missing_in(missing.module, release, &known);
        if let Some(error) = rule.where_reached(missing.found.reached, message) {
            findings.add(missing.block, missing.found.range.clone(), error.help(help));
        }
    }
}

/// An import of a module that nothing brings.
pub(super) struct Unbrought<'b, 'p> {
    pub(super) block: &'b Read<'p>,
    pub(super) found: &'b Found,
    pub(super) module: &'b str,
}

/// The modules that a requirement brings, where that is known.
pub(super) type Brings<'f> = dyn Fn(&str) -> Option<Vec<String>> + 'f;

pub(super) fn unbrought<'b, 'p>(
    blocks: &'b [Read<'p>],
    release: &Release,
    brings: &Brings<'_>,
) -> Vec<Unbrought<'b, 'p>> {
    let mut missing = Vec::new();
    // One Python runs all blocks of a page: what one brings, those below it have.
    let mut is_open = false;
    let mut own: HashSet<Cow<'_, str>> = HashSet::new();
    for block in blocks {
        let options = block.written.options();
        for requirement in options.install.iter().flatten() {
            match brings(requirement) {
                Some(modules) => own.extend(modules.into_iter().map(Cow::Owned)),
                None => is_open |= !is_of_release(requirement, release),
            }
        }
        is_open |= opens(block);
        let files = options.files.iter().flatten().chain(&options.file);
        own.extend(files.filter_map(|file| module_of(file)).map(Cow::Borrowed));
        let Some(python) = &block.python else {
            continue;
        };
        if is_open || block.may_fail() {
            continue;
        }
        for found in &python.facts.imported {
            let module = found.name.split('.').next().unwrap_or_default();
            if !release.has_module(module) && !own.contains(module) {
                missing.push(Unbrought {
                    block,
                    found,
                    module,
                });
            }
        }
    }
    missing
}

fn is_of_release(requirement: &str, release: &Release) -> bool {
    let name = super::requirements::name_of(requirement);
    name.is_some_and(|name| release.packages.values().any(|package| *package == name))
}

/// Whether the block may bring modules of names that nothing here knows, in other ways than by `install`.
fn opens(block: &Read<'_>) -> bool {
    let mut files = block.written.options().files.iter().flatten();
    let code = block.written.code();
    files.any(|file| {
        [".zip", ".whl", ".tar.gz"]
            .iter()
            .any(|end| file.ends_with(end))
    }) || block.python.as_ref().is_none_or(|python| python.installs)
        || OTHER_WAYS.iter().any(|word| code.contains(word))
}

/// The module that a file of the option `files` is, or is a part of.
fn module_of(file: &str) -> Option<&str> {
    let file = file.trim_start_matches("./");
    let is_inside = !file.starts_with('/') && !file.contains("://") && !file.starts_with("..");
    let shown = match is_inside {
        true => file,
        false => file.rsplit('/').next().unwrap_or(file),
    };
    match shown.split_once('/') {
        Some((folder, _)) => Some(folder),
        None => shown.strip_suffix(".py"),
    }
}

fn missing_in<'r>(
    module: &str,
    release: &'r Release,
    known: &OnceCell<NearNames<'r>>,
) -> (Rule, String, String) {
    if release.absent.contains(module) {
        let message = format!("Pyodide has no `{module}`: it can't be in a browser");
        return (Rule::AbsentModule, message, instead_of(module).to_owned());
    }
    let message = format!("nothing brings the module `{module}`");
    if let Some((version, instead)) = former_module(module) {
        let message = format!("`{module}` was a part of Python until {version}");
        let help = match instead {
            "" => "leave it out: no package has it in its place".to_owned(),
            instead => format!("now there is `{instead}`"),
        };
        return (Rule::UnknownImport, message, help);
    }
    let known = known.get_or_init(|| {
        let modules = release.standard.iter().chain(release.packages.keys());
        NearNames::among(modules.map(String::as_str))
    });
    let mut near: Vec<_> = known.of(module).into_iter().collect();
    near.sort_by_key(|name| (!release.standard.contains(*name), *name));
    let help = match nearest(module, near) {
        _ if module == "nest_asyncio" => {
            "leave it out: `asyncio.run(...)` and `await` work here as they are".to_owned()
        }
        Some(name) => format!("did you mean `{name}`?"),
        None => format!(
            "install=\"...\" names the package that has it, files=\"{module}.py\" a file of the site"
        ),
    };
    (Rule::UnknownImport, message, help)
}

/// Modules that Python no longer has, by the last version that did, with what is there instead: what the page says too.
static FORMER_MODULES: LazyLock<BTreeMap<String, BTreeMap<String, String>>> = LazyLock::new(|| {
    let text = include_str!("../../runtime/missing/former-modules.json");
    serde_json::from_str(text).unwrap_or_default()
});

/// The last version of Python with this module, and what is there instead of it.
fn former_module(module: &str) -> Option<(&'static str, &'static str)> {
    FORMER_MODULES.iter().find_map(|(version, modules)| {
        let instead = modules.get(module)?;
        Some((version.as_str(), instead.as_str()))
    })
}

fn instead_of(module: &str) -> &'static str {
    match module {
        "turtle" | "turtledemo" => {
            "install=\"basthon-turtle\" draws pictures with the same commands"
        }
        "tkinter" | "idlelib" | "curses" => {
            "a page has no windows and no terminal: show text, pictures or HTML"
        }
        "ensurepip" | "venv" => "the option `install` brings packages",
        "dbm" => "`sqlite3` and `json` keep data",
        _ => "leave it out, or ask for it with `try` and go on without it",
    }
}
