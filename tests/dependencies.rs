//! What comes with the crate: of the bare library every crate is known, and the stated Rust is the
//! lowest that all of them allow.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

/// What a host with the bare library has.
const HOST: &str = "tests/host/Cargo.toml";
/// What the command, the preprocessor and all else have.
const EVERYTHING: &str = "Cargo.toml";

fn cargo(arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    let output = cargo.args(arguments).output().expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

/// What is compiled, for this machine, into whoever has `manifest`: names with versions.
fn compiled(manifest: &str) -> BTreeSet<(String, String)> {
    let tree = cargo(&[
        "tree",
        "--locked",
        "--all-features",
        "--edges=normal,build",
        "--prefix=none",
        "--format={p}",
        "--manifest-path",
        manifest,
    ]);
    let packages = tree.lines().filter_map(|line| {
        let (name, version) = line.split_once(" v")?;
        let version = version.split(' ').next()?;
        Some((name.to_owned(), version.to_owned()))
    });
    packages
        .filter(|(name, _)| !["pyfence", "host"].contains(&name.as_str()))
        .collect()
}

/// What Cargo knows of each of those.
fn described(manifest: &str) -> Vec<Value> {
    let metadata = cargo(&[
        "metadata",
        "--locked",
        "--format-version=1",
        "--all-features",
        "--manifest-path",
        manifest,
    ]);
    let mut metadata: Value = serde_json::from_str(&metadata).expect("cargo writes JSON");
    let compiled = compiled(manifest);
    let mut packages: Vec<Value> = metadata["packages"]
        .as_array_mut()
        .map(std::mem::take)
        .expect("it lists packages");
    packages.retain(|package| {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        compiled.contains(&(text("name"), text("version")))
    });
    assert_eq!(packages.len(), compiled.len());
    packages
}

#[test]
fn the_bare_library_compiles_what_its_guide_says() {
    let compiled = compiled(HOST);
    let names: BTreeSet<_> = compiled.iter().map(|(name, _)| name.as_str()).collect();
    let guide = fs::read_to_string("docs/library.md").expect("it is there");
    let quoted = guide.lines().filter_map(|line| line.strip_prefix("> "));
    let listed: String = quoted.collect::<Vec<_>>().join(" ");
    let listed: BTreeSet<_> = listed.split(", ").collect();
    assert_eq!(listed, names);
    let count = format!("the bare library: {} crates", names.len());
    assert!(guide.contains(&count), "{count}");
}

#[test]
fn the_bare_library_has_no_c_code_no_async_runtime_and_no_command_line() {
    for package in described(HOST) {
        let name = package["name"].as_str().unwrap_or_default();
        // A crate that brings or finds a library of C says so.
        assert_eq!(package["links"], Value::Null, "{name}");
        let compilers = ["cc", "cmake", "pkg-config", "bindgen"];
        let others = [
            "tokio",
            "async-std",
            "smol",
            "clap",
            "axum",
            "syntect",
            "regex",
        ];
        assert!(
            !compilers.contains(&name) && !others.contains(&name),
            "{name}"
        );
    }
}

#[test]
fn the_stated_rust_is_the_lowest_that_the_dependencies_allow() {
    let stated = env!("CARGO_PKG_RUST_VERSION");
    for manifest in [HOST, EVERYTHING] {
        let lowest = described(manifest)
            .iter()
            .filter_map(|package| package["rust_version"].as_str().map(numbers))
            .max();
        assert_eq!(lowest, Some(numbers(stated)), "{manifest}");
    }
}

/// There are two binaries; `cargo run`, as the README has it, is the command.
#[test]
fn cargo_run_is_the_command() {
    let metadata = cargo(&["metadata", "--locked", "--no-deps", "--format-version=1"]);
    let metadata: Value = serde_json::from_str(&metadata).expect("cargo writes JSON");
    assert_eq!(metadata["packages"][0]["default_run"], "pyfence");
}

/// `1.88` and `1.88.0` are the same.
fn numbers(version: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = version
        .split('.')
        .map(|number| number.parse().expect("it is a number"))
        .collect();
    numbers.resize(3, 0);
    numbers
}
