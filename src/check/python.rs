//! The Python that the page runs: cells of notebooks and transcripts of consoles are read as the
//! runtime reads them (`runtime/python/notebook_syntax.py`), and the rest as it stands.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use ruff_python_ast::PythonVersion;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

use super::depth::is_too_deep;
use super::facts::{Facts, Found, facts_of};
use super::{notebook_habits, pip_lines};

/// A block's Python, read.
pub(super) struct Python {
    pub facts: Facts,
    /// Whether a cell's command installs packages.
    pub installs: bool,
    /// Which ones.
    pub installed: Vec<Found>,
}

/// Why code is no Python, and where.
pub(super) struct NotPython {
    pub reason: String,
    pub range: Range<usize>,
    pub help: Option<String>,
}

/// Reads `code` in the grammar of this version of Python.
pub(super) fn read(code: &str, version: (u8, u8)) -> Result<Python, NotPython> {
    let is_ipython = PROMPT.is_match(first_line(code)) && IPYTHON.is_match(first_line(code));
    let plain = match is_ipython {
        true => None,
        false => Some(parse(code, version)),
    };
    match plain {
        Some(Ok(facts)) => Ok(Python {
            facts,
            installs: false,
            installed: Vec::new(),
        }),
        plain => {
            let cell = Cell::read(code, is_ipython);
            match parse(&cell.code, version) {
                Ok(mut facts) => {
                    facts.is_dynamic |= cell.installs;
                    cell.move_back(&mut facts);
                    Ok(Python {
                        facts,
                        installs: cell.installs,
                        installed: cell.installed,
                    })
                }
                Err(wrong) => Err(match plain {
                    // What stands in the code is what is shown.
                    Some(Err(wrong)) if cell.is_as_written => hint(code, wrong),
                    _ => hint(
                        code,
                        NotPython {
                            range: cell.place(wrong.range),
                            ..wrong
                        },
                    ),
                }),
            }
        }
    }
}

fn parse(code: &str, version: (u8, u8)) -> Result<Facts, NotPython> {
    if is_too_deep(code) {
        return Ok(Facts {
            is_dynamic: true,
            ..Facts::default()
        });
    }
    let version = PythonVersion {
        major: version.0,
        minor: version.1,
    };
    let options = ParseOptions::from(Mode::Module).with_target_version(version);
    let parsed = parse_unchecked(code, options);
    let wrong = |reason: String, range: ruff_text_size::TextRange| NotPython {
        reason,
        range: range.start().to_usize()..range.end().to_usize(),
        help: None,
    };
    if let Some(error) = parsed.errors().first() {
        return Err(wrong(error.error.to_string(), error.location));
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        return Err(wrong(error.to_string(), error.range()));
    }
    Ok(parsed
        .try_into_module()
        .map(|module| facts_of(module.suite()))
        .unwrap_or_default())
}

fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// A pattern of this file; they are tested, so that each is one.
struct Pattern(LazyLock<Option<Regex>>);

impl Pattern {
    fn end_of_match(&self, text: &str) -> Option<usize> {
        let found = self.0.as_ref()?.find(text)?;
        Some(found.end())
    }

    fn is_match(&self, text: &str) -> bool {
        self.end_of_match(text).is_some()
    }
}

static PROMPT: Pattern = Pattern(LazyLock::new(|| {
    pattern(r"^\s*(?:>>>|In ?\[\d*\]:)(?: |$)")
}));
static CONTINUED: Pattern = Pattern(LazyLock::new(|| pattern(r"^\s*\.\.\.:?(?: |$)")));
static IPYTHON: Pattern = Pattern(LazyLock::new(|| pattern(r"^\s*In ?\[\d*\]:")));
static SETTING: Pattern = Pattern(LazyLock::new(|| {
    pattern(r"^\s*%(?:matplotlib|config|load_ext|reload_ext|autoreload)\b.*")
}));

fn first_line(code: &str) -> &str {
    let mut lines = code.split('\n');
    lines.find(|line| !line.trim().is_empty()).unwrap_or("")
}

/// What all statements of `code` begin with, where its first line does: it was cut out of something larger. Lines
/// within a string may begin further left.
fn margin_of(code: &str) -> &str {
    if !code.starts_with(char::is_whitespace) {
        return "";
    }
    let begun = match PROMPT.is_match(first_line(code)) {
        true => lines_with_text(code),
        false => begun_lines(code),
    };
    let first = begun.first().copied().unwrap_or("");
    let margin = &first[..first.len() - first.trim_start_matches([' ', '\t']).len()];
    match begun.iter().all(|line| line.starts_with(margin)) {
        true => margin,
        false => "",
    }
}

/// The lines with which statements begin; all that have text, where they are no Python.
fn begun_lines(code: &str) -> Vec<&str> {
    if is_too_deep(code) {
        return lines_with_text(code);
    }
    let parsed = parse_unchecked(code, ParseOptions::from(Mode::Module));
    let (mut begun, mut is_new) = (Vec::new(), true);
    for token in parsed.tokens() {
        match token.kind() {
            TokenKind::Unknown => return lines_with_text(code),
            TokenKind::Newline => is_new = true,
            TokenKind::NonLogicalNewline
            | TokenKind::Comment
            | TokenKind::Indent
            | TokenKind::Dedent
            | TokenKind::EndOfFile => {}
            _ if is_new => {
                let start = token.start().to_usize();
                let line_start = code[..start].rfind('\n').map_or(0, |end| end + 1);
                begun.extend(code[line_start..].split('\n').next());
                is_new = false;
            }
            _ => {}
        }
    }
    begun
}

fn lines_with_text(code: &str) -> Vec<&str> {
    let lines = code.split('\n');
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// A notebook's cell or a console's transcript as plain Python.
struct Cell {
    code: String,
    installs: bool,
    installed: Vec<Found>,
    is_as_written: bool,
    /// For each line: where it starts in `code`, and where the same text starts as it was written.
    lines: Vec<(usize, usize)>,
}

impl Cell {
    fn read(code: &str, is_ipython: bool) -> Self {
        let has_prompts = PROMPT.is_match(first_line(code));
        let margin = margin_of(code);
        let mut cell = Self {
            code: String::new(),
            installs: false,
            installed: Vec::new(),
            is_as_written: true,
            lines: Vec::new(),
        };
        let (mut written_at, mut is_open) = (0, false);
        for line in code.split('\n') {
            let prompt = match has_prompts {
                true => PROMPT
                    .end_of_match(line)
                    .or_else(|| is_open.then(|| CONTINUED.end_of_match(line)).flatten()),
                false => None,
            };
            let carries_on = is_ipython && is_open && !line.trim_start().starts_with("Out[");
            is_open = prompt.is_some() || carries_on;
            let start = match (has_prompts, is_open) {
                (true, false) => line.len(),
                _ => prompt.unwrap_or(if line.starts_with(margin) {
                    margin.len()
                } else {
                    0
                }),
            };
            let kept = cell.without_command(&line[start..], written_at + start);
            cell.lines.push((cell.code.len(), written_at + start));
            cell.is_as_written &= kept == line;
            cell.code.push_str(&kept);
            cell.code.push('\n');
            written_at += line.len() + 1;
        }
        cell
    }

    /// A line without what only a notebook understands.
    fn without_command(&mut self, line: &str, written_at: usize) -> String {
        let installed = pip_lines::installed_by(line, written_at);
        let installs = installed.is_some();
        self.installs |= installs;
        self.installed.extend(installed.into_iter().flatten());
        match installs || SETTING.is_match(line) {
            true => format!("{}pass", &line[..line.len() - line.trim_start().len()]),
            false => line.to_owned(),
        }
    }

    fn place(&self, range: Range<usize>) -> Range<usize> {
        let line = self
            .lines
            .partition_point(|(start, _)| *start <= range.start);
        let (start, written) = self.lines[line.saturating_sub(1)];
        let at = written + (range.start - start);
        at..at + range.len()
    }

    fn move_back(&self, facts: &mut Facts) {
        let Facts {
            used,
            imported,
            called,
            installed,
            ..
        } = facts;
        let all = [used, imported, called, installed];
        for found in all.into_iter().flatten() {
            found.range = self.place(found.range.clone());
        }
    }
}

/// With what to write in the place of what isn't Python.
fn hint(code: &str, wrong: NotPython) -> NotPython {
    let line_start = code[..wrong.range.start.min(code.len())]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let line = code[line_start..].lines().next().unwrap_or("").trim_start();
    let help = if line.starts_with(">>>") || line.starts_with("...") {
        Some("start the block with the prompt, or write the code without prompts".to_owned())
    } else {
        notebook_habits::help(line)
    };
    NotPython { help, ..wrong }
}

#[cfg(test)]
mod tests {
    use super::{CONTINUED, IPYTHON, PROMPT, SETTING, read};

    #[test]
    fn all_patterns_are_patterns() {
        for pattern in [&PROMPT, &CONTINUED, &IPYTHON, &SETTING] {
            assert!(pattern.0.is_some());
        }
    }

    #[test]
    fn places_in_cells_are_those_in_the_text() {
        let names = |code: &str| -> Vec<String> {
            let python = read(code, (3, 14)).ok().expect("it is a cell");
            let used = python.facts.used.iter();
            used.map(|found| code[found.range.clone()].to_owned())
                .collect()
        };
        assert_eq!(
            names(">>> a = b\n>>> a\n3\n>>> if a:\n...     c\n"),
            ["b", "a", "a", "c"]
        );
        assert_eq!(
            names("%matplotlib inline\nif x:\n  !pip install y\nz"),
            ["x", "z"]
        );
        assert_eq!(names("In [1]: é = b\n   ...: é\nOut[1]: 3"), ["b", "é"]);
    }
}
