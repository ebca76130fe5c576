//! Building the site, again whenever something in it changes.

use std::sync::Arc;
use std::time::Instant;

use pyfence::Error;
use pyfence::site::{Mode, Output, Site};

use super::live::Live;
use super::watch::Watch;
use crate::cli::site::{SiteArguments, describe};
use crate::cli::{Failure, report};

pub(super) struct Rebuild {
    arguments: SiteArguments,
    base_url: String,
    live: Arc<Live>,
}

impl Rebuild {
    pub(super) fn new(arguments: SiteArguments, base_url: String, live: Arc<Live>) -> Self {
        Self {
            arguments,
            base_url,
            live,
        }
    }

    /// Builds and waits for changes, until the process ends.
    pub(super) fn run(self) {
        // Watching starts before the first build: no change falls between them.
        let mut watch = Watch::new(&self.arguments.root);
        loop {
            let start = Instant::now();
            match self.build() {
                Ok(output) => {
                    report(&output.warnings);
                    anstream::eprintln!("Done in {} ms", start.elapsed().as_millis());
                    self.live.succeeded(output);
                }
                Err(errors) => {
                    report(&errors);
                    let drawn: Vec<String> = errors.iter().map(Error::to_string).collect();
                    self.live.failed(drawn.join("\n\n"));
                }
            }
            let changed = watch.wait();
            anstream::eprintln!("Changed: {}", changed.join(", "));
        }
    }

    fn build(&self) -> Result<Output, Vec<Error>> {
        let options = self.arguments.options(Mode::Serve, Some(&self.base_url));
        let site = Site::load(&self.arguments.root, &options)?;
        anstream::eprintln!("Building {}", describe(&site));
        let output = site.build()?;
        if let Some(folder) = &self.arguments.output_dir {
            let written = self.arguments.write(&output, folder, site.keeps());
            written.map_err(|failure| match failure {
                Failure::Content(errors) => errors,
                Failure::Usage(error) => vec![error],
                Failure::Stopped => Vec::new(),
            })?;
        }
        Ok(output)
    }
}
