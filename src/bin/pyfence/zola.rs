//! `build`, `serve` and `check` by the real Zola.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::Arc;

use pyfence::zola::{Stage, StageOptions, Task, Zola};
use pyfence::{Error, ErrorKind, PageCode};

use super::interrupt::Interrupt;
use super::serve::rebuild::guarded;
use super::serve::watch::{QUIET, Watch};
use super::site::SiteArguments;
use super::{Failure, report};

/// How Zola ended when it didn't succeed; it has said why.
pub(super) fn check_status(status: ExitStatus) -> Result<(), Failure> {
    match status.code() {
        Some(0) => Ok(()),
        Some(_) => Err(Failure::Zola),
        None => Err(Error::new(ErrorKind::Engine, format!("zola was stopped: {status}")).into()),
    }
}

/// Where a site goes that is being served.
pub(crate) enum ServedTo {
    /// Into none of the author's folders: Zola would write to the one that the configuration names.
    Nowhere,
    /// The folder that was named, or the configuration's.
    Folder {
        /// Whatever is in it.
        force: bool,
    },
}

/// A site staged for one run of Zola.
pub(crate) struct Staged {
    zola: Zola,
    stage: Stage,
    config: Option<PathBuf>,
    /// Those that the author gave for Zola.
    flags: Vec<OsString>,
    interrupt: Interrupt,
}

impl Staged {
    pub(crate) fn new(
        zola: Zola,
        site: &SiteArguments,
        flags: Vec<OsString>,
        options: &StageOptions,
    ) -> Result<Self, Failure> {
        // Set before there is anything to be cleaned up.
        let interrupt = Interrupt::handle(|_| {})?;
        let stage = Stage::new(&site.place.root(), &zola, options)?;
        report(stage.warnings());
        let drafts = site.drafts.then(|| "--drafts".into());
        Ok(Self {
            zola,
            stage,
            config: options.config.clone(),
            flags: drafts
                .into_iter()
                .chain(flags)
                .chain(site.zola.clone())
                .collect(),
            interrupt,
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
        self.stage.check_output_dir(force)?;
        let mut task = self.task("build");
        if let Some(url) = &options.base_url {
            task = task.argument("--base-url").argument(url);
        }
        let built = self.stage.build(&self.zola, &task, self.interrupt.stop());
        self.outcome(built?)
    }

    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.run(&self.task("check"))
    }

    pub(crate) fn code(&self) -> Result<Vec<PageCode>, Failure> {
        Ok(self.stage.code()?)
    }

    pub(crate) fn serve(self, output: ServedTo, extra: &[PathBuf]) -> Result<(), Failure> {
        let output = match output {
            ServedTo::Folder { force } => {
                self.stage.check_output_dir(force)?;
                self.stage.output_dir().to_owned()
            }
            ServedTo::Nowhere => self.stage.served_dir(),
        };
        // Zola asks again at each change whether the folder is there, and it is.
        let task = self.task("serve").argument("--force");
        let mut task = task.argument("--output-dir").argument(output);
        for path in extra {
            let path = path.strip_prefix(self.stage.root()).unwrap_or(path);
            task = task.argument("--extra-watch-path").argument(path);
        }
        let mut watch = Watch::new(self.stage.root(), extra);
        let staged = Arc::new(self);
        let restaging = Arc::downgrade(&staged);
        std::thread::spawn(move || {
            loop {
                let changed = watch.wait(QUIET);
                let Some(staged) = restaging.upgrade() else {
                    return;
                };
                let updated = guarded(|| staged.stage.update(&changed));
                report(&updated.unwrap_or_else(|errors| errors));
            }
        });
        staged.run(&task)
    }

    fn run(&self, task: &Task) -> Result<(), Failure> {
        let run = self.stage.run(&self.zola, task, self.interrupt.stop());
        self.outcome(run?)
    }

    fn outcome(&self, status: ExitStatus) -> Result<(), Failure> {
        match self.interrupt.is_stopped() {
            true => Err(Failure::Stopped),
            false => check_status(status),
        }
    }
}
