//! What pyfence adds to Zola's own time: `pyfence build --engine zola` beside `zola build`, over a
//! site of 1,000 pages with three blocks each, once with a theme and once with templates that cost
//! nothing. Times differ from machine to machine; the ratio of two things measured in turn hardly does.
//!
//! Zola is the one that `PYFENCE_ZOLA` names, else the one that `make zola` made.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const SECTIONS: usize = 20;
const PAGES_OF_A_SECTION: usize = 50;
const ROUNDS: usize = 9;

fn main() {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/zola");
    let zola = env::var_os("PYFENCE_ZOLA").map_or(made, PathBuf::from);
    if !zola.is_file() {
        eprintln!(
            "NO ZOLA: nothing is measured. `make zola` installs one; PYFENCE_ZOLA names another."
        );
        return;
    }
    let bare = tempfile::tempdir().expect("a folder");
    write_pages(bare.path());
    write_bare_templates(bare.path());
    compare("bare templates", &zola, bare.path());
    let themed = tempfile::tempdir().expect("a folder");
    write_pages(themed.path());
    write_theme(themed.path());
    compare("the theme `lesson`", &zola, themed.path());
}

fn compare(what: &str, zola: &Path, site: &Path) {
    let [mut alone, mut driven] = [Duration::MAX; 2];
    // In turn, and the best of each: what else runs on the machine is not measured. Nor is how a
    // file system makes files where it has just removed a thousand: each build has its own folder.
    let output = tempfile::tempdir().expect("a folder");
    for round in 0..ROUNDS {
        let folder = output.path().join(format!("alone-{round}"));
        alone = alone.min(time(
            Command::new(zola)
                .arg("--root")
                .arg(site)
                .args(["build", "--output-dir"])
                .arg(folder),
        ));
        let folder = output.path().join(format!("driven-{round}"));
        driven = driven.min(time(
            Command::new(env!("CARGO_BIN_EXE_pyfence"))
                .env("PYFENCE_ZOLA", zola)
                .args(["build", "--engine", "zola", "--root"])
                .arg(site)
                .arg("--output-dir")
                .arg(&folder),
        ));
        let page = folder.join("section-1/page-1/index.html");
        let page = fs::read_to_string(page).expect("a page");
        assert_eq!(page.matches("<pyodide-block").count(), 3);
    }
    eprintln!(
        "{} pages, {what}: zola {} ms, pyfence with zola {} ms: {:+.1} %",
        SECTIONS * PAGES_OF_A_SECTION,
        alone.as_millis(),
        driven.as_millis(),
        (driven.as_secs_f64() / alone.as_secs_f64() - 1.0) * 100.0
    );
}

fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    let output = command.output().expect("it runs");
    let taken = start.elapsed();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    taken
}

const CONFIG: &str =
    "base_url = \"https://example.org\"\n[markdown.highlighting]\ntheme = \"github-light\"\n";

/// Templates that cost Zola as little as templates can.
fn write_bare_templates(root: &Path) {
    write(root.join("config.toml"), CONFIG);
    let template =
        "<!doctype html><title>{{ it.title }}</title><main>{{ it.content | safe }}</main>";
    for (name, it) in [
        ("index", "section"),
        ("section", "section"),
        ("page", "page"),
    ] {
        let template = template.replace("it.", &format!("{it}."));
        write(root.join(format!("templates/{name}.html")), &template);
    }
}

/// A theme as sites have one.
fn write_theme(root: &Path) {
    write(
        root.join("config.toml"),
        &format!("title = \"Course\"\ntheme = \"lesson\"\n{CONFIG}"),
    );
    for entry in walkdir::WalkDir::new("themes/lesson") {
        let entry = entry.expect("it can be read");
        if entry.file_type().is_file() {
            let text = fs::read_to_string(entry.path()).expect("it is text");
            write(root.join(entry.path()), &text);
        }
    }
}

fn write_pages(root: &Path) {
    let page = page();
    let content = root.join("content");
    let section = |title: &str, weight: usize| {
        format!("+++\ntitle = \"{title}\"\nweight = {weight}\nsort_by = \"weight\"\n+++\n")
    };
    write(content.join("_index.md"), &section("Start", 0));
    for number in 1..=SECTIONS {
        let folder = content.join(format!("section-{number}"));
        write(folder.join("_index.md"), &section("A section", number));
        for number in 1..=PAGES_OF_A_SECTION {
            let text = format!("+++\ntitle = \"A page\"\nweight = {number}\n+++\n{page}");
            write(folder.join(format!("page-{number}.md")), &text);
        }
    }
}

fn write(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("it is written");
}

/// A lesson of the example course, up to the end of its third block.
fn page() -> String {
    let lesson = fs::read_to_string("site-example/content/start/decisions.md").expect("the lesson");
    let (_, markdown) = lesson[3..]
        .split_once("+++\n")
        .expect("it has front matter");
    let blocks: Vec<&str> = markdown.split_inclusive("\n```\n").take(3).collect();
    blocks.concat()
}
