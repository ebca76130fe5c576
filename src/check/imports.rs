//! Imports of modules that nothing brings.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use crate::error::nearest;

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
    // One Python runs all blocks of a page: what one brings, those below it have.
    let mut is_open = false;
    let mut own: HashSet<&str> = HashSet::new();
    let known = OnceCell::new();
    for block in blocks {
        is_open |= opens(block, release);
        let options = block.written.options();
        let files = options.files.iter().flatten().chain(&options.file);
        own.extend(files.filter_map(|file| module_of(file)));
        let Some(python) = &block.python else {
            continue;
        };
        if is_open || block.may_fail() {
            continue;
        }
        for found in &python.facts.imported {
            let module = found.name.split('.').next().unwrap_or_default();
            if release.has_module(module) || own.contains(module) {
                continue;
            }
            let (rule, message, help) = missing(module, release, &known);
            if let Some(error) = rule.where_reached(found.reached, message) {
                findings.add(block, found.range.clone(), error.help(help));
            }
        }
    }
}

/// Whether the block may bring modules of names that nothing here knows.
fn opens(block: &Read<'_>, release: &Release) -> bool {
    let mut installed = block.written.options().install.iter().flatten();
    let mut files = block.written.options().files.iter().flatten();
    let is_known = |requirement: &String| {
        let name = super::requirements::name_of(requirement);
        name.is_some_and(|name| release.packages.values().any(|package| *package == name))
    };
    let code = block.written.code();
    !installed.all(is_known)
        || files.any(|file| {
            [".zip", ".whl", ".tar.gz"]
                .iter()
                .any(|end| file.ends_with(end))
        })
        || block.python.as_ref().is_none_or(|python| python.installs)
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

fn missing<'r>(
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
