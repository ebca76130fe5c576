//! `pyfence vendor --update`: which versions move.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::vendor::{LOCAL, is_set_up, lock_of, site, vendor};

/// Writes a wheel in pure Python into a folder.
fn write_wheel(folder: &Path, name: &str, version: &str) {
    let file = File::create(folder.join(format!("{name}-{version}-py3-none-any.whl")));
    let mut wheel = ZipWriter::new(file.expect("there is room"));
    let about = format!("{name}-{version}.dist-info");
    let tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
    for (path, text) in [
        (format!("{name}.py"), ""),
        (format!("{about}/METADATA"), &metadata),
        (format!("{about}/WHEEL"), tags),
        (format!("{about}/RECORD"), ""),
    ] {
        let started = wheel.start_file(path, SimpleFileOptions::default());
        started.expect("there is room");
        wheel.write_all(text.as_bytes()).expect("there is room");
    }
    wheel.finish().expect("there is room");
}

#[test]
fn versions_move_when_they_are_told_to() {
    if !is_set_up() {
        return;
    }
    let site =
        site("```pyodide install=\"pyfence-moves, pyfence-stays\"\nimport pyfence_moves\n```\n");
    let wheels = site.path().join("wheels");
    fs::create_dir(&wheels).expect("there is room");
    let write = |version: &str| {
        for name in ["pyfence_moves", "pyfence_stays"] {
            write_wheel(&wheels, name, version);
        }
    };
    let run = |arguments: &[&str]| {
        let wheels = ["--wheels", wheels.to_str().expect("it is text")];
        vendor(site.path(), &[&LOCAL[..], &wheels, arguments].concat())
    };
    let versions = || {
        let lock = lock_of(site.path()).expect("it is there");
        let of = |name: &str| {
            let mut packages = lock.packages.iter();
            let package = packages.find(|package| package.name == name);
            package.expect("it is locked").version.clone()
        };
        [of("pyfence-moves"), of("pyfence-stays")]
    };
    write("1.0");
    let (code, said) = run(&[]);
    assert_eq!(code, Some(0), "{said}");
    write("2.0");
    assert!(run(&[]).1.contains("Nothing has changed"));
    assert_eq!(versions(), ["1.0", "1.0"]);

    let (code, said) = run(&["--update", "pyfence-move"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("did you mean `pyfence-moves`?"), "{said}");
    assert_eq!(versions(), ["1.0", "1.0"]);

    // A name as its author writes it.
    assert_eq!(run(&["--update", "Pyfence_Moves"]).0, Some(0));
    assert_eq!(versions(), ["2.0", "1.0"]);
    assert_eq!(run(&["--update"]).0, Some(0));
    assert_eq!(versions(), ["2.0", "2.0"]);
}
