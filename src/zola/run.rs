//! Running Zola over a staged site.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};

use super::find::Zola;
use super::stage::Stage;

/// How often a running Zola is asked whether it is done.
const PAUSE: Duration = Duration::from_millis(10);

/// What Zola is to do.
#[derive(Debug, Clone)]
pub struct Task {
    verb: &'static str,
    config: Option<OsString>,
    arguments: Vec<OsString>,
}

impl Task {
    /// A subcommand of Zola: `build`, `serve` or `check`.
    pub fn new(verb: &'static str) -> Self {
        Self {
            verb,
            config: None,
            arguments: Vec::new(),
        }
    }

    /// The configuration, if it isn't `zola.toml` or `config.toml`.
    #[must_use]
    pub fn config(mut self, file: impl Into<OsString>) -> Self {
        self.config = Some(file.into());
        self
    }

    /// Hands an argument on to the subcommand.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}

impl Stage {
    /// Runs Zola over the staged site until it ends, or until `stop` is set. Its messages are
    /// handed on with the paths of the user's own files.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if Zola can't be started.
    pub fn run(&self, zola: &Zola, task: &Task, stop: &AtomicBool) -> Result<ExitStatus> {
        let mut command = Command::new(zola.path());
        command.arg("--root").arg(self.path());
        if let Some(config) = &task.config {
            command.arg("--config").arg(config);
        }
        command.arg(task.verb).args(&task.arguments);
        // Zola's output goes through a pipe, in which it would have no colours.
        if io::stderr().is_terminal() {
            command.env("CLICOLOR_FORCE", "1");
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let failed = |error: io::Error| {
            Error::new(ErrorKind::Io, format!("zola can't be run: {error}"))
                .in_file(zola.path().display().to_string())
        };
        let mut child = command.spawn().map_err(failed)?;
        let messages = child
            .stdout
            .take()
            .map(|pipe| self.hand_on(pipe, io::stdout()));
        let errors = child
            .stderr
            .take()
            .map(|pipe| self.hand_on(pipe, io::stderr()));
        let status = wait(&mut child, stop).map_err(failed)?;
        for thread in messages.into_iter().chain(errors) {
            // A thread that can't write has nobody to write for.
            let _ = thread.join();
        }
        Ok(status)
    }

    fn hand_on(
        &self,
        pipe: impl Read + Send + 'static,
        mut out: impl Write + Send + 'static,
    ) -> thread::JoinHandle<io::Result<()>> {
        let (staged, own) = (self.path().to_owned(), self.root().to_owned());
        thread::spawn(move || {
            for line in BufReader::new(pipe).split(b'\n') {
                let line = with_own_paths(&String::from_utf8_lossy(&line?), &staged, &own);
                writeln!(out, "{line}")?;
                out.flush()?;
            }
            Ok(())
        })
    }
}

fn with_own_paths(line: &str, staged: &Path, own: &Path) -> String {
    line.replace(&*staged.to_string_lossy(), &own.to_string_lossy())
}

fn wait(child: &mut Child, stop: &AtomicBool) -> io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if stop.load(Ordering::Relaxed) {
            child.kill()?;
            return child.wait();
        }
        thread::sleep(PAUSE);
    }
}
