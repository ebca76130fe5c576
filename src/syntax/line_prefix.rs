//! The marks of lists and quotes that lines begin with.

use std::iter;
use std::ops::Range;

/// The marks of lists and quotes that a line begins with.
pub(crate) fn containers_of(line: &str) -> &str {
    containers_before(line, |_| false)
}

/// Those of them that stand before the first one that is text, by where it begins: Markdown takes what looks like a mark for
/// text where it goes on with a paragraph behind four spaces.
pub(crate) fn containers_before(line: &str, is_text: impl Fn(usize) -> bool) -> &str {
    let marks = marks_of(line).take_while(|mark| !is_text(mark.start));
    let end = marks.last().map_or(0, |mark| mark.end);
    let rest = line[end..].trim_start_matches([' ', '\t']);
    &line[..line.len() - rest.len()]
}

/// Where those marks stand, each with the blank behind it that makes it one.
pub(crate) fn marks_of(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    iter::from_fn(move || {
        let rest = line[end..].trim_start_matches([' ', '\t']);
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = match rest[digits..].chars().next() {
            Some('>') if digits == 0 => 1,
            Some('-' | '*' | '+') if digits == 0 => 2,
            Some('.' | ')') if digits > 0 => digits + 2,
            _ => 0,
        };
        // What follows the mark can be a character of more than a byte.
        let is_mark =
            mark == 1 || mark > 1 && matches!(rest.as_bytes().get(mark - 1), Some(b' ' | b'\t'));
        let start = line.len() - rest.len();
        end = start + mark;
        is_mark.then_some(start..end)
    })
}

/// Whether nothing but one space stands behind the last mark, so that a further line with
/// [`continued`] in front is as deep in its containers as this one, and no deeper. How much of a tab
/// belongs to a quote is not to be seen from the line.
pub(crate) fn ends_with_mark(containers: &str) -> bool {
    let mark = containers.strip_suffix(' ').unwrap_or(containers);
    let is_mark = containers.is_empty() || mark.ends_with(['>', '-', '*', '+', '.', ')']);
    is_mark && !containers.contains('\t')
}

/// What a further line of the same containers begins with: marks of quotes and blanks stay, marks of
/// lists are spaces. A quote without a space behind its mark gets one: it would take the first of
/// what follows. Tabs behind that one are spaces, as many as they were wide.
pub(crate) fn continued(containers: &str) -> String {
    let mut continued = String::new();
    let mut column = 0;
    let mut is_moved = false;
    for character in containers.chars() {
        let is_blank = matches!(character, ' ' | '\t');
        if continued.ends_with('>') && !is_blank {
            continued.push(' ');
            is_moved = true;
        }
        let width = match character {
            '\t' => TAB - column % TAB,
            _ => 1,
        };
        column += width;
        match character {
            '>' => continued.push('>'),
            '\t' if !is_moved => continued.push('\t'),
            _ => continued.extend(iter::repeat_n(' ', width)),
        }
    }
    if continued.ends_with('>') {
        continued.push(' ');
    }
    continued
}

/// How far apart the columns are that tabs lead to.
const TAB: usize = 4;

#[cfg(test)]
mod tests {
    use super::{containers_before, containers_of, continued, ends_with_mark};

    #[test]
    fn marks_of_lists_and_quotes_are_found() {
        for (line, containers) in [
            ("", ""),
            ("text", ""),
            ("  text", "  "),
            ("- text", "- "),
            ("-\ttext", "-\t"),
            ("* + - text", "* + - "),
            ("> text", "> "),
            (">text", ">"),
            (">>> text", ">>> "),
            ("> 12. - text", "> 12. - "),
            ("3) text", "3) "),
        ] {
            assert_eq!(containers_of(line), containers, "{line}");
        }
    }

    #[test]
    fn what_looks_like_a_mark_is_none() {
        for line in [
            "-text",
            "*é*",
            "-é",
            "1.é",
            "9)→ > x",
            "12",
            "1.",
            "-",
            "é- x",
        ] {
            assert_eq!(containers_of(line), "", "{line}");
        }
        assert_eq!(containers_of("> -é"), "> ");
        assert_eq!(containers_of(" -\u{3000}> x"), " ");
    }

    #[test]
    fn what_is_text_ends_the_marks() {
        assert_eq!(containers_before("> - text", |at| at == 2), "> ");
        assert_eq!(containers_before("    > text", |at| at == 4), "    ");
    }

    #[test]
    fn plain_indentation_is_no_mark() {
        for containers in ["", "> ", ">", "- ", "> 12. ", "  - ", "* + "] {
            assert!(ends_with_mark(containers), "{containers:?}");
        }
        for containers in [" ", "  ", "-  ", ">  ", "-\t", "> - a", "\t", "\t> "] {
            assert!(!ends_with_mark(containers), "{containers:?}");
        }
    }

    #[test]
    fn further_lines_have_quotes_and_the_width_of_lists() {
        for (containers, expected) in [
            ("", ""),
            ("> 12. - ", ">       "),
            ("-\t> ", " \t> "),
            (">", "> "),
            (">>> ", "> > > "),
            (">- ", ">   "),
            ("- >1. ", "  >    "),
            (">\t- ", ">\t  "),
            ("> -\t", ">  \t"),
            (">- >\t- ", ">   >      "),
        ] {
            assert_eq!(continued(containers), expected, "{containers:?}");
        }
    }
}
