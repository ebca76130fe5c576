//! How what is found is written.

use std::io::Write;

use clap::ValueEnum;
use pyfence::{Error, ErrorKind, Errors};
use serde_json::{Value, json};

use crate::{Failure, report};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Drawn with the lines of the pages
    Text,
    /// One list of JSON
    Json,
    /// SARIF 2.1.0, which code hosts and editors read
    Sarif,
    /// Commands of a workflow on GitHub: its pull requests show them at their lines
    Github,
}

impl Format {
    pub(crate) fn write(self, found: Errors) -> Result<(), Failure> {
        let written_as: fn(&Errors) -> String = match self {
            Format::Text => {
                report(&found);
                return Ok(());
            }
            Format::Json => |found| pretty(&Value::Array(found.iter().map(as_json).collect())),
            Format::Sarif => |found| pretty(&as_sarif(found)),
            Format::Github => |found| found.iter().map(as_command).collect(),
        };
        // Programs show each place by itself. What several pages include has it once.
        let mut found = found.apart();
        found.dedup();
        let text = written_as(&found);
        let written = std::io::stdout().lock().write_all(text.as_bytes());
        written.map_err(|error| {
            let failed = Error::new(ErrorKind::Io, "can't write what was found");
            failed.caused_by(error).into()
        })
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn level(error: &Error) -> &'static str {
    match error.is_error() {
        true => "error",
        false => "warning",
    }
}

fn as_json(error: &Error) -> Value {
    json!({
        "level": level(error),
        "rule": error.rule(),
        "message": error.message(),
        "help": error.suggestion(),
        "file": error.file(),
        "line": error.line(),
        "column": error.column(),
    })
}

fn as_sarif(found: &[Error]) -> Value {
    let results = found.iter().map(|error| {
        let mut place = json!({});
        if let Some(file) = error.file() {
            place["artifactLocation"] = json!({ "uri": file });
        }
        if let Some(line) = error.line() {
            place["region"] = json!({ "startLine": line, "startColumn": error.column() });
        }
        json!({
            "ruleId": error.rule().unwrap_or("page"),
            "level": level(error),
            "message": { "text": with_help(error) },
            "locations": [{ "physicalLocation": place }],
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "pyfence", "version": env!("CARGO_PKG_VERSION") } },
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn with_help(error: &Error) -> String {
    match error.suggestion() {
        Some(help) => format!("{}; {help}", error.message()),
        None => error.message().to_owned(),
    }
}

/// `::error file=a.md,line=3,col=1,title=unknown-import::the message`
pub(crate) fn as_command(error: &Error) -> String {
    let mut properties = Vec::new();
    if let Some(file) = error.file() {
        properties.push(format!("file={}", escaped_property(file)));
    }
    if let (Some(line), Some(column)) = (error.line(), error.column()) {
        properties.push(format!("line={line},col={column}"));
    }
    properties.push(format!("title={}", error.rule().unwrap_or("pyfence")));
    let message = escaped(&with_help(error));
    format!("::{} {}::{message}\n", level(error), properties.join(","))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
