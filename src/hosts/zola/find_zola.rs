//! Finds the `zola` of this machine, and says which dialect of content it reads.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, ErrorKind, Result};
use crate::page::rewrite::Dialect;

/// The variable that names a `zola` before the search path is asked.
const VARIABLE: &str = "PYFENCE_ZOLA";

/// A `zola` command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zola {
    path: PathBuf,
    version: (u32, u32),
}

impl Zola {
    /// The one that the variable `PYFENCE_ZOLA` names, else the first in the search path.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Engine`] if there is none, or it doesn't say its version.
    pub fn find() -> Result<Self> {
        match env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
            Some(named) => Self::at(Path::new(&named)),
            None => Self::at(&which::which("zola").map_err(|_| missing())?),
        }
    }

    /// The command in this file.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Engine`] if it can't be run or isn't Zola.
    pub fn at(path: &Path) -> Result<Self> {
        let output = Command::new(path).arg("--version").output();
        let output = output.map_err(|error| {
            Error::new(ErrorKind::Engine, "zola can't be run")
                .caused_by(error)
                .in_file(path.display().to_string())
                .help(format!(
                    "install Zola, or name it in the variable {VARIABLE}"
                ))
        })?;
        let text = String::from_utf8_lossy(&output.stdout);
        let version = text.trim().strip_prefix("zola ").and_then(parse_version);
        let version = version.ok_or_else(|| {
            Error::new(
                ErrorKind::Engine,
                "this doesn't say which version of Zola it is",
            )
            .in_file(path.display().to_string())
            .help("`zola --version` should answer with `zola 0.22.1` or the like")
        })?;
        Ok(Self {
            path: path.to_owned(),
            version,
        })
    }

    /// Where the command is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its major and minor version.
    pub fn version(&self) -> (u32, u32) {
        self.version
    }

    /// What it reads in content.
    pub fn dialect(&self) -> Dialect {
        dialect_of(self.version)
    }
}

/// What a version of Zola reads in content.
pub(super) fn dialect_of(version: (u32, u32)) -> Dialect {
    if version < (0, 23) {
        Dialect::Shortcodes
    } else {
        Dialect::Templates
    }
}

/// Major and minor version out of `0.22.1` or `0.23`.
pub(super) fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

fn missing() -> Error {
    Error::new(ErrorKind::Engine, "there is no `zola` in the search path").help(format!(
        "install Zola, name it in the variable {VARIABLE}, or build with `--engine embedded`"
    ))
}
