//! What several modules of tests do: write a site, run the command.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// A property is tried with the same cases each time: whether a change is good must not depend on chance.
/// `make fuzz` looks for others, and keeps what it finds.
pub fn same_cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(count)
    }
}

/// Writes a file of a site, with the folders that it is in.
pub fn write_in(site: &Path, name: &str, text: &str) {
    let file = site.join(name);
    fs::create_dir_all(file.parent().expect("it is in the site")).expect("there is room");
    fs::write(file, text).expect("there is room");
}

/// The command, as where there is no Zola.
pub fn pyfence() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    command.env("PYFENCE_ZOLA", "/nowhere/zola");
    command
}

/// Runs a command to its end: the exit code, and all that it says.
pub fn ran(command: &mut Command) -> (Option<i32>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the command is built");
    let said = [stdout, stderr].concat();
    (status.code(), String::from_utf8_lossy(&said).into_owned())
}
