//! Building the site, again whenever something in it changes.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use pyfence::site::{Kept, Output, Site, SiteOptions};
use pyfence::{Error, ErrorKind, Errors};

use super::live::Live;
use super::watch::Watch;
use crate::interrupt::Interrupt;
use crate::report;
use crate::site::describe;
use crate::zola::ServedTo;

pub(super) struct Rebuild {
    pub(super) root: PathBuf,
    pub(super) options: SiteOptions,
    /// Where the site is written to as well as served.
    pub(super) output: ServedTo,
    pub(super) live: Arc<Live>,
    pub(super) interrupt: Interrupt,
}

impl Rebuild {
    /// Builds and waits for changes, until the process ends.
    pub(super) fn run(self, mut watch: Watch) {
        let mut kept = Kept::default();
        loop {
            let start = Instant::now();
            match guarded(|| self.build(&mut kept)) {
                Ok((_site, output)) => {
                    report(&output.warnings);
                    anstream::eprintln!("Done in {} ms", start.elapsed().as_millis());
                    self.live.succeeded(output);
                }
                Err(errors) => {
                    report(&errors);
                    self.live.failed(errors.to_string());
                }
            }
            let changed = watch.wait();
            anstream::eprintln!("Changed: {}", changed.join(", "));
        }
    }

    /// The site as well, which is large: dropped when the news are told.
    fn build(&self, kept: &mut Kept) -> Result<(Site, Output), Errors> {
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
