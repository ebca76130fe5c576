//! `mdbook-pyfence`: a preprocessor for mdBook.
//!
//! mdBook writes the book to standard input and reads it from standard output; messages go to
//! standard error. Exit codes: 0 done; 1 the book has errors; 2 the call, the machine or what
//! mdBook sent is at fault: see [`pyfence::ErrorKind::exit_code`].

mod assets;
mod book;
mod chapter;
mod file_lines;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use mdbook_preprocessor::{MDBOOK_VERSION, PreprocessorContext};
use pyfence::{Error, ErrorKind, Errors};

const USAGE: &str = "\
mdbook-pyfence is run by mdBook. Put this into the book's book.toml:

    [preprocessor.pyfence]

and build the book. Options of blocks can follow as defaults, such as height = \"5-30\".
";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let words: Vec<_> = arguments
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let outcome = match words.as_slice() {
        [] if !io::stdin().is_terminal() => preprocess(),
        // Every renderer: where there is no browser, a block is a code block.
        ["supports", _renderer] => Ok(()),
        ["-V" | "--version"] => say(&format!("mdbook-pyfence {}\n", env!("CARGO_PKG_VERSION"))),
        [] | ["-h" | "--help"] => say(USAGE),
        _ => Err(
            Error::new(ErrorKind::Usage, "mdbook-pyfence has no such arguments")
                .help(USAGE)
                .into(),
        ),
    };
    let Err(errors) = outcome else {
        return ExitCode::SUCCESS;
    };
    report(&errors);
    ExitCode::from(errors.exit_code())
}

fn preprocess() -> Result<(), Errors> {
    let (context, mut book) =
        mdbook_preprocessor::parse_input(io::stdin().lock()).map_err(|error| {
            Error::new(ErrorKind::Engine, "can't read the book as mdBook writes it")
                .caused_by(format!("{error:#}"))
        })?;
    warn_of_version(&context);
    let warnings = book::preprocess(&context, &mut book)?;
    report(&warnings);
    serde_json::to_writer(io::stdout().lock(), &book).map_err(unanswered)?;
    Ok(())
}

fn unanswered(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Io, "can't write to standard output").caused_by(error)
}

/// mdBook's format may change with the second number of its version.
fn warn_of_version(context: &PreprocessorContext) {
    let series = |version: &str| {
        version
            .split('.')
            .take(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let theirs = &context.mdbook_version;
    if series(theirs) != series(MDBOOK_VERSION) {
        let message = format!("mdbook-pyfence was made for mdBook {MDBOOK_VERSION}, not {theirs}");
        report(&[Error::warning(ErrorKind::Config, message)
            .help("if the build fails, install the mdbook-pyfence for your mdBook")]);
    }
}

fn report(errors: &[Error]) {
    for error in errors {
        anstream::eprintln!("{}\n", error.to_ansi());
    }
}

fn say(text: &str) -> Result<(), Errors> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unanswered(error).into()),
        _ => Ok(()),
    }
}
