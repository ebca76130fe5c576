//! `build`, `serve` and `check` by the real Zola.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;
use pyfence::zola::{Stage, StageOptions, Task, Zola};
use pyfence::{Error, ErrorKind};

use super::serve::watch::Watch;
use super::site::{SiteArguments, failure};
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
    config: Option<PathBuf>,
    /// The author's own flags.
    flags: Vec<OsString>,
    stop: Arc<AtomicBool>,
}

impl Staged {
    pub(crate) fn new(
        zola: Zola,
        site: &SiteArguments,
        options: &StageOptions,
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
        let stage = Stage::new(&site.root, &zola, options).map_err(failure)?;
        report(stage.warnings());
        let drafts = site.drafts.then(|| "--drafts".into());
        Ok(Self {
            zola,
            stage,
            config: options.config.clone(),
            flags: drafts.into_iter().chain(site.zola.clone()).collect(),
            stop,
        })
    }

    /// With the flags that all of Zola's subcommands share, and the author's own.
    fn task(&self, verb: &'static str) -> Task {
        let mut task = Task::new(verb);
        if let Some(config) = &self.config {
            task = task.config(config);
        }
        self.flags.iter().fold(task, Task::argument)
    }

    pub(crate) fn build(&self, options: &StageOptions, force: bool) -> Result<(), Failure> {
        let mut task = self
            .task("build")
            .argument("--output-dir")
            .argument(self.stage.output_dir());
        // Zola takes the folder that the configuration names without asking.
        if force || options.output_dir.is_none() {
            task = task.argument("--force");
        }
        if let Some(url) = &options.base_url {
            task = task.argument("--base-url").argument(url);
        }
        self.run(&task)
    }

    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.run(&self.task("check"))
    }

    pub(crate) fn serve(self, flags: Vec<OsString>) -> Result<(), Failure> {
        let task = flags.into_iter().fold(self.task("serve"), Task::argument);
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
