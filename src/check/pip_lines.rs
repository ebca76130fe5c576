//! Lines with which notebooks and consoles install packages, read as the runtime reads them
//! (`runtime/python/notebook_syntax.py`).

use std::sync::LazyLock;

use regex::Regex;

use super::facts::{Found, Reached};

/// All before what is asked for.
static INSTALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let python = r"(?:(?:python3?|py|\{sys\.executable\})\s+-m\s+|uv\s+)?";
    Regex::new(&format!(
        r"^\s*[%!$]*\s*{python}(?:pip3?|conda|mamba)\s+install\s+"
    ))
    .ok()
});

/// Options whose next word is theirs.
const WITH_WORD: [&str; 10] = [
    "-c",
    "-i",
    "-f",
    "-t",
    "--index-url",
    "--extra-index-url",
    "--find-links",
    "--constraint",
    "--target",
    "--channel",
];

/// How words begin that name files or folders, which no page has.
const OF_FILES: [&str; 5] = ["-r", "-e", "--requirement", "--editable", "."];

/// What a line installs that stands at `written_at`; `None` where it isn't such a line, or nobody can know.
pub(super) fn installed_by(line: &str, written_at: usize) -> Option<Vec<Found>> {
    let start = INSTALL.as_ref()?.find(line)?.end();
    let asked = line[start..].split(" #").next().unwrap_or_default();
    let mut words = asked.split_whitespace();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        if is_of_shell(word) {
            break;
        }
        if OF_FILES.iter().any(|begin| word.starts_with(begin)) {
            return None;
        }
        if WITH_WORD.contains(&word) {
            words.next();
        } else if !word.starts_with('-') && word != "pip" {
            let at = written_at + start + (word.as_ptr() as usize - asked.as_ptr() as usize);
            found.push(Found {
                name: word.trim_matches(['"', '\'']).to_owned(),
                range: at..at + word.len(),
                reached: Reached::Surely,
            });
        }
    }
    Some(found)
}

/// Whether a word ends the command: `>`, `2>&1`, `|`, `&&`.
fn is_of_shell(word: &str) -> bool {
    let word = word.trim_start_matches(|char: char| char.is_ascii_digit());
    word.starts_with(['>', '|', '&', ';'])
}
