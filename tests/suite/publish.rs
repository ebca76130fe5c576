//! Nobody's files are lost: builds at the same time, builds that are killed, and folders that a
//! configuration names although they are no site's.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// Enough to be caught in the middle of writing them.
const FILES: usize = 400;

/// A folder that holds a site and nothing else.
struct Site(TempDir);

impl Site {
    fn new(configuration: &str) -> Self {
        let site = Self(tempfile::tempdir().expect("there is room"));
        site.write(
            "site/config.toml",
            &format!("base_url = \"https://example.org\"\n{configuration}\n"),
        );
        site.write("site/content/_index.md", "+++\n+++\nThe start.\n");
        for number in 0..FILES {
            site.write(&format!("site/static/{number}.txt"), "a file");
        }
        site
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("site")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }

    fn command(&self, flags: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
        command
            .args(["build", "--engine", "embedded", "--root"])
            .arg(self.root())
            .args(flags)
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }

    fn build(&self, flags: &[&str]) -> Output {
        self.command(flags).output().expect("the command is built")
    }

    /// A build that is writing its site, or done with it.
    fn caught_writing(&self) -> Child {
        let mut child = self.command(&[]).spawn().expect("the command is built");
        while self.scratch() == 0 && child.try_wait().expect("it is ours").is_none() {
            std::thread::yield_now();
        }
        child
    }

    /// How many temporary folders there are beside the site.
    fn scratch(&self) -> usize {
        let entries = fs::read_dir(self.root()).expect("it is there").flatten();
        entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(".pyfence"))
            .count()
    }

    fn assert_whole(&self) {
        let public = self.root().join("public");
        for name in ["index.html", "404.html", "0.txt", "399.txt"] {
            assert!(public.join(name).is_file(), "{name} is there");
        }
        let files = fs::read_dir(&public).expect("it is there").flatten();
        let texts = files.filter(|file| file.file_name().to_string_lossy().ends_with("txt"));
        assert_eq!(texts.count(), FILES + 1, "with robots.txt");
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn builds_at_the_same_time_end_with_one_whole_site() {
    for preserve in [true, false] {
        let site = Site::new(&format!("preserve_dotfiles_in_output = {preserve}"));
        if preserve {
            site.write("site/public/.git/HEAD", "ref: refs/heads/pages");
            site.write("site/public/.nojekyll", "");
        }
        for _ in 0..6 {
            let builds: Vec<Child> = (0..4)
                .map(|_| site.command(&[]).spawn().expect("the command is built"))
                .collect();
            for build in builds {
                let output = build.wait_with_output().expect("it ends");
                assert!(output.status.success(), "{}", said(&output));
            }
            site.assert_whole();
            assert_eq!(site.scratch(), 0);
            if preserve {
                let head = fs::read_to_string(site.path("site/public/.git/HEAD"));
                assert_eq!(head.expect("it is there"), "ref: refs/heads/pages");
                assert!(site.path("site/public/.nojekyll").is_file());
            }
        }
    }
}

#[test]
fn a_killed_build_leaves_the_old_site_and_the_next_one_sweeps() {
    let site = Site::new("");
    assert!(site.build(&[]).status.success());
    let mut left = 0;
    for _ in 0..12 {
        let mut child = site.caught_writing();
        child.kill().expect("it is ours");
        child.wait().expect("it ends");
        site.assert_whole();
        left += site.scratch();
    }
    assert!(left > 0, "one at least was killed in the middle");
    // A folder of the author's that only looks like one of ours.
    site.write("site/.pyfence-scratch-notes/mine.txt", "mine");
    assert!(site.build(&[]).status.success());
    site.assert_whole();
    assert_eq!(site.scratch(), 1);
    assert!(site.path("site/.pyfence-scratch-notes/mine.txt").is_file());
}

#[test]
fn a_build_that_is_asked_to_end_leaves_nothing() {
    let site = Site::new("");
    assert!(site.build(&[]).status.success());
    for signal in ["-INT", "-TERM", "-HUP"].repeat(4) {
        let child = site.caught_writing();
        let asked = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        asked.expect("kill runs");
        let output = child.wait_with_output().expect("it ends");
        let code = output.status.code();
        assert!(code == Some(130) || code == Some(0), "{signal}: {code:?}");
        assert_eq!(site.scratch(), 0, "{signal}");
        site.assert_whole();
    }
}

/// The folder of the old site is away for a moment where folders can't be exchanged.
#[test]
fn a_build_that_fails_ends_what_a_killed_one_began() {
    let site = Site::new("");
    for name in ["index.html", "404.html", "robots.txt"] {
        let name = format!("site/.pyfence-scratch-left/replaced/public/{name}");
        site.write(&name, "old");
    }
    site.write("site/content/wrong.md", "+++\n+++\n{{ nothing() }}\n");
    assert_eq!(site.build(&[]).status.code(), Some(1));
    assert_eq!(site.scratch(), 0);
    let old = fs::read_to_string(site.path("site/public/index.html"));
    assert_eq!(old.expect("it is back"), "old");
}

/// The name of a temporary folder in it tells its reader nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_can_t_be_written_to_is_named() {
    let refused = Site::new("").build(&["--output-dir", "/proc/public"]);
    assert_eq!(refused.status.code(), Some(2));
    let told = said(&refused);
    assert!(
        told.contains("/proc/public") && !told.contains("scratch"),
        "{told}"
    );
}

#[test]
fn a_configuration_can_t_have_foreign_folders_replaced() {
    let outside = tempfile::tempdir().expect("there is room");
    let victim = outside.path().join("victim");
    fs::create_dir(&victim).expect("there is room");
    let absolute = victim.to_str().expect("it is UTF-8").to_owned();
    for (stated, holds, may_be_forced) in [
        ("../victim", "victim/mine.txt", true),
        (&absolute, "other/mine.txt", true),
        ("docs", "site/docs/mine.txt", true),
        (".git", "site/.git/HEAD", false),
        ("nested/.git/site", "site/nested/.git/HEAD", false),
        ("public", "site/public/.git/HEAD", false),
    ] {
        let site = Site::new(&format!("output_dir = \"{stated}\""));
        site.write(holds, "mine");
        let refused = site.build(&[]);
        assert!(!refused.status.success(), "{stated}");
        assert!(site.path(holds).is_file(), "{stated}");
        let text = said(&refused);
        assert_eq!(text.contains("--force"), may_be_forced, "{stated}: {text}");
        let forced = site.build(&["--force"]);
        assert_eq!(forced.status.success(), may_be_forced, "{stated}");
        assert_eq!(
            site.path(holds).is_file(),
            !may_be_forced || stated == absolute
        );
    }
}

#[test]
fn folders_of_built_sites_and_empty_ones_are_replaced() {
    let site = Site::new("");
    site.write("site/public/.gitkeep", "");
    assert!(site.build(&[]).status.success(), "an empty folder");
    assert!(site.build(&[]).status.success(), "our own site");
    fs::remove_dir_all(site.path("site/public")).expect("it is ours");
    for name in ["index.html", "404.html", "robots.txt"] {
        site.write(&format!("site/public/{name}"), "as Zola writes it");
    }
    assert!(site.build(&[]).status.success(), "a site of Zola's");
    site.assert_whole();
}

/// The link is the author's, but what it leads to is not the site's.
#[test]
fn a_link_out_of_the_site_is_no_folder_of_it() {
    let site = Site::new("");
    site.write("elsewhere/mine.txt", "mine");
    std::os::unix::fs::symlink(site.path("elsewhere"), site.path("site/public")).expect("a link");
    assert_eq!(site.build(&[]).status.code(), Some(2));
    assert!(site.path("elsewhere/mine.txt").is_file());
    assert!(Path::new(&site.path("site/public")).is_symlink());
}
