//! What is told of the blocks that were tested.

use std::io::Write;

use clap::ValueEnum;
use pyfence::{Error, ErrorKind};

use super::page_run::Tested;
use super::verdict::{Reason, Verdict};
use crate::check::format::as_command;
use crate::{Failure, report};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Failures drawn with the lines of the pages
    Text,
    /// XML as JUnit writes it, which build servers read
    Junit,
    /// Commands of a workflow on GitHub: its pull requests show failures at their lines
    Github,
}

/// A tested block, by the name that lists and reports give it.
pub(super) struct Told<'t> {
    pub name: String,
    pub tested: &'t Tested<'t>,
    /// Whether it is one that may fail.
    pub is_known: bool,
}

impl<'t> Told<'t> {
    pub(super) fn new(tested: &'t Tested<'t>) -> Self {
        let name = match tested.source {
            Some(source) => format!("{} block {}", source.page.name(), source.number),
            None => format!("{} block {}", tested.page, tested.number),
        };
        Self {
            name,
            tested,
            is_known: false,
        }
    }

    /// Why it fails, unless it may.
    pub(super) fn failure(&self) -> Option<&'t Reason> {
        match &self.tested.verdict {
            Verdict::Failed(reason) if !self.is_known => Some(reason),
            _ => None,
        }
    }

    /// Where a block was written whose file isn't known here.
    fn place(&self, reason: &Reason) -> String {
        let stated = self.tested.stated.as_deref();
        let place = stated.and_then(|stated| {
            let (file, line) = stated.rsplit_once(':')?;
            let opening: usize = line.parse().ok()?;
            Some(format!("{file}:{}", opening + reason.line.unwrap_or(0)))
        });
        match place.as_deref().or(stated) {
            Some(place) => format!("{place} ({})", self.name),
            None => self.name.clone(),
        }
    }

    /// Where it fails, and what Python says of it.
    fn placed_detail(&self, reason: &Reason) -> String {
        let place = self.error().and_then(|error| {
            let line = error.line().map(|line| format!(":{line}"));
            Some(format!("{}{}", error.file()?, line.unwrap_or_default()))
        });
        format!("{}\n{}", place.unwrap_or_default(), reason.detail)
    }

    fn error(&self) -> Option<Error> {
        let reason = self.failure()?;
        let mut error = Error::new(ErrorKind::Code, format!("this block {}", reason.message));
        error = match self.tested.source {
            Some(source) => source.page.mark(error, source.block, reason.line),
            None => error.in_file(self.place(reason)),
        };
        if !reason.detail.is_empty() {
            // In lines of its own, as it has several.
            error = error.caused_by(format!("{}\n", reason.detail));
        }
        if let Some(help) = reason.help {
            error = error.help(help);
        }
        Some(error)
    }
}

pub(super) fn write(told: &[Told<'_>], format: Format) -> Result<(), Failure> {
    let errors: Vec<_> = told.iter().filter_map(Told::error).collect();
    let text = match format {
        Format::Text => {
            report(&errors);
            return Ok(());
        }
        Format::Junit => junit(told),
        Format::Github => errors.iter().map(as_command).collect(),
    };
    let written = std::io::stdout().lock().write_all(text.as_bytes());
    written.map_err(|error| {
        let failed = Error::new(ErrorKind::Io, "can't write the report");
        failed.caused_by(error).into()
    })
}

fn junit(told: &[Told<'_>]) -> String {
    let failures = told.iter().filter(|told| told.failure().is_some()).count();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"pyfence\" tests=\"{}\" failures=\"{failures}\" errors=\"0\">\n",
        told.len()
    );
    for told in told {
        xml.push_str(&format!(
            "  <testcase name=\"{}\" classname=\"{}\" time=\"{:.3}\"",
            escaped(&told.name),
            escaped(&told.tested.page),
            told.tested.seconds
        ));
        match (told.failure(), &told.tested.verdict) {
            (Some(reason), _) => xml.push_str(&format!(
                "><failure message=\"{}\">{}</failure></testcase>\n",
                escaped(&reason.message),
                escaped(&told.placed_detail(reason))
            )),
            (None, Verdict::Passed) => xml.push_str("/>\n"),
            (None, Verdict::Failed(known)) => xml.push_str(&skipped(&known.message)),
            (None, Verdict::Skipped(why)) => xml.push_str(&skipped(why)),
        }
    }
    xml.push_str("</testsuite>\n");
    xml
}

fn skipped(why: &str) -> String {
    format!("><skipped message=\"{}\"/></testcase>\n", escaped(why))
}

/// As XML may hold it: without the characters of control that it can't.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let text = text.replace('>', "&gt;").replace('"', "&quot;");
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(allowed).collect()
}
