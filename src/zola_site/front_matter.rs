//! Where the front matter of a content file is.

use std::ops::Range;

/// What stands between two lines of the same mark at the start of a content file.
#[derive(Debug)]
pub(crate) struct FrontMatter {
    pub(crate) format: Format,
    /// The mark that opens it, for who reads what is inside.
    #[cfg(feature = "site")]
    pub(crate) opening: Range<usize>,
    /// What is between the two lines; all the rest of the text where it is never closed.
    pub(crate) inside: Range<usize>,
    /// Where the Markdown starts, behind the line that closes it; `None` where no line does.
    pub(crate) end: Option<usize>,
}

/// What front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Between lines of `+++`.
    Toml,
    /// Between lines of `---`.
    Yaml,
}

impl Format {
    fn of_mark(word: &str) -> Option<Self> {
        match word {
            "+++" => Some(Self::Toml),
            "---" => Some(Self::Yaml),
            _ => None,
        }
    }
}

impl FrontMatter {
    /// That of a text; `None` where it starts with anything else.
    pub(crate) fn find(text: &str) -> Option<Self> {
        // Before the mark there may be blank lines and a byte order mark.
        let before = text.len()
            - text
                .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
                .len();
        let mut at = before;
        let mut lines = text[before..].split_inclusive('\n').map(|line| {
            let start = at;
            at += line.len();
            (line.trim(), start..at)
        });
        let (mark, first) = lines.next()?;
        let format = Format::of_mark(mark)?;
        let closing = lines.find(|(word, _)| *word == mark).map(|(_, line)| line);
        let close = closing.as_ref().map_or(text.len(), |line| line.start);
        Some(Self {
            format,
            #[cfg(feature = "site")]
            opening: first.start..first.start + mark.len(),
            inside: first.end..close,
            end: closing.map(|line| line.end),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, FrontMatter};

    fn found(text: &str) -> Option<(Format, &str, Option<&str>)> {
        let found = FrontMatter::find(text)?;
        let markdown = found.end.map(|end| &text[end..]);
        Some((found.format, &text[found.inside], markdown))
    }

    #[test]
    fn front_matter_stands_between_two_lines_of_one_mark() {
        let toml = |inside, markdown| Some((Format::Toml, inside, Some(markdown)));
        assert_eq!(found("+++\na = 1\n+++\nText\n"), toml("a = 1\n", "Text\n"));
        assert_eq!(found("\u{feff}\n \r\n+++\r\n+++"), toml("", ""));
        assert_eq!(found("+++ \n---\n +++ \n"), toml("---\n", ""));
        assert_eq!(
            found("---\na: 1\n---\n"),
            Some((Format::Yaml, "a: 1\n", Some("")))
        );
        assert_eq!(found("+++\na = 1\n"), Some((Format::Toml, "a = 1\n", None)));
        assert_eq!(found("+++"), Some((Format::Toml, "", None)));
        assert_eq!(found("Text\n+++\n+++\n"), None);
        assert_eq!(found(""), None);
    }
}
