//! Fences of code, and that of a block: ```` ```pyodide session="x" ````.

use std::ops::Range;

/// The word that makes a fence a block.
pub(crate) const FENCE_WORD: &str = "pyodide";

/// What makes a block of an ordinary fence, among the words of its info string.
pub(crate) const STOCK_WORD: &str = "pyodide=";

/// Whether a fence with this info string is an ordinary one of which the loader makes a block.
pub(crate) fn is_stock(info: &str) -> bool {
    let mut words = info.split(',');
    words.any(|word| word.trim().starts_with(STOCK_WORD))
}

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

/// The mark that a line opens or closes a fence with: the character that it is made of, how often, and what stands
/// behind it.
pub(crate) fn mark_of(line: &str) -> Option<(char, usize, &str)> {
    let mark = line.chars().next().filter(|c| ['`', '~'].contains(c))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (length >= 3).then_some((mark, length, rest))
}

/// The line that opens a fence.
pub(crate) struct OpenFence {
    mark: char,
    length: usize,
    /// How many quotes it stands in.
    quotes: usize,
    /// How many characters stand before it.
    column: usize,
}

impl OpenFence {
    /// The fence whose mark stands at `start`.
    pub(crate) fn at(source: &str, start: usize) -> Option<Self> {
        // A host's own offsets need not be those of this source.
        let (mark, length, _) = mark_of(source.get(start..)?)?;
        let line_start = source[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let before = &source[line_start..start];
        Some(Self {
            mark,
            length,
            quotes: before.matches('>').count(),
            column: before.chars().count(),
        })
    }

    /// Whether a line of the source ends it: as many marks or more, and no more than three spaces further in
    /// (<https://spec.commonmark.org/0.31.2/#fenced-code-blocks>).
    pub(crate) fn is_closed_by(&self, line: &str) -> bool {
        let mut text = line;
        for _ in 0..self.quotes {
            text = text.trim_start();
            text = text.strip_prefix('>').unwrap_or(text);
        }
        let marks = text.trim_start();
        let indentation = text.len() - marks.len();
        indentation <= self.column + 3
            && mark_of(marks).is_some_and(|(mark, length, rest)| {
                mark == self.mark && length >= self.length && rest.trim().is_empty()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::OpenFence;

    #[test]
    fn a_fence_is_closed_by_its_own_mark() {
        let fence = OpenFence::at("a\n````text\n", 2).expect("it is one");
        assert!(fence.is_closed_by("````"));
        assert!(fence.is_closed_by("  ``````  "));
        for code in ["```", "~~~~", "````text", "> ````", "     ````", ""] {
            assert!(!fence.is_closed_by(code), "{code}");
        }
    }

    #[test]
    fn quotes_and_lists_stand_before_it() {
        let fence = OpenFence::at("> - ~~~\n", 4).expect("it is one");
        assert!(fence.is_closed_by(">   ~~~"));
        assert!(!fence.is_closed_by(">   ```"));
    }
}
