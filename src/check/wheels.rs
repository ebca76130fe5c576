//! Whether the package index has a wheel for a page's Pyodide of what its blocks install: the host
//! says what the index lists.

use std::collections::BTreeSet;
use std::str::FromStr;

use pep508_rs::pep440_rs::{Version, VersionSpecifiers};
use pep508_rs::{Requirement, VerbatimUrl, VersionOrUrl};

use super::needs::{Needed, PageNeeds};
use super::releases::Release;
use super::rule::Rule;
use crate::error::{Error, Errors};
use crate::page::code::PageCode;

/// What a package index says of a package.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Listing {
    /// Its files.
    Files(Vec<ListedFile>),
    /// It has no such package.
    Absent,
    /// It couldn't be asked.
    Unknown,
}

/// A file of a package, as the index lists it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ListedFile {
    /// Its name, such as `cowsay-6.1-py3-none-any.whl`.
    pub name: String,
    /// The versions of Python that it states to need.
    pub requires_python: Option<String>,
    /// Whether its author has taken it back.
    pub is_yanked: bool,
}

impl ListedFile {
    /// One for every version of Python.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            requires_python: None,
            is_yanked: false,
        }
    }
}

/// What the blocks of a page install and the index can't give them; `listing` says what it lists
/// under the name of a package. What Pyodide's own distribution has isn't asked for, nor what
/// packages need in their turn.
///
/// ```
/// use pyfence::check::{ListedFile, Listing, wheels_missing};
/// use pyfence::{PageContext, Renderer};
///
/// let renderer = Renderer::builder().build()?;
/// let page = "```pyodide install=\"psycopg2\"\nimport psycopg2\n```\n";
/// let page = renderer.parse(page, &PageContext::new("a.md")).code();
/// let listed = ListedFile::new("psycopg2-2.9.10-cp314-cp314-win_amd64.whl");
/// let missing = wheels_missing(&page, &|_| Listing::Files(vec![listed.clone()]));
/// assert_eq!(missing[0].rule(), Some("no-wheel"));
/// # Ok::<(), pyfence::Error>(())
/// ```
pub fn wheels_missing(page: &PageCode, listing: &dyn Fn(&str) -> Listing) -> Errors {
    let needs = PageNeeds::of(page);
    let Some(release) = Release::of(needs.version.as_deref()) else {
        return Errors::new();
    };
    let mut told = BTreeSet::new();
    let mut errors = Vec::new();
    for need in needs.needs.iter().filter(|need| !need.may_be_missing) {
        let Needed::Requirement(text) = &need.what else {
            continue;
        };
        let is_silenced = need.ignored.iter().any(|rule| rule == Rule::NoWheel.name());
        if is_silenced || !told.insert(text) {
            continue;
        }
        if let Some(error) = missing(text, release, listing) {
            errors.push(need.mark(page, error));
        }
    }
    Errors::sorted(errors)
}

fn missing(text: &str, release: &Release, listing: &dyn Fn(&str) -> Listing) -> Option<Error> {
    // What is no requirement has a finding of its own.
    let requirement = Requirement::<VerbatimUrl>::from_str(text).ok()?;
    let name = requirement.name.to_string();
    let wanted = match requirement.version_or_url {
        Some(VersionOrUrl::Url(_)) => return None,
        Some(VersionOrUrl::VersionSpecifier(wanted)) => wanted,
        None => VersionSpecifiers::empty(),
    };
    if release.packages.values().any(|package| *package == name) {
        return None;
    }
    let files = match listing(&name) {
        Listing::Files(files) => files,
        Listing::Unknown => return None,
        Listing::Absent => {
            let message = format!("the package index has no `{name}`");
            return Some(Rule::NoWheel.error(message));
        }
    };
    let wheels: Vec<Wheel<'_>> = files.iter().filter_map(Wheel::of).collect();
    let is_for_us = |wheel: &&Wheel<'_>| wheel.runs_on(release);
    let (major, minor) = release.python;
    let here = format!("Python {major}.{minor} in a browser");
    let ours: Vec<&Wheel<'_>> = wheels.iter().filter(is_for_us).collect();
    if ours.iter().any(|wheel| wheel.satisfies(&wanted)) {
        return None;
    }
    let newest = ours.iter().map(|wheel| &wheel.version).max();
    Some(match (newest, wheels.is_empty()) {
        (Some(_), _) if wanted.is_empty() => Rule::NoWheel
            .error(format!("no released wheel of `{name}` is for {here}"))
            .help("a version that was taken back, or comes before a release, is installed where it is named: `==1.0rc1`"),
        (Some(newest), _) => Rule::NoWheel
            .error(format!("no wheel of `{name}` for {here} is `{wanted}`"))
            .help(format!("the newest that there is has the version {newest}")),
        (None, true) => Rule::NoWheel
            .error(format!("the package index has `{name}`, but no wheel of it"))
            .help("micropip installs wheels only: build one, and name its address in `install`"),
        (None, false) => Rule::NoWheel
            .error(format!("the package index has no wheel of `{name}` for {here}"))
            .help("its wheels are compiled for other machines; one for Pyodide may be named by its address"),
    })
}

/// What the name of a wheel says
/// ([its format](https://packaging.python.org/en/latest/specifications/binary-distribution-format/)).
struct Wheel<'f> {
    version: Version,
    pythons: &'f str,
    abis: &'f str,
    platforms: &'f str,
    file: &'f ListedFile,
}

impl<'f> Wheel<'f> {
    fn of(file: &'f ListedFile) -> Option<Self> {
        let stem = file.name.strip_suffix(".whl")?;
        let mut parts = stem.rsplitn(4, '-');
        let (platforms, abis, pythons) = (parts.next()?, parts.next()?, parts.next()?);
        // A name, a version, and perhaps the number of a build.
        let version = parts.next()?.split('-').nth(1)?;
        Some(Self {
            version: Version::from_str(version).ok()?,
            pythons,
            abis,
            platforms,
            file,
        })
    }

    fn runs_on(&self, release: &Release) -> bool {
        let (major, minor) = release.python;
        let own = format!("cp{major}{minor}");
        let any = |tags: &str, is: &dyn Fn(&str) -> bool| tags.split('.').any(is);
        let is_platform =
            |tag: &str| tag == "any" || release.platforms.iter().any(|own| own == tag);
        let is_abi = |tag: &str| ["none", "abi3", own.as_str()].contains(&tag);
        let is_at_most = |tag: &str, start: &str| {
            let number = tag.strip_prefix(start).and_then(|rest| rest.parse().ok());
            number.is_some_and(|number: u8| number <= minor)
        };
        let is_python = |tag: &str| match any(self.abis, &|abi| abi == "abi3") {
            true => is_at_most(tag, "cp3"),
            false => tag == "py3" || tag == own || is_at_most(tag, "py3"),
        };
        let python = Version::new([u64::from(major), u64::from(minor)]);
        let stated = self.file.requires_python.as_deref();
        let stated = stated.and_then(|text| VersionSpecifiers::from_str(text).ok());
        any(self.platforms, &is_platform)
            && any(self.abis, &is_abi)
            && any(self.pythons, &is_python)
            // `>=3.14.1` is for a Python 3.14, too.
            && stated.is_none_or(|stated| {
                let late = Version::new([u64::from(major), u64::from(minor), 99]);
                stated.contains(&python) || stated.contains(&late)
            })
    }

    /// As micropip chooses: what was taken back, or isn't released, comes only where it is named.
    fn satisfies(&self, wanted: &VersionSpecifiers) -> bool {
        let names_one = wanted.iter().any(|one| one.version() == &self.version);
        let is_plain = !self.file.is_yanked && !self.version.any_prerelease();
        wanted.contains(&self.version) && (is_plain || names_one)
    }
}

#[cfg(test)]
mod tests {
    use super::{ListedFile, Wheel};
    use crate::check::releases::Release;

    #[test]
    fn wheels_run_where_their_tags_say() {
        let new = Release::of(None).expect("it is known");
        let old = Release::of(Some("0.27.7")).expect("it is known");
        for (name, requires_python, on_new, on_old) in [
            ("a-1-py3-none-any.whl", None, true, true),
            ("a-1-py2.py3-none-any.whl", None, true, true),
            ("a-1-2-py3-none-any.whl", None, true, true),
            ("a-1-py2-none-any.whl", None, false, false),
            ("a-1-py3-none-any.whl", Some(">=3.13"), true, false),
            ("a-1-py3-none-any.whl", Some(">=3.14.1"), true, false),
            ("a-1-py3-none-any.whl", Some("<3.14"), false, true),
            ("a-1-py313-none-any.whl", None, true, false),
            (
                "a-1-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
                None,
                true,
                false,
            ),
            (
                "a-1-cp312-cp312-pyodide_2024_0_wasm32.whl",
                None,
                false,
                true,
            ),
            (
                "a-1-cp39-abi3-pyemscripten_2026_0_wasm32.whl",
                None,
                true,
                false,
            ),
            (
                "a-1-cp315-abi3-pyemscripten_2026_0_wasm32.whl",
                None,
                false,
                false,
            ),
            ("a-1-cp314-cp314-win_amd64.whl", None, false, false),
            (
                "a-1-py3-none-win_amd64.manylinux_2_17_x86_64.whl",
                None,
                false,
                false,
            ),
        ] {
            let mut file = ListedFile::new(name);
            file.requires_python = requires_python.map(str::to_owned);
            let wheel = Wheel::of(&file).expect("it is a wheel");
            assert_eq!(wheel.runs_on(new), on_new, "{name} {requires_python:?}");
            assert_eq!(wheel.runs_on(old), on_old, "{name} {requires_python:?}");
        }
        let source = ListedFile::new("a-1.tar.gz");
        assert!(Wheel::of(&source).is_none());
    }
}
