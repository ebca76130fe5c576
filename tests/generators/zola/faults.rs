//! What goes wrong around pyfence and Zola: a clear message, nothing left behind, nothing touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::support::{Zola, copy_of, pyfence, text_of};
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
    let real = zola.path.display();
    let (_folder, path) = script(&format!(
        "[ \"$1\" = --version ] && exec \"{real}\" --version\nkill -KILL $$"
    ));
    let said = fails(&path, "true", None);
    assert!(said.contains("zola was stopped"), "{said}");
    assert!(said.contains("SIGKILL"), "{said}");
}

/// Something else of that name, which does nothing well.
pub fn zola_is_none(_: &Zola) {
    let (_folder, path) = script("exit 0");
    let said = fails(&path, "true", None);
    assert!(said.contains("which version of Zola it is"), "{said}");
    let site = site_of_a_fence();
    let output = build(&path, site.path());
    assert_eq!(output.status.code(), Some(2));
    let said = text_of(&output);
    assert!(said.contains("which version of Zola it is"), "{said}");
    assert!(!site.path().join("public").exists());
}

/// Fences are the same for all versions: nobody waits for an answer.
pub fn zola_is_asked_only_what_matters(zola: &Zola) {
    let real = zola.path.display();
    let (_folder, path) = script(&format!(
        "[ \"$1\" = --version ] && exit 1\nexec \"{real}\" \"$@\""
    ));
    let site = site_of_a_fence();
    let output = build(&path, site.path());
    assert!(output.status.success(), "{}", text_of(&output));
    let page = fs::read_to_string(site.path().join("public/index.html")).expect("a page");
    assert!(page.contains("<pyodide-block"), "{page}");

    let call = "+++\n+++\n{% pyodide() %}\n1\n{% end %}\n";
    fs::write(site.path().join("content/_index.md"), call).expect("it is written");
    let said = text_of(&build(&path, site.path()));
    assert!(said.contains("which version of Zola it is"), "{said}");
}

fn site_of_a_fence() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("config.toml", "base_url = \"https://example.org\"\n"),
        ("content/_index.md", "+++\n+++\n```pyodide\n1\n```\n"),
        ("templates/index.html", "{{ section.content | safe }}"),
    ] {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        fs::write(path, text).expect("it is written");
    }
    site
}

fn build(zola: &Path, site: &Path) -> Output {
    let site = site.to_str().expect("UTF-8");
    pyfence(zola, &["build", "--engine", "zola", "--root", site])
}

/// A `zola` of a few lines, in a folder of its own.
fn script(lines: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zola");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("it is written");
    make_executable(&path);
    (folder, path)
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
