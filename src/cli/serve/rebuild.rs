//! Building the site, again whenever something in it changes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use pyfence::Error;
use pyfence::site::{Output, Site, SiteOptions};

use super::live::Live;
use super::watch::Watch;
use crate::cli::report;
use crate::cli::site::describe;

pub(super) struct Rebuild {
    root: PathBuf,
    options: SiteOptions,
    live: Arc<Live>,
}

impl Rebuild {
    pub(super) fn new(root: PathBuf, options: SiteOptions, live: Arc<Live>) -> Self {
        Self {
            root,
            options,
            live,
        }
    }

    /// Builds and waits for changes, until the process ends.
    pub(super) fn run(self) {
        // Watching starts before the first build: no change falls between them.
        let mut watch = Watch::new(&self.root);
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
        let site = Site::load(&self.root, &self.options)?;
        anstream::eprintln!("Building {}", describe(&site));
        let output = site.build()?;
        if self.options.output_dir.is_some() {
            let written = output.write_to(site.output_dir(), site.keeps());
            written.map_err(|error| vec![error])?;
        }
        Ok(output)
    }
}
