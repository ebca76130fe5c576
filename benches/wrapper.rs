//! What pyfence adds to Zola's own time: `pyfence build --engine zola` beside `zola build`, over a
//! site of 1,000 pages with three blocks each, once with a theme and once with templates that cost
//! nothing. Times differ from machine to machine; the ratio of two things measured in turn hardly does.
//! npm's Zola is a script for Node, which takes long to start; a program starts at once. So the ratio without the start is
//! told, too.
//! And how long `pyfence serve` with the embedded engine takes from a save of one of these pages until
//! an open page is told of the new one, and has it.
//!
//! Zola is the one that `PYFENCE_ZOLA` names, else the one that `make zola` made.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SECTIONS: usize = 20;
const PAGES_OF_A_SECTION: usize = 50;
const ROUNDS: usize = 9;

fn main() {
    compare_builds();
    time_saves();
}

fn compare_builds() {
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
    let [mut alone, mut driven, mut start] = [Duration::MAX; 3];
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
        start = start.min(time(Command::new(zola).arg("--version")));
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
        "{} pages, {what}: zola {} ms, {} of them its start, pyfence with zola {} ms: {:+.1} %; {:+.1} % if zola started at once",
        SECTIONS * PAGES_OF_A_SECTION,
        alone.as_millis(),
        start.as_millis(),
        driven.as_millis(),
        (driven.as_secs_f64() / alone.as_secs_f64() - 1.0) * 100.0,
        // Both start it once.
        ((driven - start).as_secs_f64() / (alone - start).as_secs_f64() - 1.0) * 100.0,
    );
}

/// What ends with it.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn time_saves() {
    const PAGE: &str = "section-1/page-1";
    let site = tempfile::tempdir().expect("a folder");
    write_pages(site.path());
    write_bare_templates(site.path());
    write(site.path().join("config.toml"), "base_url = \"/\"\n");
    let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = free.local_addr().expect("it has one");
    drop(free);
    let server = Command::new(env!("CARGO_BIN_EXE_pyfence"))
        .args(["serve", "--engine", "embedded", "--root"])
        .arg(site.path())
        .args(["--port", &address.port().to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _server = Server(server.expect("it runs"));
    let fetched = |path: &str| {
        let mut text = String::new();
        asked(address, path).and_then(|mut answer| answer.read_to_string(&mut text))?;
        Ok::<_, std::io::Error>(text)
    };
    // Pages are there when the first build is done; then the news begin with that.
    while fetched("/").is_err() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut news = BufReader::new(asked(address, "/__pyfence/live").expect("it serves"));
    wait_for_news(&mut news);
    let file = site.path().join(format!("content/{PAGE}.md"));
    let page = fs::read_to_string(&file).expect("a page");
    let mut taken: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            let mark = format!("Round {round}.");
            let start = Instant::now();
            write(file.clone(), &format!("{page}\n{mark}\n"));
            // A save may be seen in two steps.
            loop {
                wait_for_news(&mut news);
                let changed = fetched(&format!("/{PAGE}/")).expect("the page is served");
                if changed.contains(&mark) {
                    break;
                }
            }
            start.elapsed()
        })
        .collect();
    taken.sort();
    eprintln!(
        "{} pages, pyfence serve with the embedded engine: {} ms from a save to the changed page ({} to {})",
        SECTIONS * PAGES_OF_A_SECTION,
        taken[ROUNDS / 2].as_millis(),
        taken[0].as_millis(),
        taken[ROUNDS - 1].as_millis(),
    );
}

/// The answer to a request, from its head on.
fn asked(address: SocketAddr, path: &str) -> std::io::Result<TcpStream> {
    let mut connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(Duration::from_secs(30)))?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes())?;
    Ok(connection)
}

/// What `live.js` waits for.
fn wait_for_news(news: &mut impl BufRead) {
    let told = news.lines().find(|line| {
        let line = line.as_ref().expect("the server is there");
        line.starts_with("data:")
    });
    assert!(told.is_some(), "the server has ended");
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
