//! Zola's command lines, with the embedded engine: accepted, and what it can't do is said. With a
//! real Zola: `tests/generators/zola/command_lines.rs`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{pyfence, ran, write_in};

/// A site, and a folder in it.
fn site() -> TempDir {
    let site = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| write_in(site.path(), name, text);
    write("config.toml", "base_url = \"https://example.org\"\n");
    write("other.toml", "base_url = \"https://other.example.org\"\n");
    write("content/_index.md", "+++\n+++\n[here](@/blog/_index.md)\n");
    write("content/blog/_index.md", "+++\n+++\nA blog.\n");
    site
}

/// Runs pyfence in a folder, as where there is no Zola.
fn run(folder: &Path, line: &str) -> (Option<i32>, String) {
    let arguments = line.split_whitespace();
    ran(pyfence().args(arguments).current_dir(folder))
}

fn start_page(site: &Path) -> String {
    fs::read_to_string(site.join("public/index.html")).expect("the site is built")
}

#[test]
fn builds_and_checks() {
    for (line, said) in [
        ("build", ""),
        ("build -f --drafts", ""),
        ("build --force --minify", "`--minify` is Zola's"),
        ("-r . -c config.toml build -o public -f", ""),
        ("--engine embedded --root . build", ""),
        ("check --drafts", ""),
        ("check --skip-external-links", ""),
    ] {
        let site = site();
        let (code, output) = run(site.path(), line);
        assert_eq!(code, Some(0), "{line}: {output}");
        assert!(output.contains(said), "{line}: {output}");
        if line.contains("build") {
            assert!(start_page(site.path()).contains("https://example.org/blog/"));
        }
    }
}

#[test]
fn the_site_is_found_from_a_folder_in_it() {
    let site = site();
    let folder = site.path().join("content/blog");
    assert_eq!(run(&folder, "build -u https://a.test").0, Some(0));
    assert!(start_page(site.path()).contains("https://a.test/blog/"));

    // As in Zola, the configuration is named from the site's folder.
    let (code, said) = run(
        Path::new("/"),
        &format!("-r {} -c other.toml build", folder.display()),
    );
    assert_eq!(code, Some(0), "{said}");
    assert!(start_page(site.path()).contains("https://other.example.org/blog/"));
}

/// Every option of `zola serve`, in its forms.
#[test]
#[cfg(unix)]
fn serve_hands_on_what_zola_takes() {
    let zola = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zola/telling-zola");
    for (line, handed_on) in [
        (
            "serve",
            "serve --interface=127.0.0.1 --port=1111 --force --output-dir /",
        ),
        (
            "serve -i 0.0.0.0 -p 2222 -u https://x.test/a --drafts",
            "serve --drafts --interface=0.0.0.0 --port=2222 --base-url=https://x.test/a --force",
        ),
        (
            "serve --interface=::1 --port=3 --base-url=/ --extra-watch-path content",
            "serve --interface=::1 --port=3 --base-url=/ --force",
        ),
        (
            "serve -fOd5 --no-port-append --store-html --force",
            "--debounce=5 --no-port-append --open --fast --store-html --force --output-dir",
        ),
        (
            "-r . -c other.toml serve --fast --open --debounce 6 -o out",
            "other.toml serve --interface=127.0.0.1 --port=1111 --debounce=6 --open --fast --force",
        ),
    ] {
        let site = site();
        let mut command = pyfence();
        command
            .args(line.split_whitespace())
            .current_dir(site.path());
        let (code, said) = ran(command.env("PYFENCE_ZOLA", &zola));
        assert_eq!(code, Some(0), "{line}: {said}");
        assert!(said.contains(handed_on), "{line}: {said}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let site = site();
    for (line, message) in [
        ("--root . build --root .", "`--root` is said twice"),
        (
            "--root . render page.md",
            "`pyfence render` has no use for `--root`",
        ),
        (
            "--engine zola add",
            "`pyfence add` has no use for `--engine`",
        ),
        ("completion bash", "the embedded engine has none"),
        ("init .", "this folder isn't empty"),
        // No `--force` helps against these.
        ("build -o content", "own sources are in this folder"),
        ("serve -o content", "own sources are in this folder"),
        ("build -o static", "own sources are in this folder"),
        (
            "test .",
            "this isn't finished HTML but what it is made from",
        ),
        ("test --changed main", "`--changed=main`"),
        ("test --jobs 0", "0 is not in 1.."),
        (
            "--engine zola init --engine embedded course",
            "`--engine` is said twice",
        ),
    ] {
        let (code, said) = run(site.path(), line);
        assert_eq!(code, Some(2), "{line}: {said}");
        assert!(said.contains(message), "{line}: {said}");
    }
}

#[test]
fn a_book_is_told_from_a_site() {
    let book = tempfile::tempdir().expect("there is room");
    write_in(book.path(), "book.toml", "[book]\ntitle = \"Book\"\n");
    for line in ["build", "serve"] {
        let (code, said) = run(book.path(), line);
        assert_eq!(code, Some(2), "{line}: {said}");
        assert!(said.contains("`mdbook build`"), "{line}: {said}");
        assert!(said.contains("`[preprocessor.pyfence]`"), "{line}: {said}");
    }
}

#[test]
fn where_no_site_is_nothing_is_served() {
    let folder = tempfile::tempdir().expect("there is room");
    let (code, said) = run(folder.path(), "serve --port 0");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("there is no site here"), "{said}");
    assert!(!said.contains("http://"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_browser_that_says_nothing_is_told() {
    let site = site();
    write_in(
        site.path(),
        "content/a.md",
        "+++\n+++\n```pyodide\n1\n```\n",
    );
    let (code, said) = run(site.path(), "test --browser false");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("it ended, and said nothing"), "{said}");
}

#[test]
fn a_new_course_has_a_theme_and_an_exercise_and_nothing_is_wrong_with_it() {
    let folder = tempfile::tempdir().expect("there is room");
    let (code, said) = run(folder.path(), "init --engine embedded course");
    assert_eq!(code, Some(0), "{said}");
    let site = folder.path().join("course");
    let (code, said) = run(&site, "build");
    assert_eq!(code, Some(0), "{said}");
    assert!(start_page(&site).contains("<pyodide-block"));
    assert!(start_page(&site).contains("lesson/lesson.css"));
    let lesson = fs::read_to_string(site.join("public/means/index.html")).expect("a lesson");
    assert!(lesson.contains("exercise=\"mean\"") && lesson.contains("check=\"mean\""));
    let (code, said) = run(&site, "check --strict");
    assert_eq!(code, Some(0), "{said}");

    // What is there stays.
    fs::write(site.join("content/_index.md"), "+++\n+++\nMine.\n").expect("there is room");
    let (code, said) = run(&site, "init -f");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("As they were: config.toml, content/_index.md, content/means.md."),
        "{said}"
    );
    assert_eq!(run(&site, "build -f").0, Some(0));
    assert!(start_page(&site).contains("Mine."));
}
