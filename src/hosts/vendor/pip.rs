//! pip: how it is called, and what it answers.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

use super::requirement::normal;
use crate::error::{Error, ErrorKind, Result};

/// pip as it is found on this machine, or as uv brings it.
pub(super) struct Pip {
    words: Vec<OsString>,
    /// Major and minor version.
    version: (u32, u32),
}

impl Pip {
    pub fn find() -> Result<Self> {
        let ways: [(&str, &[&str]); 5] = [
            ("pip3", &[]),
            ("pip", &[]),
            ("python3", &["-m", "pip"]),
            ("python", &["-m", "pip"]),
            ("uvx", &["pip"]),
        ];
        let works = |(program, arguments): &(&str, &[&str])| {
            let program = which::which(program).ok()?;
            let mut command = Command::new(&program);
            command.args(*arguments).arg("--version");
            let ran = command.stdin(Stdio::null()).output().ok()?;
            let words = arguments.iter().map(OsString::from);
            let words = std::iter::once(program.into_os_string()).chain(words);
            ran.status.success().then(|| Self {
                words: words.collect(),
                version: version_in(&String::from_utf8_lossy(&ran.stdout)),
            })
        };
        ways.iter().find_map(works).ok_or_else(|| {
            let message = "no pip is found, which says which versions of packages go together";
            Error::new(ErrorKind::Engine, message).help("install Python with pip, or uv")
        })
    }

    /// A script of the shell in the place of pip, with what it sees as `$0`.
    #[cfg(test)]
    pub fn of_script(script: &str, name: &str) -> Self {
        Self {
            words: ["sh", "-c", script, name].map(OsString::from).to_vec(),
            version: (23, 0),
        }
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]);
        command
    }

    /// Whether it chooses what suits the Python that runs it, whatever `--python-version` says: until
    /// 24.2 `pip install` did, and took other versions on each machine, or none.
    pub fn asks_for_its_own_python(&self) -> bool {
        self.version < (24, 2)
    }
}

/// That of `pip 24.2 from /usr/lib/python3/dist-packages/pip (python 3.12)`.
fn version_in(said: &str) -> (u32, u32) {
    let version = said.split_whitespace().nth(1).unwrap_or_default();
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Why pip chooses nothing.
pub(super) struct Refusal {
    pub reason: String,
    /// The kept packages that pip names as a cause.
    pub blamed: BTreeSet<String>,
}

impl Refusal {
    pub fn of(output: &Output) -> Self {
        Self {
            blamed: blamed(&String::from_utf8_lossy(&output.stdout)),
            reason: reason(&String::from_utf8_lossy(&output.stderr)),
        }
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self {
            reason: error.to_string(),
            blamed: BTreeSet::new(),
        }
    }
}

/// What pip says of an installation (<https://pip.pypa.io/en/stable/reference/installation-report/>).
#[derive(Deserialize)]
pub(super) struct Report {
    pub install: Vec<Installed>,
}

#[derive(Deserialize)]
pub(super) struct Installed {
    pub download_info: Download,
    /// Whether its address was asked for.
    #[serde(default)]
    pub is_direct: bool,
    pub metadata: Metadata,
}

#[derive(Deserialize)]
pub(super) struct Download {
    pub url: String,
    #[serde(default)]
    pub archive_info: Archive,
}

#[derive(Default, Deserialize)]
pub(super) struct Archive {
    #[serde(default)]
    pub hashes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub name: String,
    pub version: String,
    #[serde(default)]
    pub requires_dist: Vec<String>,
    /// The versions of Python that it is for.
    #[serde(default)]
    pub requires_python: String,
}

/// The packages of the constraints that pip tells as causes of a conflict, such as `The user requested
/// (constraint) six==1.17.0`.
fn blamed(messages: &str) -> BTreeSet<String> {
    let constraints = messages.split("(constraint) ").skip(1);
    constraints
        .filter_map(|text| Some(normal(text.split("==").next()?)))
        .collect()
}

/// What pip complains of, without the advice that follows.
fn reason(messages: &str) -> String {
    let errors = messages
        .lines()
        .filter_map(|line| line.strip_prefix("ERROR: "));
    let mut errors = errors.filter(|line| !line.starts_with("ResolutionImpossible"));
    let first = errors.next().map(str::to_owned);
    first.unwrap_or_else(|| messages.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn pip_says_its_version() {
        let said = "pip 23.0.1 from /usr/lib/python3/dist-packages/pip (python 3.11)";
        assert_eq!(version_in(said), (23, 0));
        assert_eq!(version_in("pip 24.2 from x"), (24, 2));
        assert_eq!(version_in("pip 26.3rc1 from x"), (26, 0));
        assert_eq!(version_in(""), (0, 0));
    }
}
