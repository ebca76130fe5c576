//! `alias zola=pyfence`: every command line of Zola's does what it does with Zola.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::support::{Zola, copy_of, text_of};

/// From the folder above the site, which is called `site`.
const LINES: [&str; 8] = [
    "--root site build",
    "-r site -c config.toml build -f --minify",
    "--root site build --force --drafts --base-url https://other.test",
    "--root site/content/blog build -o site/elsewhere",
    "--root site check --skip-external-links",
    "--root site check --drafts --skip-external-links",
    "completion bash",
    "init new",
];

pub fn each_does_what_it_does_with_zola(zola: &Zola) {
    for line in LINES {
        let [theirs, ours] = [&zola.path, Path::new(env!("CARGO_BIN_EXE_pyfence"))]
            .map(|command| after(command, &zola.path, line));
        assert_eq!(theirs, ours, "{line}");
        assert!(!theirs.is_empty() || !line.contains("build"), "{line}");
    }
}

/// The files below the folder after a command line, without the runtime's.
fn after(command: &Path, zola: &Path, line: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let site = copy_of("every-template");
    fs::rename(site.path(), folder.path().join("site")).expect("it can be moved");
    let output = run(command, zola, folder.path(), line);
    assert!(output.status.success(), "{line}: {}", text_of(&output));
    let files = super::wrapper::files(folder.path()).into_keys();
    files.filter(|name| !name.contains("/pyfence/")).collect()
}

/// Zola asks questions when it makes a site: an empty line takes what it suggests.
fn run(command: &Path, zola: &Path, folder: &Path, line: &str) -> Output {
    let mut running = Command::new(command)
        .args(line.split_whitespace())
        .current_dir(folder)
        .env("PYFENCE_ZOLA", zola)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let answers = running.stdin.take().expect("it is piped");
    // A command that asks nothing may have ended.
    let _ = { answers }.write_all(b"\n\n\n\n\n");
    running.wait_with_output().expect("it ends")
}
