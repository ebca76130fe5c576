//! `pyfence vendor` over finished HTML: its pages load what is locked, and change in nothing else.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};
use tempfile::TempDir;

use super::vendor::{
    COWSAY, LOCAL, assert_whole_in, is_set_up, kill_after, lock_of, scraps, site, vendor,
};

/// A site whose finished HTML is in `public`.
fn built_site() -> TempDir {
    let site = site(COWSAY);
    let build = Command::new(env!("CARGO_BIN_EXE_pyfence"))
        .args(["build", "--engine", "embedded", "--root"])
        .arg(site.path())
        .status();
    assert!(build.expect("it runs").success());
    site
}

#[test]
fn pages_of_finished_html_load_what_is_locked_and_change_in_nothing_else() {
    if !is_set_up() {
        return;
    }
    let site = built_site();
    let folder = &site.path().join("public");
    let index = folder.join("index.html");
    let before = fs::read_to_string(&index).expect("it is there");
    let runtime = hash_in(&before);
    // Made smaller by whoever made it, in an encoding of its own, and with what isn't a tag.
    let small = format!(
        "<!-- <pyodide-block><pre><code>import mpmath</code></pre> --><link href=/docs/pyfence/{runtime}/pyfence.css \
         rel=stylesheet><script src=//site.test/docs/pyfence/{runtime}/pyfence.js type=module></script>\
         <pyodide-block files=//site.test/docs/a.csv><pre><code>&#105;mport <b>sympy</b></code></pre>"
    );
    let small = [small.as_bytes(), b"\xfc pyfence.css"].concat();
    fs::write(folder.join("small.html"), &small).expect("there is room");
    let bare = "\n<pyodide-block><pre><code>1</code></pre></pyodide-block>";
    fs::write(folder.join("bare.html"), bare).expect("there is room");

    let finished = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .arg("vendor")
            .arg(folder)
            .args(arguments)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), said)
    };
    assert_eq!(finished(&["--check"]).0, Some(1));
    let (code, said) = finished(&LOCAL);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no outside request is left"), "{said}");
    assert!(said.contains("bare.html:2 has blocks and no tag"), "{said}");
    let lock = lock_of(folder).expect("it is there");
    let names = lock.packages.iter().map(|package| package.name.as_str());
    let names: Vec<&str> = names.collect();
    assert_eq!(names, ["cowsay", "micropip", "mpmath", "sympy"]);
    for file in lock.files() {
        let path = file.path.as_ref().expect("all is vendored");
        assert!(folder.join(path).is_file(), "{path}");
    }
    let after = fs::read_to_string(&index).expect("it is there");
    let loaded = hash_in(&after);
    assert!(loaded != runtime && folder.join("pyfence").join(&runtime).is_dir());
    assert_eq!(after.replace(&loaded, &runtime), before);
    let after = fs::read(folder.join("small.html")).expect("it is there");
    let href = format!("href=\"/docs/pyfence/{loaded}/pyfence.css\"");
    let text = String::from_utf8_lossy(&after);
    assert!(
        text.contains(&href) && after.ends_with(b"</pre>\xfc pyfence.css"),
        "{text}"
    );

    assert_eq!(finished(&["--check"]).0, Some(0));
    let (code, said) = finished(&LOCAL);
    assert!(
        code == Some(0) && said.contains("Nothing has changed"),
        "{said}"
    );
    // Built anew, the pages load what they did.
    fs::write(&index, &before).expect("there is room");
    let (code, said) = finished(&["--check"]);
    assert!(
        code == Some(1) && said.contains("what the lock doesn't name"),
        "{said}"
    );
    assert_eq!(finished(&LOCAL).0, Some(0));
    assert_eq!(
        hash_in(&fs::read_to_string(&index).expect("it is there")),
        loaded
    );
    // One that loads what isn't there can't be changed; nothing is.
    fs::write(&index, before.replace(&runtime, "elsewhere")).expect("there is room");
    let (code, said) = finished(&LOCAL);
    assert!(
        code == Some(1) && said.contains("isn't in this folder"),
        "{said}"
    );
    let (code, said) = vendor(
        site.path(),
        &[&[site.path().to_str().expect("it is text")], &LOCAL[..]].concat(),
    );
    assert!(
        code == Some(2) && said.contains("what it is made from"),
        "{said}"
    );
}

/// The name of the runtime's folder that a page loads.
fn hash_in(html: &str) -> String {
    let (_, rest) = html.split_once("/pyfence/").expect("it loads one");
    rest.chars().take_while(|letter| *letter != '/').collect()
}

/// Killed at times that are spread over a whole run; `PYFENCE_KILLS=200` does it more often.
#[test]
fn killed_at_any_time_each_page_loads_what_is_there() {
    if !is_set_up() {
        return;
    }
    let site = built_site();
    let folder = &site.path().join("public");
    let index = folder.join("index.html");
    let asks = |code: &str| {
        let html = fs::read_to_string(&index).expect("it is there");
        let (before, rest) = html.split_once("<pyodide-block").expect("it has a block");
        let (_, after) = rest.split_once("</pyodide-block>").expect("it ends");
        let block = format!("<pyodide-block><pre><code>{code}</code></pre></pyodide-block>");
        fs::write(&index, format!("{before}{block}{after}")).expect("there is room");
        fs::copy(&index, folder.join("other.html")).expect("there is room");
    };
    let finished = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
        command.arg("vendor").arg(folder).args(LOCAL);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let codes = ["import mpmath", "import sympy"];
    asks(codes[0]);
    let start = Instant::now();
    assert!(finished().status().expect("it runs").success());
    let whole_run = start.elapsed();
    let kills = std::env::var("PYFENCE_KILLS").ok();
    let kills: u32 = kills.and_then(|kills| kills.parse().ok()).unwrap_or(6);
    for kill in 0..kills {
        asks(codes[(kill % 2) as usize ^ 1]);
        let run = finished().spawn().expect("it runs");
        kill_after(run, whole_run * kill / kills);
        for page in ["index.html", "other.html"] {
            assert_loads(
                folder,
                &fs::read_to_string(folder.join(page)).expect("it is there"),
            );
        }
        let after = lock_of(folder).expect("it is there");
        assert_whole_in(folder, &after);
    }
    assert!(finished().status().expect("it runs").success());
    assert!(
        finished()
            .arg("--check")
            .status()
            .expect("it runs")
            .success()
    );
    assert_eq!(scraps(folder), Vec::<std::path::PathBuf>::new());
}

/// The runtime that a page loads is there, with the digests that its tags say, and the copies that
/// its Pyodide loads.
fn assert_loads(folder: &Path, html: &str) {
    let hash = hash_in(html);
    let runtime = folder.join("pyfence").join(&hash);
    for name in ["pyfence.css", "pyfence.js"] {
        let digest = Sha384::digest(fs::read(runtime.join(name)).expect("it is there"));
        let digest = STANDARD.encode(digest);
        let integrity = format!("{hash}/{name}\" integrity=\"sha384-{digest}\"");
        assert!(html.contains(&integrity), "{name}: {html}");
    }
    let manifest = json(&runtime.join("third-party/pyodide.json"));
    let base = manifest["base"].as_str().expect("it is the site's own");
    let base = runtime.join(base);
    for name in manifest["files"].as_object().expect("it has files").keys() {
        let file = base.join(name);
        assert!(file.is_file(), "{}", file.display());
        if !name.starts_with("pyodide-lock") {
            continue;
        }
        let packages = json(&file);
        for package in packages["packages"].as_object().into_iter().flatten() {
            let name = package.1["file_name"].as_str().expect("it has a file");
            let is_own = !name.contains("://");
            assert!(!is_own || base.join(name).is_file(), "{name}");
        }
    }
}

fn json(file: &Path) -> serde_json::Value {
    let text = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_slice(&text).expect("it is JSON")
}
