//! `pyfence serve --engine zola`: what the author changes is served, and nothing is left behind.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::support::{Zola, copy_of};

/// A site that is being served.
struct Serving {
    child: Child,
    address: String,
    temp: TempDir,
}

impl Serving {
    fn start(zola: &Zola, root: &Path) -> Self {
        let temp = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port().to_string();
        drop(free);
        let child = Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .env("PYFENCE_ZOLA", &zola.path)
            .env("TMPDIR", temp.path())
            .args(["serve", "--engine", "zola", "--port", &port, "--root"])
            .arg(root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let serving = Self {
            child,
            address: format!("127.0.0.1:{port}"),
            temp,
        };
        serving.waits_for("/blog/first/", "<pyodide-block");
        serving
    }

    fn get(&self, path: &str) -> String {
        let mut answer = Vec::new();
        if let Ok(mut stream) = TcpStream::connect(&self.address) {
            let host = &self.address;
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let sent = stream.write_all(request.as_bytes());
            let _ = sent.and_then(|()| stream.read_to_end(&mut answer).map(|_| ()));
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Until what is served at `path` holds `text`.
    fn waits_for(&self, path: &str, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.get(path).contains(text) {
            assert!(Instant::now() < deadline, "{path} never had {text}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// As Ctrl-C does.
    fn stop(mut self) {
        let killed = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        assert!(killed.expect("kill runs").success());
        assert_eq!(self.child.wait().expect("it ends").code(), Some(130));
        let left = fs::read_dir(self.temp.path()).expect("it is there").count();
        assert_eq!(left, 0, "nothing is left behind");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Only a test that has failed leaves it running.
        let _ = self.child.kill();
    }
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).expect("it is written");
}

pub fn changes_are_served_until_ctrl_c(zola: &Zola) {
    let site = copy_of("site");
    let theme = tempfile::tempdir().expect("a folder");
    for folder in ["static", "templates"] {
        fs::create_dir(theme.path().join(folder)).expect("a folder");
    }
    fs::write(theme.path().join("theme.toml"), "name = \"linked\"").expect("it is written");
    let outside = theme.path().join("static/of-the-theme.txt");
    fs::write(&outside, "first").expect("it is written");
    fs::create_dir(site.path().join("themes")).expect("a folder");
    symlink(theme.path(), site.path().join("themes/linked")).expect("a link");
    let config = site.path().join("config.toml");
    edit(&config, "title =", "theme = \"linked\"\ntitle =");

    let serving = Serving::start(zola, site.path());
    assert!(serving.get("/blog/first/").contains("src=\"/pyfence/"));

    let page = site.path().join("content/blog/first.md");
    edit(&page, "summary = 1", "changed = 2");
    serving.waits_for("/blog/first/", "changed");

    edit(&config, "height = \"3-20\"", "height = \"7-20\"");
    serving.waits_for("/blog/first/", "height=\"7-20\"");

    // A file of a theme that is a link changes outside of the site's folder.
    fs::write(&outside, "second").expect("it is written");
    serving.waits_for("/of-the-theme.txt", "second");
    serving.stop();
    assert_eq!(fs::read_to_string(&outside).expect("it is there"), "second");
}

pub fn changed_shortcodes_are_served(zola: &Zola) {
    let site = copy_of("site");
    let shortcodes = site.path().join("templates/shortcodes");
    fs::create_dir_all(&shortcodes).expect("a folder");
    let say = shortcodes.join("say.md");
    fs::write(&say, "the first word").expect("it is written");
    let page = site.path().join("content/blog/first.md");
    edit(&page, "A summary", "I say {{ say() }}. A summary");

    let serving = Serving::start(zola, site.path());
    serving.waits_for("/blog/first/", "I say the first word.");
    fs::write(&say, "another word").expect("it is written");
    serving.waits_for("/blog/first/", "I say another word.");
    serving.stop();
}
