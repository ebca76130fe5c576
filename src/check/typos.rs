//! Sessions and ids that look like others of the page with a slip of the hand.

use std::collections::HashMap;

use super::near_names::NearNames;
use super::rule::Rule;
use super::{Findings, Read};

/// Shorter words differ by a letter and are meant: `a` and `b`, `in` and `on`.
const SHORTEST_WORD: usize = 4;

pub(super) fn check(blocks: &[Read<'_>], findings: &mut Findings<'_>) {
    let (mut sessions, mut ids) = (Names::default(), Names::default());
    for (index, block) in blocks.iter().enumerate() {
        if !block.is_part() {
            sessions.add(block.written.session(), index);
        }
        if let Some(id) = &block.written.options().id {
            ids.add(id, index);
        }
    }
    for (index, block) in blocks.iter().enumerate() {
        if !block.is_part() {
            similar_session(block, index, &sessions, findings);
        }
        similar_id(block, index, &ids, findings);
    }
}

/// A session of one block, beside one that has more, or that comes first.
fn similar_session(
    block: &Read<'_>,
    index: usize,
    sessions: &Names<'_>,
    findings: &mut Findings<'_>,
) {
    let name = block.written.session();
    if sessions.count(name) > 1 {
        return;
    }
    let is_meant = |other: &str, first: usize| first < index || sessions.count(other) > 1;
    if let Some(meant) = sessions.first_slip(name, is_meant) {
        let message = format!("no other block has the session `{name}`; did you mean `{meant}`?");
        findings.add_opening(block, Rule::SimilarSession.warning(message));
    }
}

/// An id that is almost one above it.
fn similar_id(block: &Read<'_>, index: usize, ids: &Names<'_>, findings: &mut Findings<'_>) {
    let Some(own) = block.written.options().id.as_deref() else {
        return;
    };
    // A plural is another word.
    let is_plural = |a: &str, b: &str| a.strip_suffix('s') == Some(b);
    let is_meant = |other: &str, first: usize| {
        first < index && !is_plural(own, other) && !is_plural(other, own)
    };
    if let Some(other) = ids.first_slip(own, is_meant) {
        let message = format!("the id `{own}` is almost `{other}`, which a block above has");
        let warning = Rule::SimilarId
            .warning(message)
            .help("links to them are easily mixed up; ignore=\"similar-id\" keeps both");
        findings.add_opening(block, warning);
    }
}

/// Names of blocks.
#[derive(Default)]
struct Names<'n> {
    /// The first block that has it, and how many do.
    blocks: HashMap<&'n str, (usize, usize)>,
    near: NearNames<'n>,
}

impl<'n> Names<'n> {
    fn add(&mut self, name: &'n str, index: usize) {
        let (_, count) = self.blocks.entry(name).or_insert((index, 0));
        *count += 1;
        if *count == 1 {
            self.near.add(name);
        }
    }

    fn count(&self, name: &str) -> usize {
        self.blocks.get(name).map_or(0, |(_, count)| *count)
    }

    /// The name that comes first of those that this one is a slip of, if they are meant.
    fn first_slip(&self, name: &str, is_meant: impl Fn(&'n str, usize) -> bool) -> Option<&'n str> {
        let slips = self.near.of(name).into_iter().filter_map(|other| {
            let (first, _) = *self.blocks.get(other)?;
            (is_meant(other, first) && is_slip(name, other)).then_some((first, other))
        });
        slips.min().map(|(_, other)| other)
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
    use super::{Names, is_slip};

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
            for (name, other) in [(name, other), (other, name)] {
                assert_eq!(is_slip(name, other), is, "{name} {other}");
                let mut names = Names::default();
                names.add(other, 0);
                let found = names.first_slip(name, |_, _| true);
                assert_eq!(found, is.then_some(other), "{name} {other}");
            }
        }
    }
}
