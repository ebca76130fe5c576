//! The command line: it uses only the crate's public API, which shows that the API is enough.
//!
//! Exit codes: 0 done; 1 the content has errors; 2 the call, a file or an address is at fault.

mod add;
mod build;
mod check;
mod render;
mod serve;
mod site;
mod zola;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pyfence::Error;

/// Turns Markdown code blocks into Python editors that run in the reader's browser.
#[derive(Parser)]
#[command(name = "pyfence", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Render a Markdown file to an HTML fragment on standard output
    Render(render::Arguments),
    /// Copy what a site or a theme needs for blocks with Zola alone
    Add(add::Arguments),
    /// Build a site with Zola's layout
    Build(build::Arguments),
    /// Say what is wrong with a site, and write nothing
    Check(check::Arguments),
    /// Serve a site, and build it again on every change
    Serve(serve::Arguments),
}

/// How a command ends that doesn't succeed.
pub(crate) enum Failure {
    /// The content has errors: all of them.
    Content(Vec<Error>),
    /// The call, a file or an address is at fault.
    Usage(Error),
    /// Ctrl-C.
    Stopped,
}

pub(crate) fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Render(arguments) => render::run(&arguments),
        Command::Add(arguments) => add::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Serve(arguments) => serve::run(arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Content(errors)) => {
            report(&errors);
            ExitCode::from(1)
        }
        Err(Failure::Usage(error)) => {
            report(&[error]);
            ExitCode::from(2)
        }
        // What shells say of a command that Ctrl-C ended.
        Err(Failure::Stopped) => ExitCode::from(130),
    }
}

/// Draws errors and warnings on standard error, in colour where it is a terminal.
pub(crate) fn report(errors: &[Error]) {
    for error in errors {
        anstream::eprintln!("{}\n", error.to_ansi());
    }
}
