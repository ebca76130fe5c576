//! Finds the `zola` of this machine, and says which dialect of content it reads.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use crate::error::{Error, ErrorKind, Result};
use crate::page::dialect::Dialect;

/// The variable that names a `zola` before the search path is asked.
const VARIABLE: &str = "PYFENCE_ZOLA";

/// A `zola` command. What it is, it is asked when something depends on it, and once: npm's Zola, a script for Node, takes
/// as long to say its version as to build hundreds of pages.
#[derive(Debug, Clone)]
pub struct Zola {
    path: PathBuf,
    version: Arc<OnceLock<Result<(u32, u32)>>>,
}

impl Zola {
    /// The one that the variable `PYFENCE_ZOLA` names, else the first in the search path.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Engine`] if there is none.
    pub fn find() -> Result<Self> {
        match env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
            Some(named) => Ok(Self::at(Path::new(&named))),
            None => Ok(Self::at(&which::which("zola").map_err(|_| missing())?)),
        }
    }

    /// The command in this file.
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            version: Arc::default(),
        }
    }

    /// Where the command is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its major and minor version.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Engine`] if it can't be run or isn't Zola.
    pub fn version(&self) -> Result<(u32, u32)> {
        self.version.get_or_init(|| self.ask_version()).clone()
    }

    /// What it reads in content.
    ///
    /// # Errors
    ///
    /// As [`version`](Self::version).
    pub fn dialect(&self) -> Result<Dialect> {
        self.version().map(dialect_of)
    }

    fn ask_version(&self) -> Result<(u32, u32)> {
        let output = Command::new(&self.path).arg("--version").output();
        let output = output.map_err(|error| self.not_run(error))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let version = text.trim().strip_prefix("zola ").and_then(parse_version);
        version.ok_or_else(|| {
            Error::new(
                ErrorKind::Engine,
                "this doesn't say which version of Zola it is",
            )
            .in_file(self.path.display().to_string())
            .help("`zola --version` should answer with `zola 0.22.1` or the like")
        })
    }

    /// Why it can't be run.
    pub(super) fn not_run(&self, error: io::Error) -> Error {
        Error::new(ErrorKind::Engine, "zola can't be run")
            .caused_by(error)
            .in_file(self.path.display().to_string())
            .help(format!(
                "install Zola, or name it in the variable {VARIABLE}"
            ))
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
