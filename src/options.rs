//! The options of a block: what the words and values mean, and how defaults merge.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer};

use crate::error::{Error, ErrorKind, nearest};
use crate::manifest::Manifest;
use crate::value::Value;

/// The names of all options, in the order in which documentation lists them.
pub const OPTION_NAMES: [&str; 6] = ["session", "install", "assets", "version", "height", "theme"];

/// The options of a block, each `None` where nobody stated it.
///
/// The same names are the keys of a fence, the arguments of a shortcode and the attributes of the
/// element in the page. Defaults of the site, of the page and the block's own words are merged
/// with [`BlockOptions::or`]. From TOML (`[extra.pyfence]`) it is read with serde:
///
/// ```
/// use pyfence::BlockOptions;
///
/// let site: BlockOptions = toml::from_str("height = '5-30'\ninstall = ['numpy']").unwrap();
/// assert_eq!(site.height.as_ref().unwrap().to_string(), "5-30");
///
/// // The same in Rust:
/// let mut same = BlockOptions::default();
/// same.height = Some("5-30".parse()?);
/// same.install = Some(vec!["numpy".to_owned()]);
/// assert_eq!(same, site);
///
/// let error = toml::from_str::<BlockOptions>("hieght = 3").unwrap_err();
/// assert!(error.message().contains("did you mean `height`?"));
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct BlockOptions {
    /// Blocks with the same session share `globals()`.
    pub session: Option<String>,
    /// Requirements installed before the block's first run.
    pub install: Option<Vec<String>>,
    /// Whether this block may carry the page's loader tags.
    pub assets: Option<bool>,
    /// The version of Pyodide, for the whole page.
    pub version: Option<Version>,
    /// The lines that the editor shows.
    pub height: Option<Height>,
    /// The editor's theme instead of pyfence's own palette.
    pub theme: Option<Theme>,
}

/// What is wrong with an option: a message, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OptionError {
    pub name_is_wrong: bool,
    pub message: String,
    pub help: Option<String>,
}

impl OptionError {
    fn value(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            name_is_wrong: false,
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

impl From<OptionError> for Error {
    fn from(wrong: OptionError) -> Self {
        let kind = if wrong.name_is_wrong {
            ErrorKind::UnknownOption
        } else {
            ErrorKind::BadValue
        };
        let error = Error::new(kind, wrong.message);
        match wrong.help {
            Some(help) => error.help(help),
            None => error,
        }
    }
}

impl BlockOptions {
    /// The session that a block without one belongs to.
    pub const DEFAULT_SESSION: &str = "default";

    /// These options, with what they leave open taken from `defaults`.
    #[must_use]
    pub fn or(self, defaults: &BlockOptions) -> Self {
        Self {
            session: self.session.or_else(|| defaults.session.clone()),
            install: self.install.or_else(|| defaults.install.clone()),
            assets: self.assets.or(defaults.assets),
            version: self.version.or_else(|| defaults.version.clone()),
            height: self.height.or(defaults.height),
            theme: self.theme.or_else(|| defaults.theme.clone()),
        }
    }

    /// Sets the option `name`, the one way from words to options for fences, shortcodes and TOML.
    pub(crate) fn set(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        match name {
            "session" => self.session = Some(parse_session(value)?),
            "install" => self.install = Some(parse_install(value)?),
            "assets" => self.assets = Some(parse_switch("assets", value)?),
            "version" => self.version = Some(parse_version(value)?),
            "height" => self.height = Some(parse_height(value)?),
            "theme" => self.theme = Some(parse_theme(value)?),
            unknown => return Err(unknown_option(unknown)),
        }
        Ok(())
    }
}

fn unknown_option(name: &str) -> OptionError {
    let (message, help) = match nearest(name, OPTION_NAMES) {
        Some(known) => (
            format!("unknown option `{name}`; did you mean `{known}`?"),
            None,
        ),
        None => (
            format!("unknown option `{name}`"),
            Some(format!("a block has: {}", OPTION_NAMES.join(", "))),
        ),
    };
    OptionError {
        name_is_wrong: true,
        message,
        help,
    }
}

fn parse_session(value: &Value) -> Result<String, OptionError> {
    match value.to_text() {
        // As in markdown-exec, an empty session is no session of its own.
        Some(name) if name.is_empty() => Ok(BlockOptions::DEFAULT_SESSION.to_owned()),
        Some(name) => Ok(name),
        None => Err(OptionError::value(
            "`session` takes a name, not a list",
            "write it as session=\"name\"",
        )),
    }
}

fn parse_install(value: &Value) -> Result<Vec<String>, OptionError> {
    let requirements = match value {
        Value::List(items) => items.iter().map(Value::to_text).collect::<Option<Vec<_>>>(),
        single => single.to_text().map(|text| split_requirements(&text)),
    };
    let Some(requirements) = requirements else {
        return Err(OptionError::value(
            "`install` takes a list of package names",
            "write it as install=\"griffe,dependenpy\"",
        ));
    };
    if requirements.iter().any(|item| item.trim().is_empty()) {
        return Err(OptionError::value(
            "`install` has an empty item",
            "separate package names with one comma, as in install=\"griffe,dependenpy\"",
        ));
    }
    Ok(requirements)
}

/// Splits a list of requirements at its commas, but not inside `[...]`, and not before a
/// version specifier: `a[x,y]>=1,<2,b` is `a[x,y]>=1,<2` and `b`.
///
/// The runtime splits the attribute by the same rule; `tests/spec/install.json` holds both.
fn split_requirements(list: &str) -> Vec<String> {
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

fn parse_switch(name: &str, value: &Value) -> Result<bool, OptionError> {
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

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(parse_version(&Value::Text(text.to_owned()))?)
    }
}

fn parse_version(value: &Value) -> Result<Version, OptionError> {
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

impl FromStr for Height {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(parse_height(&Value::Text(text.to_owned()))?)
    }
}

fn parse_height(value: &Value) -> Result<Height, OptionError> {
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

impl FromStr for Theme {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(parse_theme(&Value::Text(text.to_owned()))?)
    }
}

fn parse_theme(value: &Value) -> Result<Theme, OptionError> {
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

impl<'de> Deserialize<'de> for BlockOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = BlockOptions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of block options")
            }

            fn visit_map<A: de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<BlockOptions, A::Error> {
                let mut options = BlockOptions::default();
                while let Some(name) = map.next_key::<String>()? {
                    let value: Value = map.next_value()?;
                    options.set(&name, &value).map_err(de::Error::custom)?;
                }
                Ok(options)
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}
