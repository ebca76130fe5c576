//! `mdbook-pyfence` as mdBook calls it: arguments, JSON in, JSON out.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// What the preprocessor answers when it is called as mdBook calls it.
fn preprocessor(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mdbook-pyfence"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    // One that answers from its arguments alone doesn't read.
    let _ = child
        .stdin
        .take()
        .expect("it is piped")
        .write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

pub fn it_supports_every_renderer() {
    for renderer in ["html", "epub", "pdf"] {
        let answer = preprocessor(&["supports", renderer], "");
        assert!(answer.status.success() && answer.stdout.is_empty());
    }
    let answer = preprocessor(&["suports"], "");
    assert_eq!(answer.status.code(), Some(2));
    assert!(answer.stdout.is_empty());
}

pub fn another_mdbook_is_warned_about_and_served() {
    let input = r#"[
        {"root": "/", "config": {}, "renderer": "html", "mdbook_version": "0.99.0"},
        {"items": [{"Chapter": {"name": "A", "content": "text", "number": null, "sub_items": [],
            "path": "a.md", "source_path": "a.md", "parent_names": []}}]}
    ]"#;
    let answer = preprocessor(&[], input);
    assert!(answer.status.success());
    let messages = String::from_utf8_lossy(&answer.stderr);
    assert!(messages.contains("not 0.99.0"), "{messages}");
    let book: serde_json::Value = serde_json::from_slice(&answer.stdout).expect("only JSON");
    assert_eq!(book["items"][0]["Chapter"]["content"], "text");

    let answer = preprocessor(&[], "no book");
    assert_eq!(answer.status.code(), Some(2));
    assert!(answer.stdout.is_empty());
}
