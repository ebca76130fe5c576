//! `pyfence vendor`, from folders: what the lock says, and that it is all or nothing.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pyfence::Lock;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub(crate) const WHEELS: &str = "target/browser/wheels";

/// A site with one page, and nothing vendored.
pub(crate) fn site(markdown: &str) -> TempDir {
    let root = tempfile::tempdir().expect("there is room");
    let config = "base_url = \"https://site.test\"\n";
    fs::write(root.path().join("config.toml"), config).expect("there is room");
    write_page(root.path(), markdown);
    root
}

/// The page has these blocks from now on.
fn write_page(root: &Path, markdown: &str) {
    let file = root.join("content/_index.md");
    fs::create_dir_all(root.join("content")).expect("there is room");
    fs::write(file, format!("+++\n+++\n{markdown}")).expect("there is room");
}

pub(crate) fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    command
        .args(["vendor", "--engine", "embedded", "--root"])
        .arg(root)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// The exit code, and what it says.
pub(crate) fn vendor(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = command(root, arguments).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

const COMPILED: [&str; 4] = ["--from", "node_modules", "--wheels", WHEELS];

/// What takes no time to compile.
pub(crate) const LOCAL: [&str; 5] = [
    "--as-published",
    "--from",
    "node_modules",
    "--wheels",
    WHEELS,
];

/// Whether npm and pip have installed what is vendored here.
pub(crate) fn is_set_up() -> bool {
    Path::new(WHEELS).is_dir() && Path::new("node_modules/pyodide").is_dir()
}

pub(crate) fn lock_of(root: &Path) -> Option<Lock> {
    let text = fs::read_to_string(root.join("pyfence.lock")).ok()?;
    Some(Lock::read("pyfence.lock", &text).expect("it is whole"))
}

/// Every file that the site's lock names is there, and is what the lock says.
fn assert_whole(root: &Path, lock: &Lock) {
    assert_whole_in(&root.join("static"), lock);
}

/// The same for the folder that the copies are in.
pub(crate) fn assert_whole_in(published: &Path, lock: &Lock) {
    for file in lock.files() {
        let path = file.path.as_ref().expect("all is vendored");
        let bytes = fs::read(published.join(path)).expect("it is there");
        let digest = Sha256::digest(bytes);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, file.sha256, "{path}");
    }
}

pub(crate) const COWSAY: &str = "```pyodide install=\"cowsay>=6\"\nimport cowsay\n```\n";
const SYMPY: &str = "```pyodide\nimport sympy\n```\n";

#[test]
fn running_again_changes_nothing_and_check_tells_what_disagrees() {
    if !is_set_up() {
        return;
    }
    let site = site(COWSAY);
    let root = site.path();
    assert_eq!(vendor(root, &["--check"]).0, Some(1));
    let (code, said) = vendor(root, &LOCAL);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no outside request is left"), "{said}");
    let text = fs::read_to_string(root.join("pyfence.lock")).expect("it is there");
    let lock = lock_of(root).expect("it is there");
    assert_whole(root, &lock);
    assert_eq!(lock.to_text(), text);
    let names: Vec<&str> = lock
        .packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    assert_eq!(names, ["cowsay", "micropip"]);

    let (code, said) = vendor(root, &LOCAL);
    assert!(
        code == Some(0) && said.contains("Nothing has changed"),
        "{said}"
    );
    assert_eq!(vendor(root, &["--check"]).0, Some(0));

    // A damaged file is told, and mended.
    let wheel = lock.packages[0]
        .wheel
        .path
        .as_ref()
        .expect("it is vendored");
    let wheel = root.join("static").join(wheel);
    fs::write(&wheel, "something else").expect("there is room");
    let (code, said) = vendor(root, &["--check"]);
    assert!(
        code == Some(1) && said.contains("its sha256 is another one"),
        "{said}"
    );
    assert_eq!(vendor(root, &LOCAL).0, Some(0));
    assert_whole(root, &lock);

    // Other blocks, another lock; what nobody needs any more goes.
    write_page(root, SYMPY);
    let (code, said) = vendor(root, &["--check"]);
    assert!(
        code == Some(1) && said.contains("`sympy` is not in the lock"),
        "{said}"
    );
    let told = said.matches("no block asks for").count();
    assert!(
        said.contains("no block asks for `cowsay` any more") && told == 1,
        "{said}"
    );
    assert_eq!(vendor(root, &LOCAL).0, Some(0));
    assert!(!wheel.exists());
    let names = lock_of(root).expect("it is there").packages;
    let names: Vec<String> = names.into_iter().map(|package| package.name).collect();
    assert_eq!(names, ["micropip", "mpmath", "sympy"]);
}

#[test]
fn what_is_compiled_is_locked_with_what_it_was_made_from_and_is_the_same_each_time() {
    if !is_set_up() {
        return;
    }
    let site = site(COWSAY);
    let root = site.path();
    let (code, said) = vendor(root, &COMPILED);
    assert_eq!(code, Some(0), "{said}");
    let lock = lock_of(root).expect("it is there");
    assert_whole(root, &lock);
    let release = &lock.releases[0];
    let library = release
        .files
        .iter()
        .find(|file| file.name == "python_stdlib.zip")
        .expect("Pyodide has one");
    assert_eq!(release.precompiled.len(), 2, "{said}");
    for part in &release.precompiled {
        assert_eq!(part.source_sha256.as_ref(), Some(&library.sha256));
    }
    let cowsay = &lock.packages[0];
    assert_eq!(
        cowsay.loaded().source_sha256.as_ref(),
        Some(&cowsay.wheel.sha256)
    );

    let (code, said) = vendor(root, &COMPILED);
    assert!(
        code == Some(0) && said.contains("Nothing has changed"),
        "{said}"
    );
    assert_eq!(vendor(root, &["--check"]).0, Some(0));

    // A new package comes to what is compiled already; then only that which was published is left.
    let library = root.join("static").join(
        release.precompiled[0]
            .path
            .as_ref()
            .expect("it is vendored"),
    );
    let made = fs::metadata(&library)
        .and_then(|file| file.modified())
        .expect("it is there");
    write_page(root, &COWSAY.replace("cowsay>=6", "griffe"));
    assert_eq!(vendor(root, &COMPILED).0, Some(0));
    let again = fs::metadata(&library).and_then(|file| file.modified());
    assert_eq!(again.expect("it is there"), made);
    write_page(root, COWSAY);
    assert_eq!(vendor(root, &COMPILED).0, Some(0));
    assert_eq!(lock_of(root).expect("it is there"), lock);
    assert_eq!(vendor(root, &LOCAL).0, Some(0));
    assert!(!library.exists());

    #[cfg(unix)]
    assert_says_what_is_not_compiled(root);
}

/// Where no program can compile, it is said; a CPython of that version may do it in Node's place.
#[cfg(unix)]
fn assert_says_what_is_not_compiled(root: &Path) {
    let programs = tempfile::tempdir().expect("there is room");
    let output = command(root, &COMPILED)
        .env("PATH", path_with_broken("node", programs.path()))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let lock = lock_of(root).expect("it is there");
    assert_whole(root, &lock);
    let is_compiled = !lock.releases[0].precompiled.is_empty();
    let is_told = said.contains("Pyodide 314.0.7 isn't compiled ahead of readers: ");
    assert_ne!(is_compiled, is_told, "{said}");
}

/// The folders of programs, behind one in which this one fails.
#[cfg(unix)]
fn path_with_broken(program: &str, folder: &Path) -> std::ffi::OsString {
    use std::os::unix::fs::PermissionsExt;
    let broken = folder.join(program);
    fs::write(&broken, "#!/bin/sh\nexit 1\n").expect("there is room");
    fs::set_permissions(&broken, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path);
    let folders = std::iter::once(folder.to_owned()).chain(folders);
    std::env::join_paths(folders).expect("they were together")
}

#[test]
fn what_nothing_satisfies_and_what_does_not_go_together_is_told_with_its_place() {
    if !is_set_up() {
        return;
    }
    let site = site("```pyodide install=\"no-such-package\"\n1\n```\n");
    let (code, said) = vendor(site.path(), &LOCAL);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("nothing for Pyodide 314.0.7 satisfies `no-such-package`"),
        "{said}"
    );
    assert!(said.contains("_index.md:3:1"), "{said}");

    let pinned = "```pyodide install=\"cowsay==6.1\"\n1\n```\n";
    let other = pinned.replace("==6.1", "<6");
    write_page(
        site.path(),
        &format!(
            "{pinned}
{other}"
        ),
    );
    let (code, said) = vendor(site.path(), &LOCAL);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("cowsay<6"), "{said}");

    // Also where Pyodide's distribution has what one of them asks for.
    let of_pyodide = "```pyodide install=\"msgpack==1.1.2\"\n1\n```\n";
    let other = of_pyodide.replace("1.1.2", "1.2.4");
    write_page(site.path(), &format!("{of_pyodide}\n{other}"));
    let (code, said) = vendor(site.path(), &LOCAL);
    assert_eq!(code, Some(1), "{said}");
    let told = "`msgpack==1.2.4` doesn't go with `msgpack==1.1.2`";
    assert!(said.contains(told), "{said}");

    // A block with a mistake may ask for less than its author means.
    write_page(site.path(), "```pyodide instal=\"cowsay\"\n1\n```\n");
    let (code, said) = vendor(site.path(), &LOCAL);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("unknown option `instal`"), "{said}");
    assert!(!site.path().join("pyfence.lock").exists());
}

#[test]
fn a_block_that_asks_for_what_is_not_locked_fails_the_build() {
    if !is_set_up() {
        return;
    }
    let site = site(COWSAY);
    assert_eq!(vendor(site.path(), &LOCAL).0, Some(0));
    let griffe = COWSAY.replace("cowsay>=6", "griffe");
    for (page, message) in [
        (
            griffe.as_str(),
            "`griffe` is not in the site's lock for Pyodide 314.0.7",
        ),
        (SYMPY, "`sympy` is not in the lock"),
    ] {
        write_page(site.path(), page);
        let build = Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .args(["build", "--engine", "embedded", "--root"])
            .arg(site.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&build.stderr);
        assert_eq!(build.status.code(), Some(1), "{said}");
        assert!(said.contains(message), "{said}");
        assert!(!site.path().join("public").exists());
    }
}

#[test]
fn two_at_once_wait_for_each_other() {
    if !is_set_up() {
        return;
    }
    let site = site(COWSAY);
    let runs = [(), ()].map(|()| command(site.path(), &LOCAL).spawn().expect("it runs"));
    for mut run in runs {
        assert!(run.wait().expect("it is a child").success());
    }
    assert_whole(site.path(), &lock_of(site.path()).expect("it is there"));
    assert_eq!(scraps(site.path()), Vec::<PathBuf>::new());
}

/// Killed at times that are spread over a whole run; `PYFENCE_KILLS=200` does it more often.
#[test]
fn killed_at_any_time_it_leaves_the_old_state_or_the_new_one() {
    if !is_set_up() {
        return;
    }
    let site = site(COWSAY);
    let root = site.path();
    assert_eq!(vendor(root, &LOCAL).0, Some(0));
    let start = Instant::now();
    let pages = [SYMPY, COWSAY];
    write_page(root, pages[0]);
    assert_eq!(vendor(root, &LOCAL).0, Some(0));
    let whole_run = start.elapsed();
    let kills = std::env::var("PYFENCE_KILLS").ok();
    let kills: u32 = kills.and_then(|kills| kills.parse().ok()).unwrap_or(8);
    for kill in 0..kills {
        let before = lock_of(root).expect("it is there");
        let page = pages[(kill % 2) as usize ^ 1];
        write_page(root, page);
        let run = command(root, &LOCAL).spawn().expect("it runs");
        kill_after(run, whole_run * kill / kills);
        let after = lock_of(root).expect("it is there");
        assert_whole(root, &after);
        if after == before {
            continue;
        }
        let is_of_page = after
            .packages
            .iter()
            .any(|package| page.contains(&package.name));
        assert!(is_of_page, "the lock is the old one or that of the page");
    }
    assert_eq!(vendor(root, &LOCAL).0, Some(0));
    assert_eq!(scraps(root), Vec::<PathBuf>::new());
    assert_whole(root, &lock_of(root).expect("it is there"));
}

pub(crate) fn kill_after(mut run: Child, time: Duration) {
    let end = Instant::now() + time;
    while Instant::now() < end && run.try_wait().expect("it is a child").is_none() {
        std::thread::yield_now();
    }
    // One that is done can't be killed.
    let _ = run.kill();
    run.wait().expect("it is a child");
}

/// What killed runs have left beside the site.
pub(crate) fn scraps(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root).expect("it is there").flatten();
    let paths = entries.map(|entry| entry.path());
    paths
        .filter(|path| path.to_string_lossy().contains("scratch"))
        .collect()
}

/// A server with the CDN's files, as far as npm and pip have installed them; in those whose path
/// has `spoilt` in it a byte is another one.
fn mirror(spoilt: Option<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("it has one");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(&stream, spoilt));
        }
    });
    format!("http://{address}/")
}

fn answer(mut stream: &TcpStream, spoilt: Option<&str>) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    lines.find(String::is_empty)?;
    let path = first.split(' ').nth(1)?;
    let found = files_at(path)
        .into_iter()
        .find_map(|file| fs::read(file).ok());
    let Some(mut body) = found else {
        let nothing = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return stream.write_all(nothing.as_bytes()).ok();
    };
    if spoilt.is_some_and(|part| path.contains(part)) {
        *body.last_mut()? ^= 1;
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}

/// Where the file of one of the CDN's addresses may be.
fn files_at(path: &str) -> Vec<PathBuf> {
    if let Some(name) = path.strip_prefix("/pyodide/v0.27.7/full/") {
        let folders = ["node_modules/pyodide-0.27", "target/browser/pyodide-0.27.7"];
        return folders.map(|folder| Path::new(folder).join(name)).into();
    }
    let of_npm = path.strip_prefix("/npm/").and_then(|path| {
        let (package, rest) = path.split_at(path.rfind('@')?);
        let folder = match package {
            "pyodide" => "pyodide-0.27",
            package => package,
        };
        let (_, file) = rest.split_once('/')?;
        Some(Path::new("node_modules").join(folder).join(file))
    });
    of_npm.into_iter().collect()
}

const NUMPY: &str = "```pyodide version=\"0.27.7\"\nimport numpy\n```\n";

#[test]
fn a_mirror_of_the_cdn_does_and_has_to_give_what_was_published() {
    if !is_set_up() {
        return;
    }
    let site = site(NUMPY);
    let root = site.path();
    for file in ["numpy-2", "python_stdlib.zip", "core.min.js"] {
        let (code, said) = vendor(root, &["--as-published", "--mirror", &mirror(Some(file))]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("that was published"), "{said}");
        assert!(!root.join("pyfence.lock").exists());
        assert!(!root.join("static/pyfence-vendor").exists());
    }
    let (code, said) = vendor(root, &["--as-published", "--mirror", &mirror(None)]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no outside request is left"), "{said}");
    let lock = lock_of(root).expect("it is there");
    assert_whole(root, &lock);
    let versions = lock.releases.iter().map(|release| release.version.as_str());
    assert_eq!(versions.collect::<Vec<_>>(), ["0.27.7"]);
    let names = lock.packages.iter().map(|package| package.name.as_str());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["micropip", "numpy", "packaging"]
    );

    // From the folders that hold the same files comes the same lock.
    let text = fs::read(root.join("pyfence.lock")).expect("it is there");
    fs::remove_file(root.join("pyfence.lock")).expect("it is there");
    let local = [
        "--as-published",
        "--from",
        "node_modules",
        "--wheels",
        "target/browser/pyodide-0.27.7",
    ];
    let (code, said) = vendor(root, &local);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        fs::read(root.join("pyfence.lock")).expect("it is there"),
        text
    );
}
