//! `offline`: the service worker at the root of a site, what it knows, and what ends it.

use std::fs;
use std::path::Path;
use std::process::Command;

use pyfence::{Assets, Lock, Renderer};

const PATH: &str = "pyfence-offline.js";

const LOCK: &str = r#"
lock-version = "1.0"
created-by = "pyfence"
pyodide = "314.0.7"

[[packages]]
name = "cowsay"
version = "6.1"
pyodide = "314.0.7"
wheels = [
    { name = "cowsay.whl", path = "pyfence-vendor/cowsay.whl", size = 1, hashes = { sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" } },
]

[[packages]]
name = "griffe"
version = "1"
pyodide = "314.0.7"
wheels = [
    { name = "griffe.whl", url = "https://files.test/griffe.whl", hashes = { sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" } },
]
"#;

fn lock() -> Lock {
    Lock::read("pyfence.lock", LOCK).expect("it is one")
}

/// What is at the root of a site.
fn worker(assets: &Assets) -> Option<String> {
    let file = assets.files().find(|file| file.path() == PATH)?;
    Some(String::from_utf8_lossy(file.contents()).into_owned())
}

#[test]
fn the_worker_knows_all_files_of_the_runtime_and_the_lock() {
    let site = Renderer::builder().lock(lock()).offline(true);
    let site = site.build().expect("it has a lock");
    let worker = worker(site.assets()).expect("there is one");
    let digest = "sha256-ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8=";
    for address in ["pyfence-vendor/cowsay.whl", "https://files.test/griffe.whl"] {
        assert!(
            worker.contains(&format!("\"{address}\":\"{digest}\"")),
            "{address}"
        );
    }
    for file in site.assets().files().filter(|file| file.path() != PATH) {
        assert!(worker.contains(&format!("\"{}\":\"sha256-", file.path())));
    }
    let says = |assets: &Assets| {
        let mut files = assets.files();
        let manifest = files.find(|file| file.name() == "third-party/pyodide.json");
        manifest.is_some_and(|file| file.contents().starts_with(br#"{"offline":true,"#))
    };
    assert!(says(site.assets()) && !says(&Assets::locked(&lock())));
    assert_eq!(worker.matches("pyfenceOffline(").count(), 2);
}

#[test]
fn a_wheel_that_is_compiled_is_kept_and_not_the_one_that_it_was_made_from() {
    let made = r#"precompiled = [
    { name = "cowsay.whl", path = "pyfence-vendor/compiled/cowsay.whl", size = 1, source-sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", hashes = { sha256 = "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" } },
]

[[packages]]
name = "griffe""#;
    let text = LOCK.replacen("[[packages]]\nname = \"griffe\"", made, 1);
    let lock = Lock::read("pyfence.lock", &text).expect("it is one");
    let assets = Assets::of_site(Some(&lock), Some(true)).expect("it has a lock");
    let worker = worker(&assets).expect("there is one");
    assert!(worker.contains("\"pyfence-vendor/compiled/cowsay.whl\":"));
    assert!(!worker.contains("\"pyfence-vendor/cowsay.whl\":"));
    assert!(worker.contains("\"https://files.test/griffe.whl\":"));
}

#[test]
fn a_site_that_does_not_want_it_ends_the_one_that_readers_have() {
    let of = |lock: Option<&Lock>, offline| Assets::of_site(lock, offline).expect("it holds");
    let ends = |assets: &Assets| worker(assets).map(|text| text.contains("unregister()"));
    assert_eq!(ends(&of(Some(&lock()), Some(true))), Some(false));
    assert_eq!(ends(&of(Some(&lock()), Some(false))), Some(true));
    assert_eq!(ends(&of(Some(&lock()), None)), Some(true));
    assert_eq!(ends(&of(None, Some(false))), Some(true));
    assert_eq!(ends(&of(None, None)), None);

    // A folder of a site's sources keeps what an edition before has put there.
    let root = tempfile::tempdir().expect("there is room");
    let put = |assets: Assets| {
        assets.write_to(root.path()).expect("there is room");
        fs::read_to_string(root.path().join(PATH)).ok()
    };
    assert_eq!(put(of(None, None)), None);
    let offline = put(of(Some(&lock()), Some(true))).expect("it is there");
    assert!(!offline.contains("unregister()"));
    let ended = put(of(None, None)).expect("it is there");
    assert!(ended.contains("unregister()"), "{ended}");
}

/// A site with this in `[extra.pyfence]`, and what a command says of it.
fn said(own: &str, lock: bool, arguments: &[&str], check: impl Fn(&Path)) -> (Option<i32>, String) {
    let root = tempfile::tempdir().expect("there is room");
    let config = format!("base_url = \"https://site.test\"\n[extra.pyfence]\n{own}\n");
    fs::write(root.path().join("config.toml"), config).expect("there is room");
    fs::create_dir_all(root.path().join("content")).expect("there is room");
    if lock {
        fs::write(root.path().join("pyfence.lock"), LOCK).expect("there is room");
        let wheel = root.path().join("static/pyfence-vendor/cowsay.whl");
        fs::create_dir_all(wheel.parent().expect("it has one")).expect("there is room");
        fs::write(wheel, "x").expect("there is room");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    command.args(arguments).arg("--root").arg(root.path());
    let output = command.output().expect("it runs");
    check(root.path());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

const BUILD: [&str; 3] = ["build", "--engine", "embedded"];
const ADD: [&str; 3] = ["add", "--zola", "0.22.0"];

#[test]
fn without_a_lock_it_is_an_error_that_says_what_to_run() {
    for (arguments, place) in [(BUILD, "config.toml:3:1"), (ADD, "")] {
        let (code, said) = said("offline = true", false, &arguments, |_| {});
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("`offline` needs a lock"), "{said}");
        assert!(said.contains("run `pyfence vendor`"), "{said}");
        assert!(said.contains(place), "{said}");
    }
    // What isn't yes or no is told where it stands.
    let (code, said) = said("offline = 1", false, &BUILD, |_| {});
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("`offline` is `true` or `false`") && said.contains("config.toml:3"),
        "{said}"
    );
}

#[test]
fn engine_and_kit_put_it_at_the_root() {
    for (arguments, folder) in [(BUILD, "public"), (ADD, "static")] {
        for (own, ends) in [
            ("offline = true", false),
            ("offline = false", true),
            ("", true),
        ] {
            let (code, said) = said(own, true, &arguments, |root| {
                let text = fs::read_to_string(root.join(folder).join(PATH));
                let text = text.expect("it is there");
                assert_eq!(text.contains("unregister()"), ends, "{arguments:?} {own}");
            });
            assert_eq!(code, Some(0), "{said}");
        }
    }
}
