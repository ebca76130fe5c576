//! What the blocks of a page ask the browser for, read from their options and their code.

use std::sync::LazyLock;

use regex::Regex;

use crate::block::options::BlockOptions;
use crate::check::releases::Release;
use crate::check::requirements::name_of;
use crate::check::{Needed, PageNeeds};
use crate::lock::Lock;
use crate::page::code::{PageCode, WrittenBlock};
use crate::runtime_files::Manifest;

use super::Policy;

/// Where micropip finds and fetches what Pyodide doesn't have.
const PACKAGE_INDEX: [&str; 2] = ["https://pypi.org", "https://files.pythonhosted.org"];

/// Packages that make nothing to show.
const WITHOUT_PICTURES: [&str; 2] = ["micropip", "pyodide_http"];

/// Packages whose charts are HTML that runs scripts of its own.
const SCRIPTED_CHARTS: [&str; 6] = ["altair", "bokeh", "folium", "hvplot", "plotly", "pyvis"];

/// Words of code that opens addresses.
static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"urllib|requests|httpx|aiohttp|fetch|open_url|\.read_|XMLHttpRequest")
        .expect("it is a pattern")
});

static ORIGIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?").expect("it is a pattern")
});

/// Words of code whose values may be pictures.
static PICTURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"display|_repr_(png|jpeg|svg|mimebundle)_|turtle").expect("it is a pattern")
});

pub(super) fn add(page: &PageCode, lock: Option<&Lock>, policy: &mut Policy) {
    policy.allow("script-src", "blob:", || {
        "Python, run from the bytes that were verified".to_owned()
    });
    policy.allow("script-src", "'wasm-unsafe-eval'", || {
        "Python, which is WebAssembly".to_owned()
    });
    for block in page.all_blocks() {
        add_scripts(block, lock, policy, &|| at(page, page.line_of(block)));
        if PICTURES.is_match(block.code()) {
            let reason = || format!("pictures ({})", at(page, page.line_of(block)));
            policy.allow("img-src", "data:", reason);
        }
        add_addresses(page, block, policy);
    }
    match lock {
        Some(lock) => add_locked(lock, policy),
        None => {
            let needs = PageNeeds::of(page);
            let version = needs.version.as_deref();
            let version = version.unwrap_or(Manifest::shipped().pyodide_version());
            let base = Manifest::shipped().pyodide_base(version);
            policy.allow("connect-src", &base, || {
                "Pyodide, and the packages that it has".to_owned()
            });
        }
    }
    add_packages(page, lock.is_some(), policy);
}

fn at(page: &PageCode, line: usize) -> String {
    format!("{}:{line}", page.name())
}

/// What the page loads for the block when the reader edits or sees its values.
fn add_scripts(
    block: &WrittenBlock,
    lock: Option<&Lock>,
    policy: &mut Policy,
    at: &dyn Fn() -> String,
) {
    let mut allow = |npm: &str, what: &str| {
        if let Some(folder) = folder_of(npm, lock) {
            policy.allow("script-src", &folder, || format!("{what} ({})", at()));
        }
    };
    let options: &BlockOptions = block.options();
    let is_edited = options.readonly != Some(true) && options.hidden != Some(true);
    if is_edited {
        allow("ace-builds", "the editor, Ace");
    }
    if is_edited && options.persist == Some(true) {
        allow("@highlightjs/cdn-assets", "colours of kept edits");
    }
    if block.code().contains("arkdown") {
        allow("marked", "values in Markdown");
    }
}

/// The folder of another site from which pages load a package of npm; `None` where they don't.
fn folder_of(npm: &str, lock: Option<&Lock>) -> Option<String> {
    let Some(lock) = lock else {
        let mut scripts = Manifest::shipped().scripts().iter();
        return Some(scripts.find(|scripts| scripts.npm == npm)?.base());
    };
    let scripts = lock.scripts.iter().find(|scripts| scripts.name == npm)?;
    let mut elsewhere = scripts.files.iter().filter(|file| file.path.is_none());
    elsewhere.find_map(|file| {
        file.url
            .as_deref()?
            .strip_suffix(&file.name)
            .map(str::to_owned)
    })
}

/// Pyodide and packages, where the lock says that they are.
fn add_locked(lock: &Lock, policy: &mut Policy) {
    let core = lock.releases.iter().flat_map(|release| &release.files);
    let wheels = lock.packages.iter().map(|package| &package.wheel);
    for file in core.chain(wheels).filter(|file| file.path.is_none()) {
        let folder = file
            .url
            .as_deref()
            .and_then(|url| Some(url.rsplit_once('/')?.0));
        if let Some(folder) = folder {
            policy.allow("connect-src", &as_source(&format!("{folder}/")), || {
                format!("{}, by the lock", file.name)
            });
        }
    }
}

/// Packages and files that the blocks ask for, and pictures that packages make.
fn add_packages(page: &PageCode, is_locked: bool, policy: &mut Policy) {
    let needs = PageNeeds::of(page);
    let release = Release::of(needs.version.as_deref());
    for need in &needs.needs {
        let at = || at(page, need.line(page));
        match &need.what {
            Needed::Address(address) => {
                policy.allow("connect-src", &as_source(address), || {
                    format!("`files` ({})", at())
                });
            }
            Needed::Requirement(requirement) if requirement.contains("://") => {
                // A name may stand before it: `x @ https://…`.
                let (before, address) = requirement.split_once("://").unwrap_or_default();
                let scheme = match before.ends_with("http") {
                    true => "http",
                    false => "https",
                };
                if !is_locked {
                    let source = as_source(&format!("{scheme}://{address}"));
                    policy.allow("connect-src", &source, || format!("a wheel ({})", at()));
                }
            }
            Needed::Requirement(requirement) if !is_locked && is_of_index(requirement, release) => {
                for source in PACKAGE_INDEX {
                    policy.allow("connect-src", source, || {
                        format!("{requirement} ({})", at())
                    });
                }
            }
            Needed::Requirement(_) => {}
            Needed::Module(module) => {
                let is_known = release.is_some_and(|release| {
                    release.standard.contains(module) || release.distribution.contains(module)
                });
                if !is_known && !WITHOUT_PICTURES.contains(&module.as_str()) {
                    policy.allow("img-src", "data:", || format!("pictures ({})", at()));
                }
                if SCRIPTED_CHARTS.contains(&module.as_str()) {
                    policy.note(format!(
                        "{}: charts of {module} run scripts of their own. Without 'unsafe-inline' and the host of their library the block says that they can't.",
                        at()
                    ));
                }
            }
        }
    }
}

/// Hosts that the code opens, as far as its text tells.
fn add_addresses(page: &PageCode, block: &WrittenBlock, policy: &mut Policy) {
    if !OPENS.is_match(block.code()) {
        return;
    }
    for found in ORIGIN.find_iter(block.code()) {
        let reason = || format!("the code opens it ({})", at(page, page.line_of(block)));
        policy.allow("connect-src", found.as_str(), reason);
    }
}

/// Whether micropip asks the index for it: Pyodide's own packages come from its folder.
fn is_of_index(requirement: &str, release: Option<&Release>) -> bool {
    let Some(name) = name_of(requirement) else {
        return false;
    };
    let has = |release: &Release| release.packages.values().any(|package| *package == name);
    requirement.contains(['=', '<', '>', '~']) || !release.is_some_and(has)
}

/// An address as a policy has it: without what stands behind `?` and `#`, and without marks that end a source.
fn as_source(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    // In both, what has no scheme has the page's.
    let path = path.strip_prefix("//").unwrap_or(path);
    path.replace(';', "%3B")
        .replace(',', "%2C")
        .replace(' ', "%20")
}
