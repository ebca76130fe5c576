//! A browser of this machine, without a window, with a profile of its own.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pyfence::{Error, ErrorKind};
use serde_json::json;
use tempfile::TempDir;

use super::cdp::{Connection, NoAnswer};

/// The commands of Chromium, Chrome and Edge.
const COMMANDS: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];

/// Where they are installed without a command.
const PLACES: [&str; 6] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

const NAMED: &str =
    "`--browser` and the variable CHROME name the program of a Chromium, Chrome or Edge";

/// How long a browser may take to start, and for an answer that needs no page.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A browser that runs. Dropped, it and its profile are gone.
pub(super) struct Browser {
    process: Child,
    address: String,
    _profile: TempDir,
}

/// The browser to use: the one named here, the one that CHROME names, or the first that is found.
pub(super) fn find(named: Option<&Path>) -> Result<PathBuf, Error> {
    let named = named
        .map(Path::to_owned)
        .or_else(|| std::env::var_os("CHROME").map(PathBuf::from));
    if let Some(browser) = named {
        return which::which(&browser).map_err(|_| {
            Error::new(ErrorKind::Engine, "there is no such browser")
                .in_file(browser.display().to_string())
                .help(NAMED)
        });
    }
    let commands = COMMANDS.iter().find_map(|name| which::which(name).ok());
    let place = || PLACES.iter().map(PathBuf::from).find(|path| path.is_file());
    commands.or_else(place).ok_or_else(|| {
        Error::new(
            ErrorKind::Engine,
            "no browser is found to run the blocks in",
        )
        .help(
            "install Chromium, Chrome or Edge, or name one with `--browser` or the variable CHROME",
        )
    })
}

impl Browser {
    pub(super) fn start(program: &Path, further: &[OsString]) -> Result<Self, Error> {
        let failed = |message: &str| {
            Error::new(ErrorKind::Engine, message.to_owned()).in_file(program.display().to_string())
        };
        let profile = tempfile::Builder::new().prefix("pyfence-test-").tempdir();
        let profile =
            profile.map_err(|error| failed("its profile has no place").caused_by(error))?;
        let mut command = headless(program, profile.path());
        command.args(further).arg("about:blank");
        let process = command
            .spawn()
            .map_err(|error| failed("this browser can't be started").caused_by(error))?;
        let mut browser = Self {
            process,
            address: String::new(),
            _profile: profile,
        };
        let Some(stderr) = browser.process.stderr.take() else {
            return Err(failed("this browser can't be heard"));
        };
        let (sender, lines) = channel();
        // What it writes is read to its end, or it would wait for us.
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                sender.send(line).ok();
            }
        });
        let mut last = None;
        let why = loop {
            match lines.recv_timeout(START_TIMEOUT) {
                Ok(line) => {
                    if let Some(address) = line.strip_prefix("DevTools listening on ") {
                        address.trim().clone_into(&mut browser.address);
                        return Ok(browser);
                    }
                    last = Some(line).filter(|line| !line.trim().is_empty()).or(last);
                }
                Err(RecvTimeoutError::Timeout) => break "it doesn't say where it listens",
                Err(RecvTimeoutError::Disconnected) => break "it ended, and said nothing",
            }
        };
        let failed = failed("this browser doesn't start").help(NAMED);
        Err(failed.caused_by(last.unwrap_or_else(|| why.to_owned())))
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// A page of the browser at `address`, to be opened anew for each page of the site.
pub(super) struct Tab {
    browser: Connection,
    pub page: Connection,
    id: String,
}

impl Tab {
    pub(super) fn open(address: &str) -> Result<Self, NoAnswer> {
        let mut browser = Connection::open(address)?;
        // In a window of its own, or those behind others would draw no frames.
        let url = json!({ "url": "about:blank", "newWindow": true });
        let made = browser.call("Target.createTarget", url, START_TIMEOUT)?;
        let id = made["targetId"].as_str().unwrap_or_default().to_owned();
        let start = address.find("/devtools/").unwrap_or(address.len());
        let page = Connection::open(&format!("{}/devtools/page/{id}", &address[..start]))?;
        Ok(Self { browser, page, id })
    }

    pub(super) fn close(mut self) {
        let id = json!({ "targetId": self.id });
        self.browser
            .call("Target.closeTarget", id, START_TIMEOUT)
            .ok();
    }
}

/// The command that starts a browser without a window, which says on standard error where it listens.
fn headless(program: &Path, profile: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .arg("--headless=new")
        .arg("--remote-debugging-port=0")
        .arg(format!("--user-data-dir={}", profile.display()))
        .args([
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--disable-component-update",
            "--disable-sync",
            "--disable-gpu",
            // Pages for the address bar, which nobody sees: a second of work for each page that is opened.
            "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let is_container = std::env::var_os("CI").is_some();
    if is_container || is_root() {
        // Chromium's sandbox doesn't start for root, nor in most containers.
        command.arg("--no-sandbox");
    }
    command
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
