//! The `pyfence` command. It uses only the crate's public API, which shows that the API is enough.
//!
//! Exit codes: 0 done; 1 the content has errors; 2 the call, the machine or Zola is at fault: see
//! [`pyfence::ErrorKind::exit_code`].

mod add;
mod build;
mod check;
mod csp;
mod engine;
mod init;
mod interrupt;
mod place;
mod published;
mod render;
mod serve;
mod site;
mod test;
mod vendor;
mod zola;
mod zola_only;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pyfence::{Error, Errors};

use place::Place;

/// Turns Markdown code blocks into Python editors that run in the reader's browser.
#[derive(Parser)]
#[command(name = "pyfence", version, arg_required_else_help = true)]
struct Arguments {
    // As with `zola`, they may stand in front of the command.
    #[command(flatten)]
    place: Place,

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
    /// Say what is wrong with a site and the Python of its blocks, and write nothing
    Check(check::Arguments),
    /// Print the smallest Content-Security-Policy under which a site's blocks work
    Csp(csp::Arguments),
    /// Run every block of a site in a browser, and say which don't work
    Test(test::Arguments),
    /// Copy what the blocks of a site load into the site, and lock it
    Vendor(vendor::Arguments),
    /// Serve a site, and build it again on every change
    Serve(serve::Arguments),
    /// Make a new site
    Init(init::Arguments),
    /// Print what a shell needs to complete Zola's command lines
    Completion(zola_only::CompletionArguments),
}

/// How a command ends that doesn't succeed.
pub(crate) enum Failure {
    /// With errors that are still to be shown.
    Errors(Errors),
    /// With errors that are shown, and this exit code.
    Reported(u8),
    /// Zola failed, and has said why.
    Zola,
    /// Ctrl-C.
    Stopped,
}

impl From<Errors> for Failure {
    fn from(errors: Errors) -> Self {
        Self::Errors(errors)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Errors(error.into())
    }
}

/// What shells say of a command that Ctrl-C ended.
pub(crate) const STOPPED: u8 = 130;

fn main() -> ExitCode {
    let Arguments { place, command } = Arguments::parse();
    match run(place, command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Errors(errors)) => {
            report(&errors);
            ExitCode::from(errors.exit_code())
        }
        Err(Failure::Reported(code)) => ExitCode::from(code),
        Err(Failure::Zola) => ExitCode::from(1),
        Err(Failure::Stopped) => ExitCode::from(STOPPED),
    }
}

fn run(place: Place, command: Command) -> Result<(), Failure> {
    match command {
        Command::Render(arguments) => {
            place.refuse_for("render")?;
            render::run(&arguments)
        }
        Command::Add(arguments) => add::run(&arguments, place),
        Command::Build(arguments) => build::run(arguments, place),
        Command::Check(arguments) => check::run(arguments, place),
        Command::Csp(arguments) => csp::run(arguments, place),
        Command::Test(arguments) => test::run(arguments, place),
        Command::Vendor(arguments) => vendor::run(arguments, place),
        Command::Serve(arguments) => serve::run(arguments, place),
        Command::Init(arguments) => init::run(&arguments, place),
        Command::Completion(arguments) => zola_only::completion(&arguments, place),
    }
}

/// Draws errors and warnings on standard error, in colour where it is a terminal.
pub(crate) fn report(errors: &[Error]) {
    for error in errors {
        anstream::eprintln!("{}\n", error.to_ansi());
    }
}
