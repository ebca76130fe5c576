//! What the values of options mean: text to types, and what is wrong with text that has no meaning.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::error::{Error, nearest};
use crate::manifest::Manifest;
use crate::options::OptionError;
use crate::value::Value;

pub(crate) fn parse_name(option: &str, value: &Value) -> Result<String, OptionError> {
    value.to_text().ok_or_else(|| {
        OptionError::value(
            format!("`{option}` takes a name, not a list"),
            format!("write it as {option}=\"name\""),
        )
    })
}

/// HTML allows any `id` of at least one character without white space
/// (<https://html.spec.whatwg.org/#the-id-attribute>).
pub(crate) fn parse_id(value: &Value) -> Result<String, OptionError> {
    let id = parse_name("id", value)?;
    if id.is_empty() || id.contains(char::is_whitespace) {
        return Err(OptionError::value(
            format!("`{id}` is not an id"),
            "an id is one word, as in id=\"first-loop\"",
        ));
    }
    Ok(id)
}

pub(crate) fn parse_list(
    option: &str,
    example: &str,
    value: &Value,
) -> Result<Vec<String>, OptionError> {
    let items = match value {
        Value::List(items) => items.iter().map(Value::to_text).collect::<Option<Vec<_>>>(),
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
/// version specifier: `a[x,y]>=1,<2,b` is `a[x,y]>=1,<2` and `b`.
///
/// The runtime splits the attribute by the same rule (`requirementsOf` in `runtime/run.js`);
/// `tests/browser/install.test.js` has a list like this one.
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

pub(crate) fn parse_switch(name: &str, value: &Value) -> Result<bool, OptionError> {
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

/// A version of Pyodide, such as `314.0.7`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Version(String);

impl Version {
    /// The version as text, without a leading `v`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(parse_version(&Value::Text(text.to_owned()))?)
    }
}

pub(crate) fn parse_version(value: &Value) -> Result<Version, OptionError> {
    let text = value.to_text().unwrap_or_default();
    let number = text.strip_prefix('v').unwrap_or(&text);
    // Pyodide's releases: three numbers, the last one perhaps with a pre-release (0.27.0a2).
    let parts: Vec<&str> = number.split('.').collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_last = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    match parts.as_slice() {
        [major, minor, patch] if is_number(major) && is_number(minor) && is_last(patch) => {
            Ok(Version(number.to_owned()))
        }
        _ => Err(OptionError::value(
            format!("`{value}` is not a version of Pyodide"),
            format!(
                "write all three numbers, as in version=\"{}\"",
                Manifest::shipped().pyodide_version()
            ),
        )),
    }
}

/// The forms of output that a block shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Output {
    /// Whatever a value offers: HTML, images, text.
    Rich,
    /// Text only.
    Text,
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Output::Rich => "rich",
            Output::Text => "text",
        })
    }
}

impl Serialize for Output {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Output {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(parse_output(&Value::Text(text.to_owned()))?)
    }
}

pub(crate) fn parse_output(value: &Value) -> Result<Output, OptionError> {
    match value.to_text().unwrap_or_default().as_str() {
        "rich" => Ok(Output::Rich),
        "text" => Ok(Output::Text),
        _ => Err(OptionError::value(
            format!("`{value}` is no form of output"),
            "output is rich, for whatever a value offers, or text",
        )),
    }
}

/// The lines of code that an editor shows before it scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Height {
    /// As many as the code has, written `auto` or `0`.
    Auto,
    /// This many, written `12`.
    Lines(u16),
    /// At least and at most, written `5-30`, `5-` (to 30) or `-30` (from 5).
    Between(u16, u16),
}

impl fmt::Display for Height {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Height::Auto => f.write_str("auto"),
            Height::Lines(lines) => write!(f, "{lines}"),
            Height::Between(least, most) => write!(f, "{least}-{most}"),
        }
    }
}

impl Serialize for Height {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Height {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(parse_height(&Value::Text(text.to_owned()))?)
    }
}

pub(crate) fn parse_height(value: &Value) -> Result<Height, OptionError> {
    let text = value.to_text().unwrap_or_default();
    let number = |text: &str, default: u16| match text {
        "" => Some(default),
        text => text.parse::<u16>().ok(),
    };
    let height = match text.split_once('-') {
        _ if text == "auto" || text == "0" => Some(Height::Auto),
        // markdown-exec's rule: an open end is 5 or 30, and no end lies below the other.
        Some((least, most)) => number(least, 5).zip(number(most, 30)).map(|(least, most)| {
            let least = least.max(1);
            Height::Between(least, most.max(least))
        }),
        None => text.parse().ok().map(Height::Lines),
    };
    height.ok_or_else(|| {
        OptionError::value(
            format!("`{value}` is not a height"),
            "a height is auto, a number of lines (12), or a range (5-30)",
        )
    })
}

/// The Ace themes of an editor on a light and on a dark page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Theme {
    /// On a light page.
    pub light: String,
    /// On a dark page.
    pub dark: String,
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.light == self.dark {
            f.write_str(&self.light)
        } else {
            write!(f, "{},{}", self.light, self.dark)
        }
    }
}

impl Serialize for Theme {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Theme {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(parse_theme(&Value::Text(text.to_owned()))?)
    }
}

pub(crate) fn parse_theme(value: &Value) -> Result<Theme, OptionError> {
    let names: Vec<String> = match value {
        Value::List(items) => items.iter().filter_map(Value::to_text).collect(),
        single => {
            let text = single.to_text().unwrap_or_default();
            text.split(',').map(|name| name.trim().to_owned()).collect()
        }
    };
    let (light, dark) = match names.as_slice() {
        [both] => (both, both),
        [light, dark] => (light, dark),
        _ => {
            return Err(OptionError::value(
                format!("`theme` takes one or two names, not {}", names.len()),
                "write it as theme=\"light,dark\", as in theme=\"tomorrow,tomorrow_night\"",
            ));
        }
    };
    for name in &names {
        check_theme(name)?;
    }
    Ok(Theme {
        light: light.clone(),
        dark: dark.clone(),
    })
}

fn check_theme(name: &str) -> Result<(), OptionError> {
    let themes = Manifest::shipped().ace_themes();
    if themes.iter().any(|theme| theme == name) {
        return Ok(());
    }
    let nearest = nearest(name, themes.iter().map(String::as_str));
    Err(OptionError {
        name_is_wrong: false,
        message: match nearest {
            Some(known) => format!("Ace has no theme `{name}`; did you mean `{known}`?"),
            None => format!("Ace has no theme `{name}`"),
        },
        help: nearest
            .is_none()
            .then(|| format!("Ace's themes are: {}", themes.join(", "))),
    })
}
