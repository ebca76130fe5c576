//! What the values of the options of exercises mean.

use crate::block::option_error::OptionError;
use crate::block::plain_values::{read_list, read_text};
use crate::block::raw_value::RawValue;

/// The operators that `forbid` and `require` take; `runtime/python/constructs.py` finds them.
const OPERATORS: [&str; 11] = ["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^"];

pub(crate) fn read_exercise(option: &str, value: &RawValue) -> Result<String, OptionError> {
    let name = read_text(option, value)?;
    match name.trim().is_empty() {
        true => Err(OptionError::value(
            format!("`{option}` takes the name of an exercise"),
            format!("write it as {option}=\"mean\""),
        )),
        false => Ok(name.trim().to_owned()),
    }
}

pub(crate) fn read_attempts(name: &str, value: &RawValue) -> Result<u32, OptionError> {
    match value.to_text().unwrap_or_default().parse() {
        Ok(attempts @ 1..=1_000) => Ok(attempts),
        _ => Err(OptionError::value(
            format!("`{name}` takes a number of attempts, not `{value}`"),
            format!("write it as {name}=\"3\""),
        )),
    }
}

pub(crate) fn read_constructs(name: &str, value: &RawValue) -> Result<Vec<String>, OptionError> {
    let example = "for, sum, .sort";
    let items = read_list(name, example, value)?;
    let constructs = items.iter().map(|item| item.trim().to_owned());
    for construct in constructs.clone() {
        let word = construct.strip_prefix('.').unwrap_or(&construct);
        let is_word = !word.starts_with(|c: char| c.is_ascii_digit())
            && !word.is_empty()
            && word.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !is_word && !OPERATORS.contains(&construct.as_str()) {
            return Err(OptionError::value(
                format!("`{construct}` is nothing that `{name}` can look for"),
                format!(
                    "it takes keywords, names, `.methods` and the operators {}, as in {name}=\"{example}\"",
                    OPERATORS.join(" ")
                ),
            ));
        }
    }
    Ok(constructs.collect())
}
