//! Which versions of packages go together: pip says so, for the Python of Pyodide.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::str::FromStr;

use pep508_rs::pep440_rs::{Version, VersionSpecifiers};
use pep508_rs::{ExtraName, MarkerEnvironment, MarkerEnvironmentBuilder, Requirement, VerbatimUrl};
use percent_encoding::percent_decode_str;

use super::distribution::{Distribution, Target};
use super::pip::{Installed, Pip, Refusal, Report};
use super::requirement::{asked_for, normal, without_marker};
use super::sources::Sources;
use super::wheel;
use crate::error::{Error, ErrorKind, Result};

/// What a resolver chose.
pub(super) struct Choice {
    pub version: String,
    pub place: Place,
    /// The packages that it needs.
    pub depends: BTreeSet<String>,
}

/// Where the wheel of a choice is.
pub(super) enum Place {
    /// In Pyodide's distribution.
    Distribution,
    /// At an address, with its sha256 where the index states it.
    Address { url: String, sha256: Option<String> },
    /// In a folder of this machine.
    File(PathBuf),
}

/// Choices by the names of packages.
pub(super) type Choices = BTreeMap<String, Choice>;

/// Chooses packages for one release of Pyodide.
pub(super) struct Resolver<'r> {
    pip: Pip,
    target: &'r Target,
    sources: &'r Sources,
    /// Wheels without contents that stand for the packages of Pyodide's distribution.
    stand_ins: tempfile::TempDir,
    /// The versions of those.
    of_pyodide: BTreeMap<String, String>,
    /// Versions that are kept where they can be: the distribution's, as it was built and tested
    /// together, and those of an earlier lock.
    kept: BTreeMap<String, String>,
}

impl<'r> Resolver<'r> {
    pub fn new(
        pip: Pip,
        distribution: &Distribution,
        target: &'r Target,
        sources: &'r Sources,
        earlier: &BTreeMap<String, String>,
    ) -> Result<Self> {
        let unwritable = |error: std::io::Error| {
            Error::new(ErrorKind::Io, "no temporary folder can be made").caused_by(error)
        };
        let stand_ins = tempfile::tempdir().map_err(unwritable)?;
        let mut of_pyodide = BTreeMap::new();
        for name in distribution.names() {
            let version = distribution.get(name).map_or("", |entry| entry.version());
            // What isn't a version of Python's packages is no package of Python's.
            if Version::from_str(version).is_err() {
                continue;
            }
            let file = format!("{}-{version}-py3-none-any.whl", name.replace('-', "_"));
            let wheel = wheel::empty(name, version).map_err(|error| unwritable(error.into()))?;
            fs::write(stand_ins.path().join(file), wheel).map_err(unwritable)?;
            of_pyodide.insert(name.to_owned(), version.to_owned());
        }
        let mut kept = of_pyodide.clone();
        kept.extend(earlier.clone());
        Ok(Self {
            pip,
            target,
            sources,
            stand_ins,
            of_pyodide,
            kept,
        })
    }

    /// What satisfies all of the requirements, or why nothing does.
    pub fn resolve(&self, requirements: &[String]) -> Result<Choices, String> {
        let asked = requirements.iter().map(|text| self.for_pip(text));
        let mut asked = asked.collect::<Result<Vec<String>, String>>()?;
        // pip reads markers as the Python that runs it: what another one needs is asked for by name.
        for _ in 0..MOST_ROUNDS {
            let report = self.report(&asked)?;
            let (choices, missing) = self.choices(requirements, report);
            if missing.is_empty() {
                return Ok(choices);
            }
            asked.extend(missing);
        }
        Err("its packages ask for more and more others".to_owned())
    }

    /// A requirement as pip gets it: an address is a file in a folder, where only those are asked.
    fn for_pip(&self, requirement: &str) -> Result<String, String> {
        if !self.sources.is_local() || !requirement.contains("://") {
            return Ok(requirement.to_owned());
        }
        let path = requirement.split(['?', '#']).next().unwrap_or(requirement);
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut files = self.sources.wheels.iter().map(|folder| folder.join(name));
        let file = files.find(|file| file.is_file());
        let file = file.ok_or_else(|| format!("no folder has {name}"))?;
        Ok(absolute(&file).display().to_string())
    }

    /// What pip chooses with as many of the kept versions as go with the requirements.
    fn report(&self, requirements: &[String]) -> Result<Report, String> {
        let mut kept = self.kept.clone();
        let mut unsuited = Vec::new();
        loop {
            let refusal = match self.ask_pip(requirements, &kept, &unsuited) {
                Ok(report) => match self.unsuited(&report) {
                    none if none.is_empty() => return Ok(report),
                    // A pip that passes over constraints would be asked for ever.
                    some if some.iter().any(|choice| unsuited.contains(choice)) => {
                        return Err(
                            self.for_another_python("pip chose again what was excluded", &some)
                        );
                    }
                    some => {
                        unsuited.extend(some);
                        continue;
                    }
                },
                Err(refusal) if kept.is_empty() && unsuited.is_empty() => {
                    return Err(refusal.reason);
                }
                Err(refusal) if kept.is_empty() => {
                    return Err(self.for_another_python(&refusal.reason, &unsuited));
                }
                Err(refusal) => refusal,
            };
            let before = kept.len();
            kept.retain(|name, _| !refusal.blamed.contains(name));
            if kept.len() == before {
                kept.clear();
            }
        }
    }

    /// A reason, and what is for another Python than Pyodide's.
    fn for_another_python(&self, reason: &str, unsuited: &[String]) -> String {
        let others = unsuited.join(", ").replace("!=", " ");
        format!(
            "{reason} ({others} isn't for Python {})",
            self.target.python
        )
    }

    fn ask_pip(
        &self,
        requirements: &[String],
        kept: &BTreeMap<String, String>,
        unsuited: &[String],
    ) -> Result<Report, Refusal> {
        let folder = tempfile::tempdir()?;
        let report = folder.path().join("report.json");
        let mut pip = self.pip.command();
        pip.args(["install", "--dry-run", "--report"])
            .arg(&report)
            .args(["--disable-pip-version-check", "--no-input", "--no-color"])
            .args(["--ignore-installed", "--only-binary=:all:", "--target"])
            .arg(folder.path().join("target"))
            .arg("--find-links")
            .arg(self.stand_ins.path());
        let line = self.target.python_line();
        pip.args(["--python-version", &line, "--implementation", "cp"]);
        pip.args(["--abi", &format!("cp{}", line.replace('.', ""))]);
        for platform in &self.target.platforms {
            pip.args(["--platform", platform]);
        }
        for wheels in &self.sources.wheels {
            pip.arg("--find-links").arg(absolute(wheels));
        }
        if self.sources.is_local() {
            pip.arg("--no-index");
        }
        if self.pip.asks_for_its_own_python() {
            pip.arg("--ignore-requires-python");
        }
        let lines = kept.iter();
        let lines = lines.map(|(name, version)| format!("{name}=={version}\n"));
        let excluded = unsuited.iter().map(|line| format!("{line}\n"));
        let lines: String = lines.chain(excluded).collect();
        let constraints = folder.path().join("constraints.txt");
        fs::write(&constraints, lines)?;
        pip.arg("--constraint").arg(constraints);
        let output = pip
            .arg("--")
            .args(requirements)
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            return Err(Refusal::of(&output));
        }
        Ok(serde_json::from_slice(&fs::read(report)?).map_err(std::io::Error::from)?)
    }

    /// What is chosen that doesn't suit Pyodide's Python, as constraints.
    fn unsuited(&self, report: &Report) -> Vec<String> {
        let Ok(python) = Version::from_str(&self.target.python) else {
            return Vec::new();
        };
        let chosen = report.install.iter().map(|installed| &installed.metadata);
        let unsuited = chosen.filter(|package| {
            let specifiers = VersionSpecifiers::from_str(&package.requires_python);
            specifiers.is_ok_and(|specifiers| !specifiers.contains(&python))
        });
        unsuited
            .map(|package| format!("{}!={}", package.name, package.version))
            .collect()
    }

    /// What is needed of a report, and what it lacks.
    fn choices(&self, requirements: &[String], report: Report) -> (Choices, Vec<String>) {
        let environment = environment(self.target);
        let installed: BTreeMap<String, Installed> = report
            .install
            .into_iter()
            .map(|installed| (normal(&installed.metadata.name), installed))
            .collect();
        let mut choices = Choices::new();
        let mut missing = Vec::new();
        let mut asked: Vec<(String, Vec<ExtraName>)> = requirements
            .iter()
            .filter_map(|requirement| asked_for(requirement))
            .collect();
        let mut seen = BTreeSet::new();
        while let Some((name, extras)) = asked.pop() {
            let Some(package) = installed.get(&name) else {
                continue;
            };
            if !seen.insert((name.clone(), format!("{extras:?}"))) {
                continue;
            }
            let place = self.place(&name, package);
            let choice = choices.entry(name).or_insert_with(|| Choice {
                version: package.metadata.version.clone(),
                place,
                depends: BTreeSet::new(),
            });
            for text in &package.metadata.requires_dist {
                let Ok(needed) = Requirement::<VerbatimUrl>::from_str(text) else {
                    continue;
                };
                if !needed.evaluate_markers(&environment, &extras) {
                    continue;
                }
                let name = needed.name.to_string();
                if !installed.contains_key(&name) {
                    missing.push(without_marker(text));
                }
                choice.depends.insert(name.clone());
                asked.push((name, needed.extras.clone()));
            }
        }
        (choices, missing)
    }

    /// Where a package is taken from. The index may have what the distribution has, too, and pip
    /// names either.
    fn place(&self, name: &str, package: &Installed) -> Place {
        let is_of_pyodide = self.of_pyodide.get(name) == Some(&package.metadata.version);
        if is_of_pyodide && !package.is_direct {
            return Place::Distribution;
        }
        let download = &package.download_info;
        match download.url.strip_prefix("file://") {
            Some(path) => Place::File(PathBuf::from(
                percent_decode_str(path).decode_utf8_lossy().into_owned(),
            )),
            None => Place::Address {
                url: download.url.clone(),
                sha256: download.archive_info.hashes.get("sha256").cloned(),
            },
        }
    }
}

/// Packages that need others by markers, which need others by markers.
const MOST_ROUNDS: usize = 6;

fn environment(target: &Target) -> MarkerEnvironment {
    let line = target.python_line();
    let builder = MarkerEnvironmentBuilder {
        implementation_name: "cpython",
        implementation_version: &target.python,
        os_name: "posix",
        platform_machine: "wasm32",
        platform_python_implementation: "CPython",
        platform_release: "",
        platform_system: "Emscripten",
        platform_version: "",
        python_full_version: &target.python,
        python_version: &line,
        sys_platform: "emscripten",
    };
    MarkerEnvironment::try_from(builder).expect("a distribution has a version of Python")
}

fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A distribution with these packages, and a folder of wheels with those.
    fn chosen(
        of_pyodide: &[(&str, &str)],
        wheels: &[(&str, &str)],
        earlier: &[(&str, &str)],
        requirements: &[&str],
    ) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().expect("there is room");
        for (name, version) in wheels {
            let file = folder
                .path()
                .join(format!("{name}-{version}-py3-none-any.whl"));
            let wheel = wheel::empty(name, version).expect("there is room");
            fs::write(file, wheel).expect("there is room");
        }
        let pip = Pip::find().expect("pip is there");
        resolved(pip, of_pyodide, folder.path(), earlier, requirements)
    }

    /// The same with a folder that is there.
    fn resolved(
        pip: Pip,
        of_pyodide: &[(&str, &str)],
        wheels: &Path,
        earlier: &[(&str, &str)],
        requirements: &[&str],
    ) -> Result<Vec<String>, String> {
        let entries = of_pyodide.iter();
        let entries: serde_json::Map<_, _> = entries
            .map(|(name, version)| {
                (
                    (*name).to_owned(),
                    serde_json::json!({ "version": version }),
                )
            })
            .collect();
        let lock = serde_json::json!({ "info": { "python": "3.14.2" }, "packages": entries });
        let distribution = Distribution::read(lock.to_string().as_bytes()).expect("it is one");
        let sources = Sources {
            wheels: vec![wheels.to_owned()],
            ..Sources::default()
        };
        let target = distribution.target("314.0.7");
        let earlier = earlier.iter();
        let earlier = earlier
            .map(|(name, version)| ((*name).to_owned(), (*version).to_owned()))
            .collect();
        let resolver = Resolver::new(pip, &distribution, &target, &sources, &earlier);
        let requirements: Vec<String> = requirements.iter().map(|text| (*text).into()).collect();
        let choices = resolver.expect("there is room").resolve(&requirements)?;
        let told = choices.into_iter().map(|(name, choice)| {
            let of = match choice.place {
                Place::Distribution => " of Pyodide",
                _ => "",
            };
            format!("{name} {}{of}", choice.version)
        });
        Ok(told.collect())
    }

    /// A pip that is older than 24.2 asks whether packages suit its own Python.
    #[test]
    fn packages_suit_the_python_of_pyodide() {
        if Pip::find().is_err() {
            return;
        }
        let folder = tempfile::tempdir().expect("there is room");
        for (version, python) in [("1", ">=3.9"), ("2", ">=3.14"), ("3", ">=3.15")] {
            let lines = format!("Requires-Python: {python}\n");
            let wheel = wheel::saying("moo", version, &lines).expect("there is room");
            let file = format!("moo-{version}-py3-none-any.whl");
            fs::write(folder.path().join(file), wheel).expect("there is room");
        }
        let chosen = |requirement: &str| {
            let pip = Pip::find().expect("pip is there");
            resolved(pip, &[], folder.path(), &[], &[requirement])
        };
        assert_eq!(chosen("moo"), Ok(vec!["moo 2".to_owned()]));
        let refused = chosen("moo==3").expect_err("it is for another Python");
        assert!(
            refused.contains("3.14") || refused.contains(">=3.15"),
            "{refused}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_pip_that_passes_over_constraints_is_not_asked_for_ever() {
        let report = r#"{"install": [{"download_info": {"url": "file:///moo-3-py3-none-any.whl"},
            "metadata": {"name": "moo", "version": "3", "requires_python": ">=3.15"}}]}"#;
        let script = r#"while [ "$1" != --report ]; do shift; done; echo "$0" > "$2""#;
        let pip = Pip::of_script(script, report);
        let wheels = tempfile::tempdir().expect("there is room");
        let refused = resolved(pip, &[], wheels.path(), &[], &["moo"]);
        assert_eq!(
            refused.expect_err("it is for another Python"),
            "pip chose again what was excluded (moo 3 isn't for Python 3.14.2)"
        );
    }

    #[test]
    fn a_requirement_that_moves_one_version_moves_no_other() {
        if Pip::find().is_err() {
            return;
        }
        let wheels = [("moo", "1"), ("moo", "2"), ("woof", "1"), ("woof", "2")];
        let both = ["moo>=2", "woof"];
        let earlier = [("moo", "1"), ("woof", "1")];
        let found = chosen(&[], &wheels, &earlier, &both);
        assert_eq!(found, Ok(vec!["moo 2".to_owned(), "woof 1".to_owned()]));
        // The same holds for what Pyodide has: it was built and tested together.
        let found = chosen(&earlier, &wheels, &[], &both);
        let expected = vec!["moo 2".to_owned(), "woof 1 of Pyodide".to_owned()];
        assert_eq!(found, Ok(expected));
        let refused = chosen(&earlier, &wheels, &[], &["moo==1", "moo==2"]);
        assert!(refused.is_err_and(|reason| reason.contains("moo==2")));
    }
}
