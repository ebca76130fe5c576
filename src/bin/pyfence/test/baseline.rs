//! The list of blocks that fail today: it may only become shorter.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pyfence::Error;

const HEAD: &str = "# Blocks that fail, each with its reason. `pyfence test --baseline` lets these fail and no\n\
    # others; one that passes again has to leave the list.\n";

/// The reasons of the blocks that may fail, by the blocks' names.
#[derive(Default)]
pub(super) struct Baseline {
    known: BTreeMap<String, String>,
}

impl Baseline {
    /// Reads the list; `None` where there is none yet.
    pub(super) fn read(file: &Path) -> Result<Option<Self>, Error> {
        if !file.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(file).map_err(|error| Error::unreadable(file, error))?;
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let known = lines.filter_map(|line| {
            let (block, reason) = line.split_once(": ")?;
            Some((block.to_owned(), reason.to_owned()))
        });
        Ok(Some(Self {
            known: known.collect(),
        }))
    }

    /// Writes the list of these blocks and their reasons.
    pub(super) fn write<'f>(
        file: &Path,
        failed: impl Iterator<Item = (&'f str, &'f str)>,
    ) -> Result<(), Error> {
        let mut lines: Vec<_> = failed
            .map(|(block, reason)| format!("{block}: {reason}\n"))
            .collect();
        lines.sort();
        fs::write(file, format!("{HEAD}{}", lines.concat()))
            .map_err(|error| Error::unwritable(file, error))
    }

    pub(super) fn has(&self, block: &str) -> bool {
        self.known.contains_key(block)
    }

    /// The blocks of the list.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }
}
