//! Which line ends a fence of code.

/// The line that opens a fence.
pub(super) struct OpenFence {
    mark: char,
    length: usize,
    /// How many quotes it stands in.
    quotes: usize,
    /// How many characters stand before it.
    column: usize,
}

impl OpenFence {
    /// The fence whose mark stands at `start`.
    pub fn at(source: &str, start: usize) -> Self {
        let line_start = source[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let before = &source[line_start..start];
        let mark = source[start..].chars().next().unwrap_or('`');
        let rest = source[start..].trim_start_matches(mark);
        Self {
            mark,
            length: (source.len() - start - rest.len()) / mark.len_utf8(),
            quotes: before.matches('>').count(),
            column: before.chars().count(),
        }
    }

    /// Whether a line of the source ends it: as many marks or more, and no more than three spaces further in
    /// (<https://spec.commonmark.org/0.31.2/#fenced-code-blocks>).
    pub fn is_closed_by(&self, line: &str) -> bool {
        let mut text = line;
        for _ in 0..self.quotes {
            text = text.trim_start();
            text = text.strip_prefix('>').unwrap_or(text);
        }
        let marks = text.trim_start();
        let indentation = text.len() - marks.len();
        let rest = marks.trim_start_matches(self.mark);
        let length = (marks.len() - rest.len()) / self.mark.len_utf8();
        indentation <= self.column + 3 && length >= self.length && rest.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::OpenFence;

    #[test]
    fn a_fence_is_closed_by_its_own_mark() {
        let fence = OpenFence::at("a\n````text\n", 2);
        assert!(fence.is_closed_by("````"));
        assert!(fence.is_closed_by("  ``````  "));
        for code in ["```", "~~~~", "````text", "> ````", "     ````", ""] {
            assert!(!fence.is_closed_by(code), "{code}");
        }
    }

    #[test]
    fn quotes_and_lists_stand_before_it() {
        let fence = OpenFence::at("> - ~~~\n", 4);
        assert!(fence.is_closed_by(">   ~~~"));
        assert!(!fence.is_closed_by(">   ```"));
    }
}
