//! What goes wrong around pyfence and Zola: a clear message, nothing left behind, nothing touched.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::support::{Zola, copy_of, text_of};
use super::wrapper::files;

/// Builds the site with a Zola that is at fault, or in a shell that makes it so; everything has to
/// be as it was before, and the exit code 2.
fn fails(zola: &Path, before: &str, temporary: Option<&Path>) -> String {
    let site = copy_of("site");
    let sources = files(site.path());
    let temp = tempfile::tempdir().expect("a folder");
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!(
            "{before}; exec \"$0\" build --engine zola --root \"$1\""
        ))
        .arg(env!("CARGO_BIN_EXE_pyfence"))
        .arg(site.path())
        .env("PYFENCE_ZOLA", zola)
        .env("TMPDIR", temporary.unwrap_or(temp.path()))
        .output()
        .expect("a shell runs");
    let said = text_of(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(files(site.path()), sources, "the site is as it was");
    let left = fs::read_dir(temp.path()).expect("it is there").count();
    assert_eq!(left, 0, "nothing is left behind: {said}");
    said
}

pub fn zola_is_missing(_: &Zola) {
    let said = fails(Path::new("/nowhere/zola"), "true", None);
    assert!(said.contains("/nowhere/zola: zola can't be run"), "{said}");
}

pub fn zola_is_killed(zola: &Zola) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zola");
    let real = zola.path.display();
    let script =
        format!("#!/bin/sh\n[ \"$1\" = --version ] && exec \"{real}\" --version\nkill -KILL $$\n");
    fs::write(&path, script).expect("it is written");
    make_executable(&path);
    let said = fails(&path, "true", None);
    assert!(said.contains("zola was stopped"), "{said}");
    assert!(said.contains("SIGKILL"), "{said}");
}

pub fn there_is_no_temporary_folder(zola: &Zola) {
    let said = fails(&zola.path, "true", Some(Path::new("/nowhere")));
    assert!(said.contains("no temporary folder can be made"), "{said}");
    assert!(said.contains("TMPDIR"), "{said}");
}

/// As on a full disk: no file may grow beyond a few kilobytes.
pub fn the_disk_is_full(zola: &Zola) {
    let said = fails(&zola.path, "trap '' XFSZ; ulimit -f 8", None);
    assert!(said.contains("File too large"), "{said}");
    assert!(said.contains("TMPDIR"), "{said}");
}

pub fn make_executable(path: &Path) {
    let made = Command::new("chmod").arg("+x").arg(path).status();
    assert!(made.expect("chmod runs").success());
}
