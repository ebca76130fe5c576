//! Sessions and ids that look like others of the page with a slip of the hand.

use std::collections::HashMap;

use super::rule::Rule;
use super::{Findings, Read};

/// Shorter words differ by a letter and are meant: `a` and `b`, `in` and `on`.
const SHORTEST_WORD: usize = 4;

pub(super) fn check(blocks: &[Read<'_>], findings: &mut Findings<'_>) {
    let mut sessions: HashMap<&str, usize> = HashMap::new();
    for block in blocks.iter().filter(|block| !block.is_part()) {
        *sessions.entry(block.written.session()).or_default() += 1;
    }
    for (index, block) in blocks.iter().enumerate() {
        if !block.is_part() {
            similar_session(blocks, index, &sessions, findings);
        }
        similar_id(blocks, index, findings);
    }
}

/// A session of one block, beside one that has more, or that comes first.
fn similar_session(
    blocks: &[Read<'_>],
    index: usize,
    sessions: &HashMap<&str, usize>,
    findings: &mut Findings<'_>,
) {
    let name = blocks[index].written.session();
    let count = |name: &str| sessions.get(name).copied().unwrap_or_default();
    if count(name) > 1 {
        return;
    }
    let others = blocks.iter().enumerate().filter(|(_, b)| !b.is_part());
    let meant = others
        .map(|(at, other)| (at, other.written.session()))
        .find(|(at, other)| is_slip(name, other) && (*at < index || count(other) > 1));
    if let Some((_, meant)) = meant {
        let message = format!("no other block has the session `{name}`; did you mean `{meant}`?");
        findings.add_opening(&blocks[index], Rule::SimilarSession.warning(message));
    }
}

/// An id that is almost one above it.
fn similar_id(blocks: &[Read<'_>], index: usize, findings: &mut Findings<'_>) {
    let id = |block: &Read<'_>| block.written.options().id.clone();
    let Some(own) = id(&blocks[index]) else {
        return;
    };
    // A plural is another word.
    let is_plural = |a: &str, b: &str| a.strip_suffix('s') == Some(b);
    let mut above = blocks[..index].iter().filter_map(id);
    let meant = above
        .find(|other| is_slip(&own, other) && !is_plural(&own, other) && !is_plural(other, &own));
    if let Some(other) = meant {
        let message = format!("the id `{own}` is almost `{other}`, which a block above has");
        let warning = Rule::SimilarId
            .warning(message)
            .help("links to them are easily mixed up; ignore=\"similar-id\" keeps both");
        findings.add_opening(&blocks[index], warning);
    }
}

/// Whether one name is the other but for a letter in one of its words: too many, too few, another,
/// or two in the wrong order. Numbers are never slips.
fn is_slip(name: &str, other: &str) -> bool {
    if strsim::damerau_levenshtein(name, other) != 1 {
        return false;
    }
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_owned).collect()
    };
    let (words, others) = (words(name), words(other));
    if words.len() != others.len() {
        // A hyphen too many.
        return true;
    }
    let mut changed = words.iter().zip(&others).filter(|(a, b)| a != b);
    changed.any(|(word, other)| {
        let letters = |word: &str| -> String { word.chars().filter(|c| !c.is_numeric()).collect() };
        letters(word) != letters(other)
            && word.chars().count().max(other.chars().count()) > SHORTEST_WORD
    })
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn slips_are_told_from_names_that_are_meant() {
        for (name, other, is) in [
            ("a", "b", false),
            ("ex1", "ex2", false),
            ("ex1", "ex12", false),
            ("step-1", "step-2", false),
            ("example1", "example2", false),
            ("plot-a", "plot-b", false),
            ("test-in", "test-on", false),
            ("left", "lift", false),
            ("counter", "counter", false),
            ("counter", "countre", true),
            ("counter", "couter", true),
            ("counter", "countter", true),
            ("defualt", "default", true),
            ("loops", "loop", true),
            ("sort-numbers", "sort-numbes", true),
            ("my-session", "mysession", true),
            ("übung-schleifen", "übung-schleifn", true),
            ("apples", "oranges", false),
        ] {
            assert_eq!(is_slip(name, other), is, "{name} {other}");
            assert_eq!(is_slip(other, name), is, "{other} {name}");
        }
    }
}
