//! How a block did, beside what its author expects of it.

use pyfence::BlockOptions;
use serde::Deserialize;

/// How a run ended, as `driver.js` tells it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Outcome {
    pub state: String,
    /// Why the run was stopped, if it was.
    pub stopped: Option<String>,
    pub stdout: String,
    #[serde(rename = "type")]
    pub exception: Option<String>,
    /// The traceback, or what couldn't be had.
    pub text: String,
    /// The line of the block's code that raised.
    pub line: Option<usize>,
    /// The last expression's value as text.
    pub value: Option<String>,
    /// The checks of an exercise that its solution doesn't pass, and why.
    #[serde(rename = "failedChecks", default)]
    pub failed_checks: Vec<String>,
    /// What the page shows of it, where that was asked for.
    pub shown: Option<Vec<Shown>>,
    /// The digest of that.
    pub digest: Option<String>,
    /// Where a transcript shows something else than is written below its prompts.
    #[serde(default)]
    pub differences: Vec<Difference>,
}

/// A piece of an output, as `runtime/recorded/shown-output.js` reads it.
#[derive(Debug, Deserialize)]
pub(super) struct Shown {
    pub kind: String,
    pub text: String,
    pub html: Option<String>,
    pub picture: Option<ShownPicture>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ShownPicture {
    pub extension: String,
    /// In base64.
    pub data: String,
}

/// A line of a transcript, what is written there and what came.
#[derive(Debug, Deserialize)]
pub(super) struct Difference {
    line: usize,
    written: String,
    found: String,
}

#[derive(Debug)]
pub(super) enum Verdict {
    Passed,
    Failed(Reason),
    /// It isn't run, for this reason.
    Skipped(String),
}

/// Why a block fails.
#[derive(Debug)]
pub(super) struct Reason {
    /// In one line.
    pub message: String,
    /// What stands below it, such as a traceback.
    pub detail: String,
    /// The line of the code, from 1.
    pub line: Option<usize>,
    pub help: Option<&'static str>,
    /// Whether Python and what its sessions held are gone with it.
    pub ends_python: bool,
}

impl Reason {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            detail: String::new(),
            line: None,
            help: None,
            ends_python: false,
        }
    }
}

/// What the outcome is worth to a block with these options.
pub(super) fn verdict(outcome: &Outcome, options: &BlockOptions, seconds: u32) -> Verdict {
    match failure(outcome, options, seconds) {
        Some(reason) => Verdict::Failed(reason),
        None => Verdict::Passed,
    }
}

fn failure(outcome: &Outcome, options: &BlockOptions, seconds: u32) -> Option<Reason> {
    match outcome.stopped.as_deref() {
        Some("input") => {
            let mut reason = Reason::new("asks for input that it isn't given");
            reason.help = Some("stdin=\"Ada,36\" answers with these lines, one after the other");
            return Some(reason);
        }
        Some("output") => {
            let mut reason = Reason::new("writes more than 10 million characters");
            reason.help = Some("a reader's browser keeps all of it: print less");
            reason.ends_python = true;
            return Some(reason);
        }
        Some("running") => return Some(too_long(seconds)),
        Some(_) => return Some(Reason::new("doesn't get what it loads")),
        None => {}
    }
    match outcome.state.as_str() {
        "done" => match &options.raises {
            Some(expected) => Some(Reason::new(format!(
                "ends well and should raise {expected}"
            ))),
            None if !outcome.failed_checks.is_empty() => Some(Reason {
                detail: outcome.failed_checks.join("\n"),
                ..Reason::new("has a solution that its checks don't pass")
            }),
            None => {
                let expected = options.expect.as_deref();
                let compared = expected.and_then(|expected| compare(outcome, expected));
                compared.or_else(|| outcome.differences.first().map(differs))
            }
        },
        "error" => raised(outcome, options),
        "unavailable" => Some(with_text("can't load what it needs", outcome)),
        "lost" => Some(Reason {
            ends_python: true,
            ..with_text("breaks Python itself", outcome)
        }),
        // The page's clock was quicker than ours.
        "stopped" if options.timelimit.is_some() => Some(too_long(seconds)),
        "refused" => Some(Reason::new("isn't run: the page refuses it")),
        _ => Some(Reason::new("is stopped by the page")),
    }
}

fn too_long(seconds: u32) -> Reason {
    let mut reason = Reason::new(format!("doesn't end within {seconds} seconds"));
    reason.help = Some(
        "timelimit=\"60\" gives it more, and on a slow machine `--timelimit 60` all that state none",
    );
    reason.ends_python = true;
    reason
}

fn with_text(message: &str, outcome: &Outcome) -> Reason {
    Reason {
        detail: outcome.text.trim_end().to_owned(),
        ..Reason::new(message)
    }
}

fn raised(outcome: &Outcome, options: &BlockOptions) -> Option<Reason> {
    let exception = outcome.exception.as_deref().unwrap_or_default();
    let name = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let last = outcome.text.trim_end().lines().last().unwrap_or(exception);
    let message = match &options.raises {
        Some(expected) if name(expected) == name(exception) => return None,
        Some(expected) => format!("raises {last} and should raise {expected}"),
        None => format!("raises {last}"),
    };
    Some(Reason {
        line: outcome.line,
        ..with_text(&message, outcome)
    })
}

fn differs(difference: &Difference) -> Reason {
    let Difference { written, found, .. } = difference;
    let mut reason = Reason::new("shows something else than is written below its prompt");
    reason.detail = format!("written: {written}\nshown:   {found}");
    reason.line = Some(difference.line);
    reason
}

/// As doctest does: what is printed and the value, with `...` for whatever stands there.
fn compare(outcome: &Outcome, expected: &str) -> Option<Reason> {
    let mut shown = outcome.stdout.clone();
    if let Some(value) = &outcome.value {
        if !shown.is_empty() && !shown.ends_with('\n') {
            shown.push('\n');
        }
        shown.push_str(value);
    }
    let tidy = |text: &str| {
        let lines: Vec<_> = text.trim_end().lines().map(str::trim_end).collect();
        lines.join("\n")
    };
    let (shown, expected) = (tidy(&shown), tidy(expected));
    if matches(&shown, &expected) {
        return None;
    }
    let mut reason = Reason::new("shows something else than what it expects");
    reason.detail = format!("expected: {expected}\nshown:    {shown}");
    Some(reason)
}

/// Whether `text` is `pattern`, in which `...` stands for any text.
fn matches(text: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split("...");
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<_> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn dots_stand_for_any_text() {
        for (text, pattern, is) in [
            ("5", "5", true),
            ("5 ", "5", false),
            ("", "", true),
            ("<object at 0x7f>", "<object at ...>", true),
            ("1 2 3", "1...3", true),
            ("1 2 3", "1...2", false),
            ("12", "12...2", false),
            ("anything", "...", true),
            ("a b c d", "a...c...d", true),
        ] {
            assert_eq!(matches(text, pattern), is, "{text:?} {pattern:?}");
        }
    }
}
