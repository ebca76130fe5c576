//! The pages of a site, several at a time.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use pyfence::{Error, ErrorKind};

use super::page_run::{self, Broken, Pages, Tested};
use super::verdict::{Reason, Verdict};

/// Pages that are to be tested.
pub(super) struct Run<'r> {
    /// Their paths in the built site.
    pub paths: &'r [String],
    pub pages: Pages<'r>,
}

impl<'r> Run<'r> {
    /// All pages, `jobs` at a time, in their order.
    pub fn all(&self, jobs: usize) -> Result<Vec<Tested<'r>>, Error> {
        let next = Mutex::new(0);
        let done = Mutex::new(Vec::new());
        let lost = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..jobs.clamp(1, self.paths.len().max(1)) {
                scope.spawn(|| {
                    while lost.lock().is_ok_and(|lost| lost.is_none()) {
                        let index = next.lock().map(|mut next| {
                            *next += 1;
                            *next - 1
                        });
                        let Some(page) = index.ok().and_then(|index| self.paths.get(index)) else {
                            return;
                        };
                        match self.page(page) {
                            Ok(tested) => done.lock().map(|mut done| done.push(tested)).ok(),
                            Err(error) => lost.lock().map(|mut lost| *lost = Some(error)).ok(),
                        };
                    }
                });
            }
        });
        if let Some(error) = lost.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by(|a: &Vec<Tested<'r>>, b| {
            let page = |tested: &[Tested<'r>]| tested.first().map(|first| first.page.clone());
            page(a).cmp(&page(b))
        });
        Ok(done.into_iter().flatten().collect())
    }

    fn page(&self, path: &str) -> Result<Vec<Tested<'r>>, Error> {
        let start = Instant::now();
        let tested = match page_run::run(self.pages, path) {
            Ok(tested) => tested,
            Err(Broken::Page(reason)) => vec![Tested {
                source: None,
                stated: None,
                page: path.to_owned(),
                number: 0,
                verdict: Verdict::Failed(Reason::new(format!("can't be tested: {reason}"))),
                shown: None,
                seconds: 0.0,
            }],
            Err(Broken::Browser(reason)) => {
                return Err(Error::new(ErrorKind::Engine, "the browser is gone").caused_by(reason));
            }
        };
        if tested.is_empty() {
            return Ok(tested);
        }
        let failed = tested
            .iter()
            .filter(|tested| matches!(tested.verdict, Verdict::Failed(_)));
        let failed = match failed.count() {
            0 => String::new(),
            failed => format!(", {failed} failed"),
        };
        let seconds = start.elapsed().as_secs_f64();
        let blocks = match tested.len() {
            1 => "1 block".to_owned(),
            count => format!("{count} blocks"),
        };
        anstream::eprintln!("{path}: {blocks}{failed} in {seconds:.1} s");
        Ok(tested)
    }
}
