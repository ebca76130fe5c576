//! Reads the values of options that are plain text, numbers, yes or no, or lists of texts.
//!
//! `tests/spec/option_values.md` states the rules by examples; the templates and the runtime are
//! held to the same ones.

use crate::block::option_error::OptionError;
use crate::block::raw_value::RawValue;

pub(crate) fn read_text(option: &str, value: &RawValue) -> Result<String, OptionError> {
    value.to_text().ok_or_else(|| {
        OptionError::value(
            format!("`{option}` takes a name, not a list"),
            format!("write it as {option}=\"name\""),
        )
    })
}

/// HTML allows any `id` of at least one character without white space
/// (<https://html.spec.whatwg.org/#the-id-attribute>).
pub(crate) fn read_id(name: &str, value: &RawValue) -> Result<String, OptionError> {
    let id = read_text(name, value)?;
    if id.is_empty() || id.contains(char::is_whitespace) {
        return Err(OptionError::value(
            format!("`{id}` is not an id"),
            "an id is one word, as in id=\"first-loop\"",
        ));
    }
    Ok(id)
}

/// A file below the folder where the code runs.
pub(crate) fn read_file(name: &str, value: &RawValue) -> Result<String, OptionError> {
    let path = read_text(name, value)?;
    let is_below = path.split('/').all(|part| !["", ".", ".."].contains(&part));
    if is_below && !path.contains(['\\', ':']) {
        return Ok(path);
    }
    Err(OptionError::value(
        format!("`{path}` is not a file of a block"),
        "it is a path below the folder where the code runs, as in file=\"shapes.py\"",
    ))
}

pub(crate) fn read_list(
    option: &str,
    example: &str,
    value: &RawValue,
) -> Result<Vec<String>, OptionError> {
    let items = match value {
        RawValue::List(items) => items
            .iter()
            .map(RawValue::to_text)
            .collect::<Option<Vec<_>>>(),
        single => single.to_text().map(|text| split_list(&text)),
    };
    let Some(items) = items else {
        return Err(OptionError::value(
            format!("`{option}` takes a list of names"),
            format!("write it as {option}=\"{example}\""),
        ));
    };
    if items.iter().any(|item| item.trim().is_empty()) {
        return Err(OptionError::value(
            format!("`{option}` has an empty item"),
            format!("separate names with one comma, as in {option}=\"{example}\""),
        ));
    }
    Ok(items)
}

/// Splits a list, of requirements or files, at its commas, but not inside `[...]`, and not before a
/// version specifier: `a[x,y]>=1,<2,b` is `a[x,y]>=1,<2` and `b`. In the page it is
/// `runtime/worker/split-list.js` that does this.
fn split_list(list: &str) -> Vec<String> {
    if list.trim().is_empty() {
        return Vec::new();
    }
    let mut items: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut pieces = Vec::new();
    for (at, character) in list.char_indices() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                pieces.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&list[start..]);
    for piece in pieces.into_iter().map(str::trim) {
        match items.last_mut() {
            Some(before) if piece.starts_with(['<', '>', '=', '!', '~']) => {
                before.push(',');
                before.push_str(piece);
            }
            _ => items.push(piece.to_owned()),
        }
    }
    items
}

pub(crate) fn read_switch(name: &str, value: &RawValue) -> Result<bool, OptionError> {
    let text = value.to_text().unwrap_or_default();
    match text.to_lowercase().as_str() {
        "yes" | "true" | "on" | "1" => Ok(true),
        "no" | "false" | "off" | "0" => Ok(false),
        _ => Err(OptionError::value(
            format!("`{name}` takes yes or no, not `{value}`"),
            "yes, true, on and 1 mean yes; no, false, off and 0 mean no",
        )),
    }
}

pub(crate) fn read_seconds(name: &str, value: &RawValue) -> Result<u32, OptionError> {
    let text = value.to_text().unwrap_or_default();
    match text.parse() {
        Ok(seconds @ 1..=86_400) => Ok(seconds),
        _ => Err(OptionError::value(
            format!("`{name}` takes a number of seconds, not `{value}`"),
            format!("write it as {name}=\"60\""),
        )),
    }
}
