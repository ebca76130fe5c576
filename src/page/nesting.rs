//! Quotes and lists in each other, deeper than anybody sees.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Options;

use crate::error::{Error, ErrorKind, Source};
use crate::page::join_fences::fences_in;
use crate::syntax::line_prefix::marks_of;

/// Blink and WebKit keep as many elements in each other as they read a page, and no more. To the
/// parser of Markdown each costs some time at each further line, whatever stands in it.
const MAX_DEPTH: usize = 512;

/// Where the marks of a line go on that are too many.
pub(crate) type Excess = Range<usize>;

/// The text with letters for the marks of quotes and lists that stand too deep in others, byte for
/// byte as long, and where those are.
pub(crate) fn bounded(text: Cow<'_, str>, options: Options) -> (Cow<'_, str>, Vec<Excess>) {
    let excess = excess_in(&text);
    if excess.is_empty() {
        return (text, excess);
    }
    // In a fence they are code.
    let fences = fences_in(&without(&text, &excess), options, |_| true);
    let fences: Vec<_> = fences.into_iter().map(|fence| fence.span).collect();
    let is_code = |excess: &Excess| {
        let after = fences.partition_point(|fence| fence.start <= excess.start);
        after > 0 && excess.start < fences[after - 1].end
    };
    let excess: Vec<_> = excess
        .into_iter()
        .filter(|excess| !is_code(excess))
        .collect();
    (without(&text, &excess).into(), excess)
}

/// The mistake of a page in whose text marks stand too deep.
pub(crate) fn too_deep(source: &Source<'_>, excess: &[Excess]) -> Error {
    let message = format!("quotes and lists stand in each other more than {MAX_DEPTH} deep");
    Error::new(ErrorKind::Syntax, message)
        .at_each(
            source,
            excess.iter().map(|excess| excess.start..excess.start + 1),
        )
        .help("browsers show no more; what is meant as text stands safely in a fence")
}

fn excess_in(text: &str) -> Vec<Excess> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.len() > MAX_DEPTH
            && let Some(excess) = excess_of(line.trim_end())
        {
            found.push(at + excess.start..at + excess.end);
        }
        at += line.len();
    }
    found
}

fn excess_of(line: &str) -> Option<Excess> {
    let mut marks = marks_of(line).skip(MAX_DEPTH);
    let first = marks.next()?;
    let end = marks.last().map_or(first.end, |mark| mark.end);
    (first.start < rule_start(line)).then_some(first.start..end)
}

/// Where a rule (`- - -`) begins that the line may end with: its characters are no marks.
fn rule_start(line: &str) -> usize {
    let Some(last @ ('-' | '*')) = line.chars().next_back() else {
        return line.len();
    };
    line.trim_end_matches([last, ' ', '\t']).len()
}

fn without(text: &str, excess: &[Excess]) -> String {
    let mut shallow = String::with_capacity(text.len());
    let mut at = 0;
    for excess in excess {
        shallow.push_str(&text[at..excess.start]);
        let marks = text[excess.clone()].chars();
        shallow.extend(marks.map(|mark| {
            if mark == '\t' || mark == ' ' {
                mark
            } else {
                'x'
            }
        }));
        at = excess.end;
    }
    shallow.push_str(&text[at..]);
    shallow
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use pulldown_cmark::Options;

    use super::{Excess, MAX_DEPTH, bounded};

    fn excess(text: &str) -> Vec<Excess> {
        let (shallow, excess) = bounded(Cow::Borrowed(text), Options::empty());
        assert_eq!(shallow.len(), text.len());
        excess
    }

    #[test]
    fn marks_beyond_the_bound_become_letters() {
        let deep = format!("{}12. - a\n> b\n", ">".repeat(MAX_DEPTH));
        let (shallow, excess) = bounded(Cow::Borrowed(&deep), Options::empty());
        let marks = MAX_DEPTH..MAX_DEPTH + 6;
        assert_eq!(excess, vec![marks]);
        assert_eq!(shallow[MAX_DEPTH..], *"xxx x a\n> b\n");
    }

    #[test]
    fn what_is_no_mark_counts_for_nothing() {
        for text in [
            format!("{}a", ">".repeat(MAX_DEPTH)),
            "- ".repeat(MAX_DEPTH * 2),
            format!("> {}", "* ".repeat(MAX_DEPTH * 2)),
            format!("```\n{}\n```\n", ">".repeat(MAX_DEPTH * 2)),
            "a > ".repeat(MAX_DEPTH * 2),
        ] {
            assert!(excess(&text).is_empty(), "{text}");
        }
        for text in ["- ", "1. ", "> * + "] {
            assert_eq!(excess(&format!("{}a", text.repeat(MAX_DEPTH * 2))).len(), 1);
        }
    }
}
