//! A host written as if elsewhere (`tests/host`, a workspace of its own) builds a site with the
//! bare library.

use std::fs;
use std::path::Path;
use std::process::Command;

use pyfence::Assets;

#[test]
fn builds_a_site() {
    let public = tempfile::tempdir().expect("there is room");
    // Where the command was built: half of what the host needs is compiled there.
    let target = Path::new(env!("CARGO_BIN_EXE_pyfence")).ancestors().nth(2);
    let cargo = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--locked",
            "--manifest-path",
            "tests/host/Cargo.toml",
        ])
        .arg("--target-dir")
        .arg(target.expect("it lies in a folder of a folder"))
        .arg("--")
        .arg(public.path())
        .output()
        .expect("cargo runs");
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );

    let page = |name: &str| fs::read_to_string(public.path().join(name)).expect("it is built");
    let script = "<script type=\"module\" src=\"https://example.org/course/pyfence/";
    for (name, blocks) in [("index.html", 2), ("loops.html", 1), ("about.html", 0)] {
        let html = page(name);
        assert_eq!(html.matches("<pyodide-block").count(), blocks, "{name}");
        assert_eq!(
            html.matches(script).count(),
            usize::from(blocks > 0),
            "{name}"
        );
    }
    assert!(page("index.html").contains("<aside><p>With a block:</p>"));
    assert!(
        page("loops.html").contains("height=\"5\"")
            && page("index.html").contains("height=\"3-20\"")
    );
    for file in Assets::shipped().files() {
        assert!(public.path().join(file.path()).is_file(), "{}", file.path());
    }
}
