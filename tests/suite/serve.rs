//! `pyfence serve` as an author sees it: over HTTP, while files change.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::write_in;

/// Longer than any build here takes, short enough to fail in.
const PATIENCE: Duration = Duration::from_secs(20);

/// A small site in a folder of its own, served.
struct Served {
    folder: TempDir,
    process: Child,
    address: String,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn new(page: &str) -> Self {
        Self::with(page, &[])
    }

    fn with(page: &str, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let write = |name: &str, text: &str| write_in(folder.path(), name, text);
        write("config.toml", "base_url = \"https://example.org/sub\"\n");
        write(
            "content/_index.md",
            "+++\ntitle = \"Start\"\n+++\n\n[loops](@/loops.md)\n",
        );
        write("content/loops.md", page);
        write("static/module.wasm", "\0asm");
        let mut process = Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .args(["serve", "--engine", "embedded", "--port", "0", "--root"])
            .arg(folder.path())
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command is built");
        let mut address = String::new();
        BufReader::new(process.stdout.take().expect("it is piped"))
            .read_line(&mut address)
            .expect("it prints its address first");
        let address = address
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/');
        Self {
            address: address.to_owned(),
            folder,
            process,
        }
    }

    fn request(&self, path: &str) -> TcpStream {
        self.request_of(path, &self.address)
    }

    /// As a browser asks that knows the server by another name.
    fn request_of(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a timeout is possible");
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").expect("it reads");
        stream
    }

    fn get(&self, path: &str) -> Answer {
        self.get_from(path, &self.address)
    }

    fn get_from(&self, path: &str, host: &str) -> Answer {
        let mut bytes = Vec::new();
        self.request_of(path, host)
            .read_to_end(&mut bytes)
            .expect("it answers");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("it speaks HTTP");
        Answer {
            status: head[9..12].parse().expect("a status is a number"),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    /// What an open page is told, one piece of news after the other.
    fn news(&self) -> impl Iterator<Item = String> + use<> {
        BufReader::new(self.request("/__pyfence/live"))
            .lines()
            .map(|line| line.expect("the news come in time"))
            .filter_map(|line| {
                line.strip_prefix("data:")
                    .map(|data| data.trim().to_owned())
            })
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).expect("there is room");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn page(text: &str) -> String {
    format!("+++\ntitle = \"Loops\"\n+++\n\n{text}\n")
}

#[test]
fn files_come_with_their_types_at_the_address_that_is_listened_on() {
    let site = Served::new(&page("first"));

    let start = site.get("/");
    assert_eq!(start.status, 200);
    assert!(
        start
            .head
            .contains("content-type: text/html; charset=utf-8")
    );
    assert!(
        start
            .body
            .contains(&format!("href=\"http://{}/loops/\"", site.address))
    );
    assert!(start.body.contains("src=\"/__pyfence/live.js\""));

    let wasm = site.get("/module.wasm");
    assert!(
        wasm.head.contains("content-type: application/wasm"),
        "{}",
        wasm.head
    );
    let script = site.get("/__pyfence/live.js");
    assert!(script.head.contains("content-type: text/javascript"));

    let folder = site.get("/loops");
    assert_eq!(folder.status, 307);
    assert!(folder.head.contains("location: /loops/"));
    assert_eq!(site.get("/nowhere/").status, 404);
}

/// No spelling of an address leads out of the site, and nobody writes to it.
#[test]
fn addresses_lead_nowhere_else() {
    let site = Served::new(&page("first"));
    for path in [
        "/../config.toml",
        "/loops/../../config.toml",
        "/%2e%2e/config.toml",
        "/..%2fconfig.toml",
        "/..%5cconfig.toml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/loops%00",
        "/content/loops.md",
    ] {
        let answer = site.get(path);
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.head
        );
        assert!(
            !answer.body.contains("base_url") && !answer.body.contains("root:"),
            "{path}"
        );
    }
    let mut stream = TcpStream::connect(&site.address).expect("it listens");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a timeout is possible");
    write!(
        stream,
        "POST / HTTP/1.0\r\nHost: {}\r\nContent-Length: 0\r\n\r\n",
        site.address
    )
    .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer[9..].starts_with("405"), "{answer}");
}

#[test]
fn a_change_reaches_open_pages_and_an_error_leaves_the_last_good_build() {
    let site = Served::new(&page("first"));
    assert!(site.get("/loops/").body.contains("first"));
    let mut news = site.news();
    let mut next = || news.next().expect("the server goes on");
    assert!(next().contains("\"error\":null"));

    site.write("content/loops.md", &page("second"));
    assert!(next().contains("\"error\":null"));
    assert!(site.get("/loops/").body.contains("second"));

    site.write("content/loops.md", &page("[third](@/missing.md)"));
    let broken = next();
    assert!(broken.contains("there is no `@/missing.md`"), "{broken}");
    assert!(broken.contains("content/loops.md:5:9"), "{broken}");
    assert!(site.get("/loops/").body.contains("second"));

    site.write("content/loops.md", &page("fourth"));
    assert!(next().contains("\"error\":null"));
    assert!(site.get("/loops/").body.contains("fourth"));

    fs::create_dir(site.folder.path().join("templates")).expect("there is room");
    site.write("templates/page.html", "<p>from a new template</p>");
    let patience = Instant::now() + PATIENCE;
    while !site.get("/loops/").body.contains("from a new template") {
        assert!(Instant::now() < patience, "a new folder is watched as well");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_is_half_saved_is_nobody_s_news() {
    let site = Served::with(&page("first"), &["--debounce", "2000"]);
    assert!(site.get("/loops/").body.contains("first"));
    let mut news = site.news();
    let mut next = || news.next().expect("the server goes on");
    assert!(next().contains("\"error\":null"));

    site.write("content/loops.md", &page("[second](@/missing.md)"));
    for _ in 0..50 {
        assert!(site.get("/loops/").body.contains("first"));
    }
    site.write("content/loops.md", &page("third"));
    let told = next();
    assert!(told.contains("\"error\":null"), "{told}");
    assert!(site.get("/loops/").body.contains("third"));
}

#[test]
fn a_site_that_was_never_good_says_why_until_it_is() {
    let site = Served::new("no front matter");
    let error = site.get("/loops/");
    assert_eq!(error.status, 500);
    assert!(error.body.contains("this file has no front matter"));
    assert!(error.body.contains("src=\"/__pyfence/live.js\""));

    let mut news = site.news();
    assert!(
        news.next()
            .expect("the server goes on")
            .contains("no front matter")
    );
    site.write("content/loops.md", &page("good"));
    assert!(
        news.next()
            .expect("the server goes on")
            .contains("\"error\":null")
    );
    assert_eq!(site.get("/loops/").status, 200);
}

#[test]
fn names_that_lead_here_from_elsewhere_are_not_answered() {
    let mut site = Served::with(&page("first"), &["--base-url", "http://my.test"]);
    let port = site
        .address
        .rsplit(':')
        .next()
        .expect("it has a port")
        .to_owned();
    let address = format!("127.0.0.1:{port}");
    site.address.clone_from(&address);
    let foreign = site.get_from("/loops/", "evil.test");
    assert_eq!(foreign.status, 403);
    assert!(foreign.body.contains("not to `evil.test`"));
    assert!(foreign.body.contains("--base-url http://evil.test"));
    assert!(!foreign.body.contains("first"));
    for ours in [address, format!("localhost:{port}"), "my.test".to_owned()] {
        assert_eq!(site.get_from("/loops/", &ours).status, 200, "{ours}");
    }
}

/// Another device asks for the machine by an address that the server can't know.
#[test]
fn on_all_addresses_links_start_with_a_slash() {
    let site = Served::with(&page("```pyodide\n1\n```"), &["--interface", "0.0.0.0"]);
    let start = site.get_from("/", "192.0.2.7");
    assert!(start.body.contains("href=\"/loops/\""), "{}", start.body);
    let loops = site.get_from("/loops/", "192.0.2.7");
    assert!(loops.body.contains("src=\"/pyfence/"), "{}", loops.body);
    assert!(!loops.body.contains("0.0.0.0"), "{}", loops.body);
}

/// Editors lock a file by a link to nothing, while its author writes.
#[test]
#[cfg(unix)]
fn a_link_to_nothing_hides_no_change() {
    let site = Served::new(&page("first"));
    assert!(site.get("/loops/").body.contains("first"));
    let mut news = site.news();
    assert!(
        news.next()
            .expect("the server goes on")
            .contains("\"error\":null")
    );
    for folder in ["content", "static"] {
        let lock = site.folder.path().join(folder).join(".#loops.md");
        std::os::unix::fs::symlink("me@here.1234:5678", lock).expect("a link");
    }
    site.write("content/loops.md", &page("second"));
    assert!(
        news.next()
            .expect("the server goes on")
            .contains("\"error\":null")
    );
    assert!(site.get("/loops/").body.contains("second"));
}

/// Nobody who reads slowly keeps a large file in memory.
#[test]
#[cfg(target_os = "linux")]
fn large_files_come_from_the_disk() {
    let site = Served::new(&page("first"));
    let large = fs::File::create(site.folder.path().join("static/large.bin"));
    large
        .expect("there is room")
        .set_len(64 << 20)
        .expect("a hole needs no room");
    let mut news = site.news();
    assert!(news.next().is_some());
    while site.get("/loops/").status != 200 {}
    let clients: Vec<_> = (0..10).map(|_| site.request("/large.bin")).collect();
    let mut first = clients[9].try_clone().expect("a stream");
    first.read_exact(&mut [0; 1000]).expect("it answers");
    let status = fs::read_to_string(format!("/proc/{}/status", site.process.id()));
    let status = status.expect("it runs");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let most = most.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    assert!(most.expect("a number") < 200_000, "{status}");
}

#[test]
fn a_port_that_is_taken_is_a_clear_error() {
    let site = Served::new(&page("first"));
    let port = site
        .address
        .rsplit(':')
        .next()
        .expect("an address has a port");
    let output = Command::new(env!("CARGO_BIN_EXE_pyfence"))
        .args(["serve", "--engine", "embedded", "--port", port, "--root"])
        .arg(site.folder.path())
        .output()
        .expect("the command is built");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains(&format!("can't listen on {}", site.address)),
        "{said}"
    );
    assert!(said.contains("--port"), "{said}");
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_it_while_pages_are_open() {
    let mut site = Served::new(&page("first"));
    let mut news = site.news();
    assert!(news.next().is_some());
    let killed = Command::new("kill")
        .args(["-INT", &site.process.id().to_string()])
        .status()
        .expect("kill is there");
    assert!(killed.success());
    assert_eq!(site.process.wait().expect("it ends").code(), Some(0));
}

#[test]
fn build_leaves_what_it_did_not_make() {
    let folder = tempfile::tempdir().expect("there is room");
    let public = folder.path().join("precious");
    fs::create_dir(&public).expect("there is room");
    let build = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .args([
                "build",
                "--engine",
                "embedded",
                "--root",
                "tests/site/everything",
                "--output-dir",
            ])
            .arg(&public)
            .args(arguments)
            .output()
            .expect("the command is built")
    };

    let refused = build(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"));
    assert!(!Path::exists(&public.join("index.html")));

    let forced = build(&["--force"]);
    assert_eq!(forced.status.code(), Some(0));
    assert!(public.join("index.html").is_file());
}
