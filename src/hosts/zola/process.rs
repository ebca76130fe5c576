//! Running Zola over a staged site, and putting what it builds in its place.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::error::{Error, Result};

use crate::hosts::publish::Publication;

use super::find_zola::Zola;
use super::gathered;
use super::hard_links;
use super::image_cache;
use super::stage::Stage;

/// How often a running Zola is asked whether it is done.
const PAUSE: Duration = Duration::from_millis(10);

/// The same at first when it can't say anything any more: then it is about to end.
const SHORT_PAUSE: Duration = Duration::from_micros(200);

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
    /// Has Zola build the site, and puts it in the output folder when all of it is there: after an
    /// error, or when `stop` is set, that is as it was.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Engine`](crate::ErrorKind::Engine) if Zola can't be started or isn't Zola,
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the site can't be put in its place.
    pub fn build(&self, zola: &Zola, task: &Task, stop: &AtomicBool) -> Result<ExitStatus> {
        let failed = |error| Error::unwritable(self.output_dir(), error);
        let publication = Publication::beside(self.output_dir()).map_err(failed)?;
        let in_copy = self.written_in_copy();
        let written = in_copy.clone().unwrap_or_else(|| publication.new_site());
        let task = task.clone().argument("--output-dir").argument(&written);
        let status = self.run_without_asking(zola, &task, stop)?;
        if stop.load(Ordering::Relaxed) {
            return Ok(status);
        }
        // What isn't Zola makes no site.
        if !status.success() || !written.is_dir() {
            zola.version()?;
        }
        if status.success() {
            if let Some(folder) = in_copy {
                hard_links::move_folder(&folder, &publication.new_site()).map_err(failed)?;
            }
            let pages = self.pages();
            let static_files = self.path().join("static");
            let site = publication.new_site();
            gathered::settle(&site, &static_files, pages.assets(), pages.loader_tags())?;
            publication.publish(self.preserves()).map_err(failed)?;
        }
        Ok(status)
    }

    /// Runs Zola over the staged site until it ends, or until `stop` is set. Its messages are
    /// handed on with the paths of the user's own files.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Engine`](crate::ErrorKind::Engine) if Zola can't be started or isn't Zola.
    pub fn run(&self, zola: &Zola, task: &Task, stop: &AtomicBool) -> Result<ExitStatus> {
        zola.version()?;
        self.run_without_asking(zola, task, stop)
    }

    /// As [`run`](Self::run), for a task that shows in the end whether this is Zola.
    fn run_without_asking(
        &self,
        zola: &Zola,
        task: &Task,
        stop: &AtomicBool,
    ) -> Result<ExitStatus> {
        let mut command = Command::new(zola.path());
        command.arg("--root").arg(self.path());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
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
        let failed = |error| zola.not_run(error);
        #[cfg(unix)]
        let mut watchdog = super::watchdog::Watchdog::start(self.scratch());
        let mut child = command.spawn().map_err(failed)?;
        #[cfg(unix)]
        watchdog.watch(&child);
        let (speaks, silence) = mpsc::channel();
        let messages = child.stdout.take();
        let messages = messages.map(|pipe| self.hand_on(pipe, io::stdout(), speaks.clone()));
        let errors = child.stderr.take();
        let errors = errors.map(|pipe| self.hand_on(pipe, io::stderr(), speaks));
        let status = wait(&mut child, &silence, stop).map_err(|error| {
            // Nobody waits for it any more; if even that fails, the first error says why.
            let _ = kill(&mut child).and_then(|()| child.wait());
            failed(error)
        })?;
        image_cache::give_back(self.root(), &self.path());
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
        speaks: Sender<()>,
    ) -> thread::JoinHandle<io::Result<()>> {
        let (staged, own) = (self.path(), self.root().to_owned());
        thread::spawn(move || {
            // Dropped when there is nothing more to hand on.
            let _speaks = speaks;
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

/// Waits until `child` has ended; `silence` is disconnected when it can't say anything any more.
fn wait(child: &mut Child, silence: &Receiver<()>, stop: &AtomicBool) -> io::Result<ExitStatus> {
    let mut pause = SHORT_PAUSE;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if stop.load(Ordering::Relaxed) {
            kill(child)?;
            return child.wait();
        }
        if silence.recv_timeout(PAUSE) == Err(RecvTimeoutError::Disconnected) {
            thread::sleep(pause);
            pause = (pause * 2).min(PAUSE);
        }
    }
}

#[cfg(unix)]
fn kill(child: &mut Child) -> io::Result<()> {
    super::watchdog::kill_group(child)
}

#[cfg(not(unix))]
fn kill(child: &mut Child) -> io::Result<()> {
    child.kill()
}
