//! Command lines that are Zola's alone, and what the embedded engine says of flags that are.

use std::ffi::OsString;
use std::process::Command;

use clap::Args;
use pyfence::zola::Zola;
use pyfence::{Error, ErrorKind};

use super::place::Place;
use super::zola::check_status;
use super::{Failure, report};

#[derive(Args)]
pub(crate) struct CompletionArguments {
    /// bash, elvish, fish, powershell or zsh
    shell: OsString,
}

pub(crate) fn completion(arguments: &CompletionArguments, place: Place) -> Result<(), Failure> {
    let Some(zola) = place.engine().zola()? else {
        let message = "only Zola has completions for shells, the embedded engine has none";
        return Err(Error::new(ErrorKind::Engine, message)
            .help("install Zola; `pyfence help` lists pyfence's own commands")
            .into());
    };
    run_zola(&zola, &["completion".into(), arguments.shell.clone()])
}

/// Zola itself, as if it had been called: it may ask questions.
pub(crate) fn run_zola(zola: &Zola, arguments: &[OsString]) -> Result<(), Failure> {
    zola.version()?;
    let status = Command::new(zola.path()).args(arguments).status();
    check_status(status.map_err(|error| {
        Error::new(ErrorKind::Engine, "zola can't be run")
            .caused_by(error)
            .in_file(zola.path().display().to_string())
    })?)
}

/// Flags of Zola's that were given and that the embedded engine has nothing for, with what that
/// means.
pub(crate) fn warn_of_flags(flags: &[(bool, &str, &str)]) {
    for (is_given, flag, meaning) in flags {
        if *is_given {
            let message = format!("`{flag}` is Zola's: {meaning}");
            report(&[Error::warning(ErrorKind::Unsupported, message)]);
        }
    }
}
