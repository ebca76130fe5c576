//! The exercises of a page: whether each is whole, and each part belongs to one.

use std::collections::BTreeMap;

use crate::block::{Block, Role};
use crate::error::{Error, ErrorKind, Source, nearest};

/// How many names a misspelt one is compared with: more are no page's.
const MOST_COMPARED: usize = 100;

/// The blocks that make up one exercise.
#[derive(Default)]
struct Exercise<'b> {
    starter: Option<&'b Block>,
    solution: Option<&'b Block>,
    has_checks: bool,
}

/// Reports what is wrong with a page's exercises.
pub(super) fn check(blocks: &[Block], source: &Source<'_>, errors: &mut Vec<Error>) {
    let mut exercises: BTreeMap<&str, Exercise<'_>> = BTreeMap::new();
    for block in blocks {
        let roles: Vec<_> = block.roles().collect();
        if roles.len() > 1 {
            errors.push(several_roles(block, roles[0].0, roles[1].0, source));
        }
        for (role, name) in roles {
            let exercise = exercises.entry(name).or_default();
            let before = match role {
                Role::Exercise => exercise.starter.replace(block),
                Role::Solution => exercise.solution.replace(block),
                Role::Check => {
                    exercise.has_checks = true;
                    None
                }
                Role::Hint => None,
            };
            if let Some(before) = before {
                errors.push(twice(block, before, role, name, source));
            }
        }
    }
    for block in blocks {
        for (role, name) in block.roles() {
            match role {
                Role::Exercise if !exercises[name].has_checks => {
                    errors.push(without_checks(block, name, source));
                }
                Role::Exercise => {}
                role if exercises[name].starter.is_none() => {
                    let known = exercises.iter();
                    let known = known.filter(|(_, exercise)| exercise.starter.is_some());
                    let known = known.map(|(name, _)| *name).take(MOST_COMPARED);
                    errors.push(of_no_exercise(block, role, name, known, source));
                }
                _ => {}
            }
        }
    }
}

fn several_roles(block: &Block, one: Role, other: Role, source: &Source<'_>) -> Error {
    let message = format!(
        "a block can't have both `{}` and `{}`",
        one.option(),
        other.option()
    );
    Error::new(ErrorKind::Exercise, message)
        .at(source, block.opening.clone())
        .help("make two blocks of it")
}

fn twice(block: &Block, before: &Block, role: Role, name: &str, source: &Source<'_>) -> Error {
    let (message, help) = match role {
        Role::Solution => (
            format!("the exercise `{name}` has two solutions"),
            "keep one of them",
        ),
        _ => (
            format!("two exercises of this page have the name `{name}`"),
            "give each a name of its own",
        ),
    };
    Error::new(ErrorKind::Exercise, message)
        .at(source, block.opening.clone())
        .at_labelled(source, before.opening.clone(), "the first one")
        .help(help)
}

fn without_checks(block: &Block, name: &str, source: &Source<'_>) -> Error {
    Error::warning(
        ErrorKind::Exercise,
        format!("nothing checks the exercise `{name}`"),
    )
    .at(source, block.opening.clone())
    .help(format!("a `pyodide` fence with check=\"{name}\" does"))
}

fn of_no_exercise<'n>(
    block: &Block,
    role: Role,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    source: &Source<'_>,
) -> Error {
    let message = format!("no block of this page is the exercise `{name}`");
    let error = match nearest(name, known) {
        Some(meant) => Error::new(
            ErrorKind::Exercise,
            format!("{message}; did you mean `{meant}`?"),
        ),
        None => Error::new(ErrorKind::Exercise, message).help(format!(
            "the block to start from says exercise=\"{name}\", and this one {}=\"{name}\"",
            role.option()
        )),
    };
    error.at(source, block.opening.clone())
}
