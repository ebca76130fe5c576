//! The types of options that aren't plain values, each with how it is read, and what is wrong with text that has no meaning.
//!
//! `tests/spec/option_values.md` states the rules by examples; the templates and the runtime are
//! held to the same ones.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::block::option_error::OptionError;
use crate::block::raw_value::RawValue;
use crate::error::{Error, nearest};
use crate::runtime_files::{Manifest, number_of};

/// A version of Pyodide, such as `314.0.7`.
///
/// ```
/// use pyfence::Version;
///
/// let version: Version = "v0.27.7".parse()?;
/// assert_eq!(version.as_str(), "0.27.7");
/// assert!("0.27".parse::<Version>().is_err());
/// # Ok::<(), pyfence::Error>(())
/// ```
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
        Ok(read_version("version", &text.into())?)
    }
}

/// Lines of releases that never were, and those before the first that the runtime can boot. Releases
/// to come are not known here: the block says so when one isn't there.
fn refuse_release_that_cannot_run(
    number: &str,
    major: &str,
    minor: &str,
) -> Result<(), OptionError> {
    let line = (number_of(major), number_of(minor));
    let known = Manifest::shipped().pyodide_lines();
    let Some((oldest, newest)) = known.first().zip(known.last()) else {
        return Ok(());
    };
    if line < *oldest {
        return Err(OptionError::value(
            format!("Pyodide {number} is too old to run here"),
            format!("the first that does is {}.{}.0", oldest.0, oldest.1),
        ));
    }
    if line < *newest && !known.contains(&line) {
        let near: Vec<_> = known.iter().map(|(a, b)| format!("{a}.{b}")).collect();
        return Err(OptionError::value(
            format!("there is no Pyodide {number}"),
            format!("there are {}", near.join(", ")),
        ));
    }
    Ok(())
}

pub(crate) fn read_version(_: &str, value: &RawValue) -> Result<Version, OptionError> {
    let text = value.to_text().unwrap_or_default();
    let number = text.strip_prefix('v').unwrap_or(&text);
    // Pyodide's releases: three numbers, the last one perhaps with a pre-release (0.27.0a2).
    let parts: Vec<&str> = number.split('.').collect();
    let begins_as_number = |part: &str| {
        let mut bytes = part.bytes();
        let is_zero = bytes.next() == Some(b'0');
        part.starts_with(|c: char| c.is_ascii_digit())
            && !(is_zero && bytes.next().is_some_and(|b| b.is_ascii_digit()))
    };
    let is_number = |part: &str| begins_as_number(part) && part.bytes().all(|b| b.is_ascii_digit());
    let is_last =
        |part: &str| begins_as_number(part) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    match parts.as_slice() {
        [major, minor, patch] if is_number(major) && is_number(minor) && is_last(patch) => {
            refuse_release_that_cannot_run(number, major, minor)?;
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

/// An option that is one of a few words: its type, and the function that reads it.
macro_rules! choice {
    (
        $(#[$about:meta])*
        $type:ident, read by $read:ident as $option:literal,
        else $complaint:literal, $help:literal:
        $($(#[$meaning:meta])* $variant:ident = $word:literal,)+
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$meaning])* $variant,)+
        }

        impl $type {
            /// As authors write them.
            #[cfg(test)]
            pub(crate) const WORDS: &[&str] = &[$($word),+];
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $($type::$variant => $word,)+
                })
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl FromStr for $type {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Ok($read($option, &text.into())?)
            }
        }

        pub(crate) fn $read(_: &str, value: &RawValue) -> Result<$type, OptionError> {
            match value.to_text().unwrap_or_default().as_str() {
                $($word => Ok($type::$variant),)+
                _ => Err(OptionError::value(format!("`{value}` {}", $complaint), $help)),
            }
        }
    };
}

choice! {
    /// The forms of output that a block shows (`output`).
    ///
    /// ```
    /// use pyfence::OutputForm;
    ///
    /// assert_eq!("text".parse::<OutputForm>()?, OutputForm::Text);
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    OutputForm, read by read_output as "output",
    else "is no form of output", "output is rich, for whatever a value offers, or text":
    /// Whatever a value offers: HTML, images, text.
    Rich = "rich",
    /// Text only.
    Text = "text",
}

choice! {
    /// What of a block the reader sees (`show`).
    ///
    /// ```
    /// use pyfence::Shown;
    ///
    /// assert_eq!("folded".parse::<Shown>()?, Shown::Folded);
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    Shown, read by read_shown as "show",
    else "is nothing that a block can show", "show is all, folded, output or code":
    /// Code and output.
    All = "all",
    /// Output, and the code when the reader presses its title.
    Folded = "folded",
    /// Output only.
    Output = "output",
    /// Code only; of the output just errors and questions.
    Code = "code",
}

/// The lines of code that an editor shows before it scrolls.
///
/// ```
/// use pyfence::Height;
///
/// assert_eq!("12".parse::<Height>()?, Height::Lines(12));
/// assert_eq!("5-".parse::<Height>()?, Height::Between(5, 30));
/// assert_eq!(Height::Between(5, 30).to_string(), "5-30");
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
        Ok(read_height("height", &text.into())?)
    }
}

pub(crate) fn read_height(_: &str, value: &RawValue) -> Result<Height, OptionError> {
    let text = value.to_text().unwrap_or_default();
    // `parse` alone would take `+5`.
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.parse::<u16>().ok(),
        false => None,
    };
    let end = |text: &str, open: u16| match text {
        "" => Some(open),
        text => number(text),
    };
    let height = match text.split_once('-') {
        _ if text == "auto" => Some(Height::Auto),
        // markdown-exec's rule: an open end is 5 or 30, and no end lies below the other.
        Some((least, most)) => end(least, 5).zip(end(most, 30)).map(|(least, most)| {
            let least = least.max(1);
            Height::Between(least, most.max(least))
        }),
        None => number(&text).map(|lines| match lines {
            0 => Height::Auto,
            lines => Height::Lines(lines),
        }),
    };
    height.ok_or_else(|| {
        OptionError::value(
            format!("`{value}` is not a height"),
            "a height is auto, a number of lines (12), or a range (5-30)",
        )
    })
}

/// The Ace themes of an editor on a light and on a dark page, by Ace's names for them.
///
/// ```
/// use pyfence::Theme;
///
/// let theme: Theme = "tomorrow,tomorrow_night".parse()?;
/// assert_eq!(theme.dark, "tomorrow_night");
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
        Ok(read_theme("theme", &text.into())?)
    }
}

pub(crate) fn read_theme(_: &str, value: &RawValue) -> Result<Theme, OptionError> {
    let names: Vec<String> = match value {
        RawValue::List(items) => items.iter().filter_map(RawValue::to_text).collect(),
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
    Err(match nearest {
        Some(known) => OptionError::value_with_suggestion(format!(
            "Ace has no theme `{name}`; did you mean `{known}`?"
        )),
        None => OptionError::value(
            format!("Ace has no theme `{name}`"),
            format!("Ace's themes are: {}", themes.join(", ")),
        ),
    })
}
