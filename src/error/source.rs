//! The text that errors point into, and the places in it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text that errors point into: the whole of a file, or what follows its front matter.
///
/// ```
/// use pyfence::{Error, ErrorKind, Source};
///
/// let text = "height = 5\nhieght = 6\n";
/// let error = Error::new(ErrorKind::Config, "unknown key").at(&Source::new("site.toml", text), 11..17);
/// assert_eq!((error.line(), error.column()), (Some(2), Some(1)));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Source<'a> {
    /// The file's name as messages show it, such as `content/loops.md`.
    pub name: &'a str,
    /// The text that byte ranges refer to.
    pub text: &'a str,
    /// The line of the file at which `text` starts, from 1.
    pub first_line: usize,
    lines: SharedLines,
    /// Where each line stands, where they don't follow each other from `first_line` on.
    places: &'a [LinePlace],
}

/// Where a line of a page's text stands: see [`PageContext::lines`](crate::PageContext::lines).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinePlace {
    /// The file's name as messages show it; `None` is the page's own.
    pub file: Option<Arc<str>>,
    /// The line in that file, from 1; `None` where it has no such line.
    pub line: Option<usize>,
}

impl LinePlace {
    /// A line of the page's own file.
    pub fn of_page(line: Option<usize>) -> Self {
        Self { file: None, line }
    }

    /// A line of another file.
    pub fn of_file(file: Arc<str>, line: usize) -> Self {
        Self {
            file: Some(file),
            line: Some(line),
        }
    }
}

/// The lines of a text, found when they are first asked for: a page with a thousand mistakes is
/// counted through once.
pub(crate) type SharedLines = Arc<OnceLock<Lines>>;

/// A marked place: a line of the source and a range in it.
#[derive(Clone)]
pub(super) struct Mark {
    pub file: String,
    /// Number of the line, from 1; `None` where the host knows none.
    pub line: Option<usize>,
    /// In characters, from 1.
    pub column: usize,
    /// The line; of a very long one, what stands around the place.
    pub text: String,
    pub is_part_of_line: bool,
    pub range: Range<usize>,
    pub label: Option<String>,
}

/// Lines that are longer than this are shown in part.
const LONG_LINE_BYTES: usize = 1000;

/// How much of a long line is shown before the start of a place and behind it.
const SHOWN_BYTES: usize = 100;

impl<'a> Source<'a> {
    /// The whole text of a file.
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self::with_lines(name, text, SharedLines::default())
    }

    /// The whole text of a file that keeps its lines itself.
    pub(crate) fn with_lines(name: &'a str, text: &'a str, lines: SharedLines) -> Self {
        Self {
            name,
            text,
            first_line: 1,
            lines,
            places: &[],
        }
    }

    /// Its lines, for whoever points into the same text later.
    pub(crate) fn shared_lines(&self) -> SharedLines {
        Arc::clone(&self.lines)
    }

    /// Says where each line stands, for a text that is no part of one file as it is.
    pub(crate) fn placed(mut self, places: &'a [LinePlace]) -> Self {
        self.places = places;
        self
    }

    /// Where the line with byte `at` stands.
    pub(crate) fn place_of(&self, at: usize) -> LinePlace {
        self.place_of_line(self.lines().line(self.text, at).0)
    }

    /// Where the line with this number stands, from 0.
    fn place_of_line(&self, number: usize) -> LinePlace {
        match self.places {
            [] => LinePlace::of_page(Some(self.first_line + number)),
            places => places.get(number).cloned().unwrap_or_default(),
        }
    }

    /// Says at which line of the file the text starts, from 1.
    #[must_use]
    pub fn starting_at(mut self, line: usize) -> Self {
        self.first_line = line;
        self
    }

    /// The bytes of the line that `at` stands in, without the line end.
    pub(crate) fn line_around(&self, at: usize) -> Range<usize> {
        self.lines().line(self.text, at).1
    }

    /// The same behind the number of the line in the text, from 0.
    #[cfg(feature = "check")]
    pub(crate) fn numbered_line_around(&self, at: usize) -> (usize, Range<usize>) {
        self.lines().line(self.text, at)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(self.text))
    }

    pub(super) fn mark(&self, range: Range<usize>, label: Option<String>) -> Mark {
        let start = floor_char_boundary(self.text, range.start);
        let end = floor_char_boundary(self.text, range.end).max(start);
        let (number, line) = self.lines().line(self.text, start);
        // A range over several lines (a whole shortcode) is shown by its first line.
        let shown = shown_part(self.text, &line, start);
        let within = |at: usize| at.clamp(shown.start, shown.end) - shown.start;
        let place = self.place_of_line(number);
        Mark {
            file: place.file.as_deref().unwrap_or(self.name).to_owned(),
            line: place.line,
            column: self.lines().characters(self.text, line.start..start) + 1,
            range: within(start)..within(end),
            text: self.text[shown.clone()].to_owned(),
            is_part_of_line: shown != line,
            label,
        }
    }
}

fn shown_part(text: &str, line: &Range<usize>, at: usize) -> Range<usize> {
    if line.len() <= LONG_LINE_BYTES {
        return line.clone();
    }
    let start = floor_char_boundary(text, at.saturating_sub(SHOWN_BYTES));
    let end = floor_char_boundary(text, at + SHOWN_BYTES);
    start.max(line.start)..end.min(line.end)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where lines start, and how many characters stand before some of the bytes.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// How many characters start before each stretch of `STRETCH` bytes.
    characters: Vec<usize>,
}

const STRETCH: usize = 256;

impl Lines {
    fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut count = 0;
        let characters = text.as_bytes().chunks(STRETCH).map(|stretch| {
            let before = count;
            count += starts_of_characters(stretch);
            before
        });
        Self {
            characters: characters.collect(),
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The number of the line that `at` stands in, from 0, and its bytes.
    fn line(&self, text: &str, at: usize) -> (usize, Range<usize>) {
        let number = self.starts.partition_point(|start| *start <= at) - 1;
        let start = self.starts[number];
        let end = match self.starts.get(number + 1) {
            Some(next) => next - 1,
            None => text.len(),
        };
        let length = text[start..end].trim_end_matches('\r').len();
        (number, start..start + length)
    }

    fn characters(&self, text: &str, range: Range<usize>) -> usize {
        self.characters_before(text, range.end) - self.characters_before(text, range.start)
    }

    fn characters_before(&self, text: &str, at: usize) -> usize {
        let stretch = at / STRETCH;
        let rest = &text.as_bytes()[(stretch * STRETCH).min(at)..at];
        match self.characters.get(stretch) {
            Some(before) => before + starts_of_characters(rest),
            // `at` is the end of a text of whole stretches.
            None => match stretch.checked_sub(1) {
                Some(last) => {
                    self.characters[last]
                        + starts_of_characters(&text.as_bytes()[last * STRETCH..at])
                }
                None => 0,
            },
        }
    }
}

fn starts_of_characters(bytes: &[u8]) -> usize {
    // All other bytes of a character in UTF-8 are 0b10......
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{LONG_LINE_BYTES, STRETCH, Source};

    #[test]
    fn places_are_what_counting_from_the_start_gives() {
        let texts = [
            String::new(),
            "a\r\né\n\n→b".to_owned(),
            "é".repeat(STRETCH),
            "a".repeat(STRETCH * 2),
            format!("{}\n{}", "é→".repeat(STRETCH), "x\n".repeat(STRETCH)),
        ];
        for text in &texts {
            let source = Source::new("a.md", text);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let before = &text[..at];
                let line_start = before.rfind('\n').map_or(0, |end| end + 1);
                let mark = source.mark(at..at, None);
                assert_eq!(mark.line, Some(before.matches('\n').count() + 1));
                assert_eq!(mark.column, text[line_start..at].chars().count() + 1);
                assert_eq!(source.line_around(at).start, line_start);
            }
        }
    }

    #[test]
    fn a_range_out_of_the_text_is_shown_at_its_end() {
        let mark = Source::new("a.md", "aé\nb").mark(9..12, None);
        assert_eq!((mark.line, mark.column, mark.range), (Some(2), 2, 1..1));
        let inside = Source::new("a.md", "aé").mark(2..9, None);
        assert_eq!((inside.column, inside.range), (2, 1..3));
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let text = format!("first\n{}", "é".repeat(LONG_LINE_BYTES));
        let mark = Source::new("a.md", &text).mark(1006..1010, None);
        assert!(mark.is_part_of_line);
        assert!(mark.text.len() < LONG_LINE_BYTES / 2, "{}", mark.text.len());
        assert_eq!(mark.text[mark.range].chars().count(), 2);
        assert_eq!((mark.line, mark.column), (Some(2), 501));
    }
}
