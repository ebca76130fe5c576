//! A release of Pyodide for a site: its core, and the packages that blocks ask for.

use std::collections::{BTreeMap, BTreeSet};

use super::compiled::Compiled;
use super::distribution::{Distribution, Target};
use super::licences::Licences;
use super::package::{NO_WHEEL, Package};
use super::pip::Pip;
use super::requirement::{name_of, normal, satisfies};
use super::resolve::{Choice, Choices, Place, Resolver};
use super::sources::{InNpm, Sources, Wanted, sha256};
use super::store::Store;
use super::{Ask, Update, own_file};
use crate::check::Needed;
use crate::error::{Error, ErrorKind, Errors, Result};
use crate::lock::{Lock, LockedFile, LockedPackage, LockedRelease};
use crate::runtime_files::Manifest;

/// A release, and the packages for it.
pub(super) struct Planned {
    pub release: LockedRelease,
    pub packages: Vec<LockedPackage>,
    /// Why nothing is compiled, if so.
    pub skipped: Option<String>,
}

/// Fetches releases.
pub(super) struct Planner<'v> {
    pub sources: &'v Sources,
    pub update: &'v Update,
    pub old: Option<&'v Lock>,
    pub store: &'v Store,
    /// Whether files stay as they were published.
    pub as_published: bool,
    pub progress: &'v dyn Fn(&str),
}

/// Locked wherever it is to be had: what a reader's own code installs comes through it, and what is
/// locked doesn't need it.
pub(super) const INSTALLER: &str = "micropip";

impl Planner<'_> {
    pub fn release(
        &self,
        version: &str,
        asks: &[Ask<'_>],
        licences: &mut Licences,
    ) -> Result<Planned, Errors> {
        let folder = format!("pyodide-{version}");
        let mut files = self.core(version, &folder)?;
        licences.add_npm(self.sources, "pyodide", version)?;
        let (lock_file, distribution) = files.distribution;
        let target = distribution.target(version);
        let (requirements, choices) = self.choose(&distribution, &target, asks)?;

        let base = Manifest::shipped().pyodide_base(version);
        let asked_for = asked_for(&distribution, &requirements, asks);
        let mut packages = self.packages(&distribution, &choices, asked_for, &base, licences)?;
        let wheels = packages.iter().map(|package| &package.locked.wheel);
        let Compiled {
            library,
            wheels: mut compiled,
            skipped,
        } = self.compiled(&target, &distribution, &files.files, wheels)?;
        for Package { locked, .. } in &mut packages {
            version.clone_into(&mut locked.pyodide);
            locked.precompiled = compiled.remove(&locked.wheel.sha256).into_iter().collect();
        }
        let own = packages
            .iter_mut()
            .filter_map(Package::of_the_site)
            .collect();
        let text = distribution.with(&own, &base);
        let name = format!("pyodide-lock.{}.json", &sha256(&text)[..8]);
        let path = format!("{folder}/{name}");
        self.store.put(&path, &text)?;
        files
            .files
            .insert(lock_file, own_file(&name, None, &path, &text));
        Ok(Planned {
            release: LockedRelease {
                version: version.to_owned(),
                python: target.python_line(),
                platform: target.platforms[0].clone(),
                files: files.files,
                precompiled: library,
                requirements,
            },
            packages: packages.into_iter().map(|package| package.locked).collect(),
            skipped,
        })
    }

    /// The packages that are asked for, those that they need, and what installs others, where all of that can be had.
    fn packages(
        &self,
        distribution: &Distribution,
        choices: &Choices,
        asked_for: Vec<String>,
        base: &str,
        licences: &mut Licences,
    ) -> Result<Vec<Package>, Errors> {
        let mut bring = |names: &BTreeSet<String>| {
            let mut packages = Vec::new();
            for name in names {
                let chosen = choices.get(name).filter(|choice| !choice.is_of_pyodide());
                let package = match chosen {
                    Some(choice) => Some(self.of_index(name, choice, licences)?),
                    None => self.of_distribution(distribution, name, base, licences)?,
                };
                packages.extend(package);
            }
            Ok::<_, Errors>(packages)
        };
        let wanted = with_dependencies(distribution, choices, asked_for);
        let mut packages = bring(&wanted)?;
        let installer = vec![INSTALLER.to_owned()];
        let further = &with_dependencies(distribution, choices, installer) - &wanted;
        let further = bring(&further)?;
        if further.iter().all(Package::is_of_the_site) {
            packages.extend(further);
            packages.sort_by(|one, other| one.locked.name.cmp(&other.locked.name));
        }
        Ok(packages)
    }

    /// The files that a boot takes.
    fn core(&self, version: &str, folder: &str) -> Result<Core> {
        let manifest = Manifest::shipped();
        let base = manifest.pyodide_base(version);
        let mut files = Vec::new();
        let mut distribution = None;
        for (index, (name, expected)) in manifest.pyodide_files(version).iter().enumerate() {
            let url = format!("{base}{name}");
            let path = format!("{folder}/{name}");
            let present = expected
                .as_ref()
                .and_then(|sha256| self.store.present(&path, sha256));
            let bytes = match present {
                Some(bytes) => bytes,
                None => {
                    (self.progress)(&format!("Pyodide {version}: {name}"));
                    let wanted = Wanted {
                        name,
                        url: &url,
                        npm: Some(InNpm {
                            package: "pyodide",
                            version,
                            path: name,
                        }),
                        sha256: expected.as_deref(),
                    };
                    let bytes = self.sources.published(&wanted)?;
                    bytes.ok_or_else(|| no_release(version))?
                }
            };
            match *name {
                // The site has one of its own.
                "pyodide-lock.json" => {
                    let read = Distribution::read(&bytes).ok_or_else(|| {
                        let message =
                            "this names no packages and no Python, as a release of Pyodide does";
                        Error::new(ErrorKind::Content, message).in_file(url.clone())
                    })?;
                    distribution = Some((index, read));
                }
                _ => {
                    self.store.put_unless_present(&path, &bytes)?;
                    files.push(own_file(name, Some(&url), &path, &bytes));
                }
            }
        }
        Ok(Core {
            files,
            distribution: distribution.ok_or_else(|| no_release(version))?,
        })
    }

    /// What requirements stand for, and the packages of the index that go with them.
    fn choose(
        &self,
        distribution: &Distribution,
        target: &Target,
        asks: &[Ask<'_>],
    ) -> Result<(BTreeMap<String, String>, Choices), Errors> {
        let mut of_pyodide = BTreeMap::new();
        let mut surely: BTreeMap<String, Ask<'_>> = BTreeMap::new();
        let mut perhaps = BTreeSet::new();
        for ask in asks {
            let Needed::Requirement(text) = &ask.need.what else {
                continue;
            };
            let entry = name_of(text).and_then(|name| Some((distribution.get(&name)?, name)));
            // As micropip does: what the distribution has comes first.
            if let Some((entry, name)) = entry
                && satisfies(text, entry.version())
            {
                of_pyodide.insert(text.clone(), name);
            }
            match ask.need.may_be_missing {
                true => drop(perhaps.insert(text.clone())),
                false => drop(surely.entry(text.clone()).or_insert(*ask)),
            }
        }
        perhaps.retain(|text| !surely.contains_key(text));
        let mut texts = surely.keys().chain(&perhaps);
        if texts.all(|text| of_pyodide.contains_key(text)) {
            return Ok((of_pyodide, Choices::new()));
        }
        let earlier = self.earlier(&target.pyodide);
        let resolver = Resolver::new(Pip::find()?, distribution, target, self.sources, &earlier)?;
        let mut texts: Vec<String> = surely.keys().cloned().collect();
        let resolving = format!("which packages go together for Pyodide {}", target.pyodide);
        (self.progress)(&resolving);
        let mut choices = match texts.is_empty() {
            // pip refuses to be asked for nothing.
            true => Choices::new(),
            false => resolver
                .resolve(&texts)
                .map_err(|reason| blame(&resolver, target, &surely, &reason))?,
        };
        for text in perhaps {
            texts.push(text);
            match resolver.resolve(&texts) {
                Ok(more) => choices = more,
                Err(_) => drop(texts.pop()),
            }
        }
        let named = texts.into_iter().filter_map(|text| {
            let name = name_of(&text)?;
            Some((text, name))
        });
        Ok((named.collect(), choices))
    }

    /// The versions of an earlier lock that are kept.
    fn earlier(&self, version: &str) -> BTreeMap<String, String> {
        let old = self.old.iter().flat_map(|lock| lock.packages_of(version));
        old.filter(|package| !self.update.moves(&package.name))
            .map(|package| (package.name.clone(), package.version.clone()))
            .collect()
    }
}

struct Core {
    files: Vec<LockedFile>,
    /// With its place among the files.
    distribution: (usize, Distribution),
}

impl Choice {
    fn is_of_pyodide(&self) -> bool {
        matches!(self.place, Place::Distribution)
    }
}

/// Whether each release of a lock has what installs packages.
pub(super) fn has_installer(lock: &Lock) -> bool {
    lock.releases.iter().all(|release| {
        let mut packages = lock.packages_of(&release.version);
        packages.any(|package| package.name == INSTALLER)
    })
}

/// The packages that blocks ask for.
fn asked_for(
    distribution: &Distribution,
    requirements: &BTreeMap<String, String>,
    asks: &[Ask<'_>],
) -> Vec<String> {
    let modules = asks.iter().filter_map(|ask| match &ask.need.what {
        Needed::Module(module) => distribution.bringing(module).map(str::to_owned),
        _ => None,
    });
    modules.chain(requirements.values().cloned()).collect()
}

/// Packages and all that they need, sorted.
fn with_dependencies(
    distribution: &Distribution,
    choices: &Choices,
    mut found: Vec<String>,
) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    while let Some(name) = found.pop() {
        if !wanted.insert(name.clone()) {
            continue;
        }
        match choices.get(&name).filter(|choice| !choice.is_of_pyodide()) {
            Some(choice) => found.extend(choice.depends.iter().cloned()),
            None => {
                let entry = distribution.get(&name);
                let depends = entry.map(|entry| entry.depends()).unwrap_or_default();
                found.extend(depends.iter().map(|name| normal(name)));
            }
        }
    }
    wanted
}

/// Which blocks ask for what nothing satisfies, or for what doesn't go together.
fn blame(
    resolver: &Resolver<'_>,
    target: &Target,
    asks: &BTreeMap<String, Ask<'_>>,
    reason: &str,
) -> Errors {
    let pyodide = &target.pyodide;
    let mut errors = Errors::new();
    for (text, ask) in asks {
        if let Err(reason) = resolver.resolve(std::slice::from_ref(text)) {
            let message = format!("nothing for Pyodide {pyodide} satisfies `{text}`");
            let error = Error::new(ErrorKind::Unlocked, message)
                .caused_by(reason)
                .help(NO_WHEEL);
            errors.push(ask.need.mark(ask.page, error));
        }
    }
    if !errors.is_empty() {
        return errors;
    }
    // One after the other: the first that doesn't go with those before it.
    let texts: Vec<String> = asks.keys().cloned().collect();
    let together = |end: usize| resolver.resolve(&texts[..end]).is_ok();
    let end = (2..=texts.len()).find(|end| !together(*end));
    let last = &texts[end.unwrap_or(texts.len()) - 1];
    let ask = asks[last];
    let others: Vec<String> = asks
        .iter()
        .filter(|(text, _)| *text != last && name_of(text) == name_of(last))
        .map(|(text, ask)| format!("`{text}` at {}", ask.place()))
        .collect();
    let message = match others.as_slice() {
        [] => format!("`{last}` doesn't go with what other blocks ask for"),
        others => format!("`{last}` doesn't go with {}", others.join(", ")),
    };
    let error = Error::new(ErrorKind::Unlocked, message)
        .caused_by(reason.to_owned())
        .help("a site has one version of a package for each release of Pyodide");
    ask.need.mark(ask.page, error).into()
}

fn no_release(version: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("no folder has Pyodide {version}")).help(format!(
        "`npm install pyodide@{version}`, and name the folder with `--from node_modules`"
    ))
}
