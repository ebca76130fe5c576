//! Names that no block of the session defines, or only a later one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::facts::{Facts, Reached};
use super::releases::Release;
use super::rule::Rule;
use super::{Findings, Read};

/// What is in a module's globals without being defined, and what the runtime adds.
const ALWAYS: [&str; 9] = [
    "__annotations__",
    "__doc__",
    "__file__",
    "__loader__",
    "__name__",
    "__package__",
    "__spec__",
    "__class__",
    "display",
];

pub(super) fn check(blocks: &[Read<'_>], release: Option<&Release>, findings: &mut Findings<'_>) {
    let Some(release) = release else {
        return;
    };
    let solutions = Solutions::among(blocks);
    let mut sessions: BTreeMap<&str, Vec<&Read<'_>>> = BTreeMap::new();
    for block in blocks.iter().filter(|block| !block.is_part()) {
        let members = sessions.entry(block.written.session()).or_default();
        members.push(block);
    }
    for members in sessions.values() {
        let facts = members
            .iter()
            .map(|block| Some(&block.python.as_ref()?.facts));
        // What a block that isn't Python would define can't be known.
        let facts: Option<Vec<&Facts>> = facts.collect();
        if let Some(facts) = facts.filter(|facts| facts.iter().all(|facts| !facts.is_dynamic)) {
            check_session(members, &facts, &solutions, release, findings);
        }
    }
}

/// What the solutions of a page's exercises define: their readers are to define as much.
struct Solutions<'b>(HashMap<&'b str, &'b Facts>);

impl<'b> Solutions<'b> {
    fn among(blocks: &'b [Read<'_>]) -> Self {
        let solutions = blocks.iter().filter_map(|block| {
            let name = block.written.options().solution.as_deref()?;
            Some((name, &block.python.as_ref()?.facts))
        });
        Self(solutions.collect())
    }

    /// The names that the exercise's reader is to define, if the block is one.
    fn names_of(&self, block: &Read<'_>) -> impl Iterator<Item = &'b str> {
        let name = block.written.options().exercise.as_deref();
        let solution = name.and_then(|name| self.0.get(name).copied());
        let names = solution.into_iter().flat_map(|facts| &facts.bound);
        names.map(String::as_str)
    }
}

fn check_session(
    blocks: &[&Read<'_>],
    facts: &[&Facts],
    solutions: &Solutions<'_>,
    release: &Release,
    findings: &mut Findings<'_>,
) {
    let mut known: HashSet<&str> = HashSet::new();
    // The first block that defines each name: where none has yet, it is a later one.
    let mut defining: HashMap<&str, usize> = HashMap::new();
    for (index, facts) in facts.iter().enumerate().rev() {
        defining.extend(facts.bound.iter().map(|name| (name.as_str(), index)));
    }
    for (index, block) in blocks.iter().enumerate() {
        known.extend(solutions.names_of(block));
        known.extend(facts[index].bound.iter().map(String::as_str));
        if block.may_fail() {
            continue;
        }
        // A name is told once for each block, where it is first used.
        let mut told = HashSet::new();
        for found in &facts[index].used {
            let name = found.name.as_str();
            let is_known = known.contains(name)
                || release.builtins.contains(name)
                || ALWAYS.contains(&name)
                || found.reached == Reached::Guarded;
            if is_known || !told.insert(name) {
                continue;
            }
            let error = match defining.get(name).copied() {
                // By the time that a function is called, the later block may have run.
                Some(_) if found.reached != Reached::Surely => continue,
                Some(later) => Rule::LaterName
                    .error(format!("`{name}` is used before a later block defines it"))
                    .at(&findings.source, block.written.place(found.range.clone()))
                    .at_labelled(
                        &findings.source,
                        blocks[later].written.opening(),
                        "this one",
                    )
                    .help("a reader runs the blocks of a session from the top"),
                None => {
                    let message = format!("no block of the session defines `{name}`");
                    match Rule::UndefinedName.where_reached(found.reached, message) {
                        Some(error) => error
                            .at(&findings.source, block.written.place(found.range.clone()))
                            .help(help(name, release)),
                        None => continue,
                    }
                }
            };
            findings.push(block.written, error);
        }
    }
}

fn help(name: &str, release: &Release) -> String {
    if name == "get_ipython" {
        return "it belongs to notebooks: here figures show by themselves, and a line `%pip install` installs".to_owned();
    }
    match release.has_module(name) && !name.starts_with('_') {
        true => format!("write `import {name}` above it"),
        false => "define it in this block or in one above it, with the same `session`".to_owned(),
    }
}
