//! Nobody's files are lost where the real Zola builds, and Zola doesn't outlive pyfence.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::support::{Zola, copy_of, pyfence, text_of};

const PATIENCE: Duration = Duration::from_secs(60);

fn configure(root: &Path, line: &str) {
    let config = root.join("config.toml");
    let text = fs::read_to_string(&config).expect("it is there");
    fs::write(&config, format!("{line}\n{text}")).expect("it is written");
}

fn command(zola: &Zola, root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    command
        .env("PYFENCE_ZOLA", &zola.path)
        .args(arguments)
        .args(["--engine", "zola", "--root"])
        .arg(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

pub fn foreign_folders_are_not_replaced(zola: &Zola) {
    for (stated, holds) in [
        ("../victim", "victim/mine.txt"),
        ("docs", "site/docs/mine.txt"),
        (".git", "site/.git/HEAD"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("site");
        super::support::copy_folder(copy_of("site").path(), &root);
        configure(&root, &format!("output_dir = \"{stated}\""));
        let holds = folder.path().join(holds);
        fs::create_dir_all(holds.parent().expect("it has one")).expect("a folder");
        fs::write(&holds, "mine").expect("it is written");
        let root = root.to_str().expect("UTF-8");
        let refused = pyfence(&zola.path, &["build", "--engine", "zola", "--root", root]);
        assert!(!refused.status.success(), "{}", text_of(&refused));
        // Zola's server would write to the configured folder, too.
        assert!(holds.is_file(), "{stated}");
    }
}

pub fn builds_at_the_same_time_keep_dotfiles(zola: &Zola) {
    let site = copy_of("site");
    configure(site.path(), "preserve_dotfiles_in_output = true");
    let head = site.path().join("public/.git/HEAD");
    fs::create_dir_all(head.parent().expect("it has one")).expect("a folder");
    fs::write(&head, "mine").expect("it is written");
    for _ in 0..4 {
        let builds: Vec<Child> = (0..3)
            .map(|_| {
                command(zola, site.path(), &["build"])
                    .spawn()
                    .expect("it starts")
            })
            .collect();
        for mut build in builds {
            assert!(build.wait().expect("it ends").success());
        }
        assert_eq!(fs::read_to_string(&head).expect("it is there"), "mine");
        assert!(site.path().join("public/blog/first/index.html").is_file());
    }
}

/// As `kill -9` does: nothing of ours can clean up, but Zola ends, and the copy goes.
pub fn zola_doesn_t_outlive_a_killed_server(zola: &Zola) {
    let site = copy_of("site");
    let temp = tempfile::tempdir().expect("a folder");
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let port = address.port().to_string();
    let mut child = command(zola, site.path(), &["serve", "--port", &port])
        .env("TMPDIR", temp.path())
        .spawn()
        .expect("it starts");
    waits_until("it serves", || TcpStream::connect(address).is_ok());
    child.kill().expect("it is ours");
    child.wait().expect("it ends");
    waits_until("Zola ends", || TcpStream::connect(address).is_err());
    waits_until("nothing is left behind", || {
        fs::read_dir(temp.path()).expect("it is there").count() == 0
    });
}

fn waits_until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
