//! `pyfence init --ci`: what a code host runs.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn init(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pyfence"))
        .arg("init")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("pyfence runs")
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("it was written")
}

#[test]
fn github_gets_a_workflow_for_the_site_where_it_is_in_its_repository() {
    let repository = tempfile::tempdir().expect("there is room");
    let site = repository.path().join("docs/my site");
    fs::create_dir_all(&site).expect("there is room");
    fs::create_dir(repository.path().join(".git")).expect("there is room");
    // Where no site is, nothing could be run.
    for name in [".", "absent"] {
        let refused = init(&site, &[name, "--ci", "github"]);
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    }
    assert!(!repository.path().join(".github").exists());
    fs::write(site.join("zola.toml"), "").expect("there is room");
    let made = init(&site, &["--ci", "github"]);
    assert!(made.status.success(), "{made:?}");
    assert!(String::from_utf8_lossy(&made.stdout).contains("badge.svg"));
    let workflow = read(repository.path(), ".github/workflows/pyfence.yml");
    let test = "- run: pyfence test --format github --root 'docs/my site'\n";
    assert!(workflow.ends_with(test), "{workflow}");
    let version = concat!("--version ", env!("CARGO_PKG_VERSION"));
    assert!(workflow.contains(version) && !workflow.contains("{root}"));
    assert!(workflow.contains("${{ runner.os }}"));
    // No site is made, and what is there stays.
    assert_eq!(fs::read_dir(&site).expect("it is there").count(), 1);
    let again = init(&site, &["--ci", "github"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("this file is there already"));
    assert!(init(&site, &["--ci", "github", "--force"]).status.success());
}

#[test]
fn gitlab_gets_a_job_beside_those_that_are_there() {
    let site = tempfile::tempdir().expect("there is room");
    fs::write(site.path().join("book.toml"), "").expect("there is room");
    let made = init(site.path(), &["--ci", "gitlab"]);
    assert!(made.status.success(), "{made:?}");
    let job = read(site.path(), ".gitlab/pyfence.yml");
    assert!(job.contains("    - pyfence check\n"), "{job}");
    let start = read(site.path(), ".gitlab-ci.yml");
    assert_eq!(start, "include:\n  - local: .gitlab/pyfence.yml\n");

    fs::write(site.path().join(".gitlab-ci.yml"), "build: {}\n").expect("it can be written");
    let again = init(site.path(), &["--ci", "gitlab", "--force"]);
    let told = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(
        told.contains("Add to `include` in .gitlab-ci.yml"),
        "{told}"
    );
    assert_eq!(read(site.path(), ".gitlab-ci.yml"), "build: {}\n");
}
