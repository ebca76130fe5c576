//! Names that are a slip of the hand away from others, found without comparing each with each.

use std::collections::{HashMap, HashSet};

/// Longer names aren't typed.
const LONGEST_NAME: usize = 100;

/// Names by what is left of them without one of their letters. Of two names that are a letter apart, something is the same.
#[derive(Default)]
pub(super) struct NearNames<'n>(HashMap<String, Vec<&'n str>>);

impl<'n> NearNames<'n> {
    pub fn among(names: impl Iterator<Item = &'n str>) -> Self {
        let mut near = Self::default();
        names.for_each(|name| near.add(name));
        near
    }

    pub fn add(&mut self, name: &'n str) {
        for rest in rests(name) {
            self.0.entry(rest).or_default().push(name);
        }
    }

    /// Those that are the name itself or one slip away: a letter too many, too few, another, or two in the wrong order.
    pub fn of(&self, name: &str) -> HashSet<&'n str> {
        let near = rests(name).into_iter();
        let near = near.filter_map(|rest| self.0.get(&rest)).flatten().copied();
        near.filter(|other| strsim::damerau_levenshtein(name, other) <= 1)
            .collect()
    }
}

/// A name, and what is left of it without one of its letters.
fn rests(name: &str) -> HashSet<String> {
    if name.chars().nth(LONGEST_NAME).is_some() {
        return HashSet::new();
    }
    let without = |(at, letter): (usize, char)| {
        let (before, behind) = (&name[..at], &name[at + letter.len_utf8()..]);
        format!("{before}{behind}")
    };
    let rests = name.char_indices().map(without);
    rests.chain([name.to_owned()]).collect()
}
