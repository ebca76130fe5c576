//! What comes with the crate: of the bare library every crate is known, and the stated Rust is the
//! lowest that all of them allow.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

/// What a host with the bare library has.
const HOST: &str = "tests/host/Cargo.toml";
/// What the command and all else of the crate have.
const EVERYTHING: &str = "Cargo.toml";
const PREPROCESSOR: &str = "crates/mdbook-pyfence/Cargo.toml";

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
        .filter(|(name, _)| !["pyfence", "mdbook-pyfence", "host"].contains(&name.as_str()))
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
    let guide = fs::read_to_string("docs/library.md").expect("it is there");
    let of_check = guide.split("with `check` in it, Rust ").nth(1);
    let of_check = of_check.and_then(|rest| rest.split([',', ' ', '\n']).next());
    let of_check = of_check.expect("it says which Rust the feature needs");
    let library = env!("CARGO_PKG_RUST_VERSION");
    for (manifest, stated) in [
        (HOST, library),
        (EVERYTHING, of_check),
        (PREPROCESSOR, library),
    ] {
        let lowest = described(manifest)
            .iter()
            .filter_map(|package| package["rust_version"].as_str().map(numbers))
            .max();
        assert_eq!(lowest, Some(numbers(stated)), "{manifest}");
    }
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
