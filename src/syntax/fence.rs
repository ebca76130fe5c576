//! The fence: ```` ```pyodide session="x" ````.

use std::ops::Range;

/// The word that makes a fence a block.
pub(crate) const FENCE_WORD: &str = "pyodide";

/// The option list behind the fence word, if `info` (a fence's info string as a Markdown parser
/// gives it) opens a block: its first word, ended by a space or a comma, is `pyodide`.
pub(crate) fn options_of(info: &str) -> Option<&str> {
    let rest = info.trim_start().strip_prefix(FENCE_WORD)?;
    let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ',');
    ends.then_some(rest)
}

/// Where `list`, the option list of a fence, stands in `source`; `fence` is where the fence
/// starts. `None` where Markdown's escapes made the list differ from what was typed.
pub(crate) fn locate_options(source: &str, fence: usize, list: &str) -> Option<usize> {
    let line = source.get(opening_line(source, fence))?;
    let word = line.find(FENCE_WORD)? + FENCE_WORD.len();
    let typed = line[word..].trim_end();
    typed.starts_with(list.trim_end()).then_some(fence + word)
}

/// The bytes of the line from `fence` to its end, without the line end.
pub(crate) fn opening_line(source: &str, fence: usize) -> Range<usize> {
    let rest = source.get(fence..).unwrap_or_default();
    let length = rest.find('\n').unwrap_or(rest.len());
    fence..fence + rest[..length].trim_end_matches('\r').len()
}
