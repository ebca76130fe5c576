//! Which versions of an earlier lock move.

use super::requirement::normal;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::lock::Lock;

/// Which versions may move that an earlier lock has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Update {
    /// None that the blocks still ask for.
    #[default]
    Nothing,
    /// That of this package; of Pyodide as `pyodide`.
    Package(String),
    /// All.
    Everything,
}

/// As whose package Pyodide itself is named.
pub(super) const PYODIDE: &str = "pyodide";

impl Update {
    /// Whether the version of this package may move; the name is in its normal form.
    pub(super) fn moves(&self, name: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Package(package) => normal(package) == name,
            Self::Everything => true,
        }
    }

    /// Refuses a package that none of these locks has: its name may be misspelt.
    pub(super) fn check<'l>(&self, locks: impl Iterator<Item = &'l Lock>) -> Result<()> {
        let Self::Package(package) = self else {
            return Ok(());
        };
        let packages = locks.flat_map(|lock| &lock.packages);
        let names = packages.map(|package| package.name.as_str());
        let known: Vec<&str> = names.chain([PYODIDE]).collect();
        if known.iter().any(|name| self.moves(name)) {
            return Ok(());
        }
        let message = format!("`{package}` has no version to update: the lock doesn't have it");
        let error = Error::new(ErrorKind::Usage, message);
        Err(match nearest(&normal(package), known) {
            Some(name) => error.help(format!("did you mean `{name}`?")),
            None => {
                error.help("`pyfence vendor` brings what is new; `--update` lets all versions move")
            }
        })
    }
}
