//! The examples do what they say. `cargo test` builds them; before this file alone,
//! `cargo build --examples` does.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const PAGE: &str = "**Run** it:\n\n```pyodide\n1 < 2\n```\n";

fn example(name: &str) -> Command {
    let tests = std::env::current_exe().expect("it is known");
    let built = tests
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("examples"));
    Command::new(
        built
            .unwrap_or_else(|| PathBuf::from("examples"))
            .join(name),
    )
}

fn page_of(name: &str) -> String {
    let output = output_of(name, PAGE);
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("it is text")
}

fn output_of(name: &str, page: &str) -> Output {
    let mut child = example(name)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(page.as_bytes()).expect("it reads");
    drop(input);
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_preprocessor() {
    let page = "---\ntitle: x\n---\n- **Run** {{ it() }}:\n\n  ```pyodide\n  print('{{ 1 }}')\n  ```\n- two\n";
    let output = output_of("preprocessor", page);
    let markdown = String::from_utf8(output.stdout).expect("it is text");
    assert!(markdown.starts_with("---\ntitle: x\n---\n- **Run** {{ it() }}:\n\n  <"));
    assert!(markdown.ends_with("\n- two\n"), "{markdown}");
    assert!(!markdown.contains("```pyodide"));
    assert_eq!(markdown.matches("<pyodide-block").count(), 1);
    assert_eq!(markdown.matches("<script").count(), 1);

    let output = output_of(
        "preprocessor",
        "---\na: b\n---\n```pyodide hieght=1\n1\n```\n",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "nothing half-written");
    assert!(String::from_utf8_lossy(&output.stderr).contains("<stdin>:4:12"));
}

#[test]
fn hosts_with_their_own_parser() {
    for (name, strong) in [
        ("pulldown_cmark", "<b class=\"strong\">Run</b>"),
        ("comrak", "<strong>Run</strong>"),
    ] {
        let page = page_of(name);
        assert!(page.contains(strong), "{page}");
        assert_eq!(page.matches("<pyodide-block").count(), 1);
        assert_eq!(page.matches("<script").count(), 1);
    }
}

#[test]
fn a_generator() {
    let content = tempfile::tempdir().expect("there is room");
    let public = tempfile::tempdir().expect("there is room");
    let build = || {
        let mut generator = example("generator");
        generator.arg(content.path()).arg(public.path());
        generator.output().expect("it runs")
    };
    fs::write(content.path().join("page.md"), PAGE).expect("there is room");
    assert!(build().status.success());
    let page = fs::read_to_string(public.path().join("page.html")).expect("it is built");
    assert!(page.contains("<main>\n<p><strong>Run") && page.contains("<pyodide-block"));

    fs::write(content.path().join("bad.md"), "```pyodide hieght=1\n```\n").expect("there is room");
    let output = build();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.md:1:12"));
}

#[test]
fn a_server() {
    let content = tempfile::tempdir().expect("there is room");
    fs::write(content.path().join("page.md"), PAGE).expect("there is room");
    let mut server = example("axum")
        .arg(content.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut address = String::new();
    let said = server.stderr.take().expect("it is piped");
    BufReader::new(said)
        .read_line(&mut address)
        .expect("it says where it is");
    let host = address
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/');
    let get = |path: &str| {
        let mut stream = TcpStream::connect(host).expect("it listens");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    };
    let page = get("/page");
    let script = page
        .split('"')
        .find(|value| value.ends_with("/pyfence.js"))
        .map(str::to_owned);
    let script = get(&script.expect("the page has its loader"));
    let answers = [get("/..%2Fpage"), get("/pyfence/0/none.js")];
    server.kill().expect("it ends");
    server.wait().expect("it ends");
    assert!(page.contains("<pyodide-block"));
    assert!(
        script.starts_with("HTTP/1.1 200 OK") && script.contains("content-type: text/javascript")
    );
    assert!(
        answers
            .iter()
            .all(|answer| answer.starts_with("HTTP/1.1 404"))
    );
}
