//! `build`, `serve` and `check` by the real Zola.

use std::ffi::OsString;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;
use pyfence::zola::{Stage, StageOptions, Task, Zola};
use pyfence::{Error, ErrorKind};

use super::serve::watch::Watch;
use super::site::{SiteArguments, failure, here};
use super::{Failure, report};

/// What builds the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Zola where there is one, else the embedded engine
    Auto,
    /// pyfence's own
    Embedded,
    /// The real Zola: `zola` in the search path, or the one that PYFENCE_ZOLA names
    Zola,
}

impl Engine {
    /// The Zola to use; `None` for the embedded engine.
    pub(crate) fn zola(self) -> Result<Option<Zola>, Failure> {
        match self {
            Engine::Embedded => Ok(None),
            Engine::Zola => Zola::find().map(Some).map_err(Failure::Usage),
            Engine::Auto => Ok(Zola::find().ok()),
        }
    }
}

/// How Zola ended when it didn't succeed; it has said why.
fn check_status(status: ExitStatus) -> Result<(), Failure> {
    match status.code() {
        Some(0) => Ok(()),
        Some(_) => Err(Failure::Content(Vec::new())),
        None => Err(Failure::Usage(Error::new(
            ErrorKind::Io,
            format!("zola was stopped: {status}"),
        ))),
    }
}

/// A site staged for one run of Zola.
pub(crate) struct Staged {
    zola: Zola,
    stage: Stage,
    stop: Arc<AtomicBool>,
}

impl Staged {
    pub(crate) fn new(
        zola: Zola,
        site: &SiteArguments,
        base_url: Option<String>,
    ) -> Result<Self, Failure> {
        // Set before there is anything to be cleaned up.
        let stop = Arc::new(AtomicBool::new(false));
        let interrupted = Arc::clone(&stop);
        ctrlc::set_handler(move || interrupted.store(true, Ordering::Relaxed)).map_err(
            |error| {
                Failure::Usage(Error::new(
                    ErrorKind::Io,
                    format!("can't wait for Ctrl-C: {error}"),
                ))
            },
        )?;
        let mut options = StageOptions::default();
        options.config = site.config();
        options.base_url = base_url;
        let stage = Stage::new(&site.root, &zola, &options).map_err(failure)?;
        report(stage.warnings());
        Ok(Self { zola, stage, stop })
    }

    /// The flags that all of Zola's subcommands share, and the author's own.
    fn task(&self, verb: &'static str, site: &SiteArguments) -> Task {
        let mut task = Task::new(verb);
        if let Some(config) = site.config() {
            task = task.config(config);
        }
        if site.drafts {
            task = task.argument("--drafts");
        }
        site.zola.iter().fold(task, Task::argument)
    }

    pub(crate) fn build(
        &self,
        site: &SiteArguments,
        base_url: Option<&str>,
    ) -> Result<(), Failure> {
        // Zola takes the folder that the configuration names without asking.
        let (output, force) = match &site.output_dir {
            Some(folder) => (here(folder), site.force),
            None => (self.stage.output_dir().to_owned(), true),
        };
        let mut task = self
            .task("build", site)
            .argument("--output-dir")
            .argument(output);
        if force {
            task = task.argument("--force");
        }
        if let Some(url) = base_url {
            task = task.argument("--base-url").argument(url);
        }
        self.run(&task)
    }

    pub(crate) fn check(&self, site: &SiteArguments) -> Result<(), Failure> {
        self.run(&self.task("check", site))
    }

    pub(crate) fn serve(self, site: &SiteArguments, flags: Vec<OsString>) -> Result<(), Failure> {
        let mut task = flags
            .into_iter()
            .fold(self.task("serve", site), Task::argument);
        if let Some(folder) = &site.output_dir {
            task = task.argument("--output-dir").argument(here(folder));
        }
        if site.force {
            task = task.argument("--force");
        }
        let mut watch = Watch::new(self.stage.root());
        let staged = Arc::new(self);
        let restaging = Arc::downgrade(&staged);
        std::thread::spawn(move || {
            loop {
                let changed = watch.wait();
                let Some(staged) = restaging.upgrade() else {
                    return;
                };
                report(
                    &staged
                        .stage
                        .update(&changed)
                        .unwrap_or_else(|errors| errors),
                );
            }
        });
        staged.run(&task)
    }

    fn run(&self, task: &Task) -> Result<(), Failure> {
        let status = self
            .stage
            .run(&self.zola, task, &self.stop)
            .map_err(Failure::Usage)?;
        if self.stop.load(Ordering::Relaxed) {
            return Err(Failure::Stopped);
        }
        check_status(status)
    }
}
