//! Building the site, again whenever something in it changes.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pyfence::site::{Kept, Output, Site, SiteOptions};
use pyfence::{Error, ErrorKind, Errors};

use super::live::Live;
use super::watch::Watch;
use crate::interrupt::Interrupt;
use crate::report;
use crate::site::describe;
use crate::zola::ServedTo;

/// A build that takes no longer is made while nobody knows yet whether a save has further steps, and again if it has.
const SHORT: Duration = Duration::from_millis(100);

/// Steps that follow upon each other as soon as this are waited for even then.
const STEP: Duration = Duration::from_millis(3);

/// What came of a build, and how long it took.
struct Built {
    /// The site as well, which is large: dropped when the news are told.
    outcome: Result<(Site, Output), Errors>,
    taken: Duration,
}

pub(super) struct Rebuild {
    pub(super) root: PathBuf,
    pub(super) options: SiteOptions,
    /// Where the site is written to as well as served.
    pub(super) output: ServedTo,
    /// How long nothing may change before what was built is told.
    pub(super) quiet: Duration,
    pub(super) live: Arc<Live>,
    pub(super) interrupt: Interrupt,
}

impl Rebuild {
    /// Builds and waits for changes, until the process ends.
    pub(super) fn run(self, mut watch: Watch) {
        let mut kept = Kept::default();
        let mut built = self.build(&mut kept);
        loop {
            // In the author's folder there is never what was half saved.
            let is_early = built.taken <= SHORT && matches!(self.output, ServedTo::Nowhere);
            self.tell(built);
            let quiet = if is_early { STEP } else { self.quiet };
            let changed = watch.wait(quiet.min(self.quiet));
            anstream::eprintln!("Changed: {}", changed.join(", "));
            built = self.build(&mut kept);
            if is_early && !watch.wait_until_quiet(self.quiet).is_empty() {
                built = self.build(&mut kept);
            }
        }
    }

    fn build(&self, kept: &mut Kept) -> Built {
        let start = Instant::now();
        let outcome = guarded(|| self.output(kept));
        let taken = start.elapsed();
        Built { outcome, taken }
    }

    fn tell(&self, built: Built) {
        match built.outcome {
            Ok((_site, output)) => {
                report(&output.warnings);
                anstream::eprintln!("Done in {} ms", built.taken.as_millis());
                self.live.succeeded(output);
            }
            Err(errors) => {
                report(&errors);
                self.live.failed(errors.to_string());
            }
        }
    }

    fn output(&self, kept: &mut Kept) -> Result<(Site, Output), Errors> {
        let site = Site::load(&self.root, &self.options)?;
        anstream::eprintln!("Building {}", describe(&site));
        let output = site.build_again(kept)?;
        if let ServedTo::Folder { force } = self.output {
            site.check_output_dir(force)?;
            let _writing = self.interrupt.writing();
            let (folder, stop) = (site.output_dir(), self.interrupt.stop());
            output.write_unless_stopped(folder, site.preserves(), stop)?;
        }
        Ok((site, output))
    }
}

/// A build whose panic is an error like any other: the server goes on, and the next change is
/// built. Each build reads the site anew, and keeps what it has made of pages only when all of it is
/// there, so nothing that a panic left half done is used again.
pub(crate) fn guarded<T>(build: impl FnOnce() -> Result<T, Errors>) -> Result<T, Errors> {
    catch_unwind(AssertUnwindSafe(build)).unwrap_or_else(|panic| Err(panicked(&*panic).into()))
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let reason = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    Error::new(
        ErrorKind::Unsupported,
        format!("pyfence failed over this site: {reason}"),
    )
    .help("this is a bug of pyfence: please report it, with the page that was saved last; the site is built again when a file changes")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pyfence::site::Output;

    use super::{Error, ErrorKind, Errors, Live, guarded};

    fn told(live: &Live, build: impl FnOnce() -> Result<Output, Errors>) {
        match guarded(build) {
            Ok(output) => live.succeeded(output),
            Err(errors) => live.failed(errors.to_string()),
        }
    }

    #[tokio::test]
    async fn a_panic_is_shown_and_the_next_build_is_served() {
        let live = Arc::new(Live::new("/"));
        told(&live, || {
            let text = std::hint::black_box("é");
            Err(Error::new(ErrorKind::Content, &text[1..]).into())
        });
        let shown = live.site().await.err().unwrap_or_default();
        assert!(shown.contains("pyfence failed over this site"), "{shown}");
        assert!(shown.contains("char boundary"), "{shown}");

        told(&live, || Ok(Output::default()));
        assert!(live.site().await.is_ok());
    }
}
