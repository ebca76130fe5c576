//! `pyfence vendor` that fails, or is asked to end, before it has put anything in its place.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::vendor::{command, scraps, site, vendor};

#[test]
fn a_first_run_that_fails_or_is_asked_to_end_leaves_nothing() {
    let site = site("```pyodide install=\"no-such-package\"\n1\n```\n");
    let empty = tempfile::tempdir().expect("there is room");
    let folder = empty.path().to_str().expect("it is UTF-8");
    let (code, said) = vendor(site.path(), &["--from", folder]);
    assert_eq!(code, Some(2), "{said}");
    assert_nothing_vendored(site.path());

    for signal in ["-INT", "-TERM", "-HUP"] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = listener.local_addr().expect("it has one");
        let mut run = command(site.path(), &["--mirror", &format!("http://{address}/")])
            .spawn()
            .expect("it runs");
        // It waits for an answer that doesn't come.
        let _waiting = listener.accept().expect("it asks");
        assert_eq!(scraps(site.path()).len(), 1);
        let asked = Command::new("kill")
            .args([signal, &run.id().to_string()])
            .status();
        assert!(asked.expect("kill runs").success());
        let status = run.wait().expect("it is a child");
        assert_eq!(status.code(), Some(130), "{signal}");
        assert_nothing_vendored(site.path());
    }
}

fn assert_nothing_vendored(root: &Path) {
    assert_eq!(scraps(root), Vec::<PathBuf>::new());
    for path in ["static", "pyfence.lock"] {
        assert!(!root.join(path).exists(), "{path}");
    }
}
