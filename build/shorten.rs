//! Takes away what a browser doesn't need: every reader loads the runtime and few read it, and a
//! third of it is comments.

use std::collections::BTreeMap;

/// Without comments that have lines to themselves, without JSDoc casts and empty lines. Nothing
/// else in the runtime begins like a comment, so no parser is needed.
pub fn without_comments(text: &str) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines() {
        let trimmed = line.trim();
        is_comment |= trimmed.starts_with("/*") && !has_code_behind_comment(trimmed);
        if is_comment {
            is_comment = !trimmed.ends_with("*/");
        } else if !trimmed.is_empty() && !trimmed.starts_with("//") {
            lean.push_str(&without_casts(line.trim_end()));
            lean.push('\n');
        }
    }
    lean
}

/// Without the white space that lines begin with, and without line ends where a line ends so that the next goes on, or
/// with what ends a statement: scripts and style sheets of ours need none there.
pub fn without_space(text: &str) -> String {
    let mut lean = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_start();
        // What a brace ends needs no other end, nor do the last of what is listed.
        if line.starts_with('}') && lean.ends_with([';', ','])
            || line.starts_with(')') && lean.ends_with(',')
        {
            lean.pop();
        }
        lean.push_str(line);
        if !line.ends_with([';', '{', '}', ',', '(', '[']) {
            lean.push('\n');
        }
    }
    lean
}

/// With the numbers that a module names for its authors where they are used.
pub fn with_numbers_in_place(module: &str) -> String {
    let (numbers, code): (Vec<&str>, Vec<&str>) = module
        .lines()
        .partition(|line| named_number(line).is_some());
    let numbers: BTreeMap<&str, &str> = numbers.into_iter().filter_map(named_number).collect();
    let mut lean = String::with_capacity(module.len());
    for line in code {
        let mut rest = line;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
            let (before, behind) = rest.split_at(start);
            let name = name_at_start(behind);
            // A member of something else has a name of its own.
            let number = numbers.get(name).filter(|_| !before.ends_with(['.', '#']));
            lean.push_str(before);
            lean.push_str(number.unwrap_or(&name));
            rest = &behind[name.len()..];
        }
        lean.push_str(rest);
        lean.push('\n');
    }
    lean
}

/// The name and the number of a line such as `const stayMs = 150;`.
fn named_number(line: &str) -> Option<(&str, &str)> {
    let (name, number) = line
        .strip_prefix("const ")?
        .strip_suffix(';')?
        .split_once(" = ")?;
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c == '_');
    is_number.then_some((name, number))
}

/// With private names of one or two letters: no other file can mean them.
pub fn with_short_private_names(text: &str) -> String {
    let mut names: Vec<&str> = text.lines().filter_map(declared_private).collect();
    names.sort_unstable();
    names.dedup();
    let mut lean = String::with_capacity(text.len());
    for line in text.lines() {
        let mut rest = line;
        let mut is_declared = declared_private(line).is_some();
        while let Some((before, behind)) = rest.split_once('#') {
            let name = name_at_start(behind);
            let place = names.binary_search(&name).ok();
            let place = place.filter(|_| before.ends_with('.') || is_declared);
            is_declared = false;
            lean.push_str(before);
            lean.push('#');
            match place {
                Some(place) => lean.push_str(&short_name(place)),
                None => lean.push_str(name),
            }
            rest = &behind[name.len()..];
        }
        lean.push_str(rest);
        lean.push('\n');
    }
    lean
}

/// The private member of a class that a line declares.
fn declared_private(line: &str) -> Option<&str> {
    let words = ["static ", "async ", "get ", "set "];
    let mut line = line.trim_start();
    while let Some(rest) = words.iter().find_map(|word| line.strip_prefix(word)) {
        line = rest;
    }
    let name = name_at_start(line.strip_prefix('#')?);
    (!name.is_empty()).then_some(name)
}

fn name_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

fn short_name(place: usize) -> String {
    let letter = |place: usize| char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
    match place / 26 {
        0 => letter(place).to_string(),
        more => format!("{}{}", letter(place), letter(more - 1)),
    }
}

fn has_code_behind_comment(line: &str) -> bool {
    line.split_once("*/")
        .is_some_and(|(_, behind)| !behind.is_empty())
}

fn without_casts(line: &str) -> String {
    let mut rest = line;
    let mut lean = String::with_capacity(line.len());
    while let Some((before, cast)) = rest.split_once("/** @type ") {
        let Some((_, behind)) = cast.split_once("*/") else {
            break;
        };
        lean.push_str(before);
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    lean.push_str(rest);
    lean
}

/// Without comments, without the docstrings of modules and top-level functions and without what these return (those deeper are
/// functions that a reader may ask for help), and with one space where four are indented.
pub fn without_docstrings(text: &str) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut is_docstring = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let is_shallow = line.len() - trimmed.len() <= 4;
        if is_docstring {
            is_docstring = !trimmed.ends_with("\"\"\"");
        } else if let Some(text) = trimmed.strip_prefix("\"\"\"").filter(|_| is_shallow) {
            is_docstring = !text.ends_with("\"\"\"");
        } else if !trimmed.is_empty() && !trimmed.starts_with('#') {
            let indent = line.len() - line.trim_start().len();
            let code = match line.trim_start() {
                code if indent == 0 || code.contains("(self") => without_return_type(code),
                code => code.to_owned(),
            };
            lean.push_str(&" ".repeat(indent / 4));
            lean.push_str(&code);
            lean.push('\n');
        }
    }
    lean
}

fn without_return_type(line: &str) -> String {
    let is_head = line.starts_with("def ") || line.starts_with("async def ");
    match line.rfind(") -> ") {
        Some(end) if is_head && line.ends_with(':') => format!("{}:", &line[..=end]),
        _ => line.to_owned(),
    }
}
