//! Tera's errors as this crate's: with the file they happened in, not the template's name.

use std::error::Error as _;
use std::ops::Range;

use tera::{ErrorKind as TeraErrorKind, ReportError};

use super::compile::Sources;
use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::embedded::text_file::TextFile;

/// One error of Tera.
pub(crate) fn located(error: &tera::Error, sources: &Sources) -> Error {
    match error.kind() {
        TeraErrorKind::SyntaxError(report) | TeraErrorKind::RenderingError(report) => {
            with_causes(from_report(report, sources), error)
        }
        other => with_causes(Error::new(ErrorKind::Template, other.to_string()), error),
    }
}

fn from_report(report: &ReportError, sources: &Sources) -> Error {
    let message = sentence(report.message());
    match sources.get(report.filename()) {
        Some(file) => file.error(ErrorKind::Template, message, report.span().range.clone()),
        None => Error::new(ErrorKind::Template, message).in_file(report.filename()),
    }
}

fn with_causes(error: Error, tera: &tera::Error) -> Error {
    let mut causes = Vec::new();
    let mut cause = tera.source();
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    match causes.is_empty() {
        true => error,
        false => error.caused_by(causes.join(": ")),
    }
}

/// The errors of checking all templates together, which Tera gives as one text of drawn reports.
pub(crate) fn located_all(error: &tera::Error, sources: &Sources) -> Errors {
    let text = error.to_string();
    let reports: Errors = text
        .split("\n\n")
        .filter_map(|report| from_drawing(report, sources))
        .collect();
    if reports.is_empty() {
        return located(error, sources).into();
    }
    reports
}

/// Reads `error: MESSAGE` and `--> NAME:LINE:COLUMN` back from a report.
fn from_drawing(report: &str, sources: &Sources) -> Option<Error> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let file = sources.get(parts.next()?)?;
    let width = report.lines().last()?.matches('^').count();
    let range = range_of(file, line, column, width)?;
    Some(file.error(ErrorKind::Template, sentence(message), range))
}

/// The bytes at a line and column, both from 1 and in characters.
fn range_of(file: &TextFile, line: usize, column: usize, width: usize) -> Option<Range<usize>> {
    let start_of_line = match line {
        1 => 0,
        _ => file.text.match_indices('\n').nth(line - 2)?.0 + 1,
    };
    let at = |characters: usize| {
        let rest = &file.text[start_of_line..];
        let offset = rest
            .char_indices()
            .nth(characters)
            .map_or(rest.len(), |(at, _)| at);
        start_of_line + offset
    };
    Some(at(column - 1)..at(column - 1 + width))
}

/// Messages here start small and have no full stop.
fn sentence(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
