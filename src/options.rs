//! The options of a block: what the words and values mean, and how defaults merge.

use std::fmt;

use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer};

use crate::error::{Error, ErrorKind, nearest};
use crate::option_values::{
    Height, Output, Theme, Version, parse_height, parse_id, parse_list, parse_name, parse_output,
    parse_switch, parse_theme, parse_version,
};
use crate::value::Value;

/// The names of all options, in the order in which documentation lists them.
pub const OPTION_NAMES: [&str; 16] = [
    "session",
    "install",
    "files",
    "title",
    "id",
    "height",
    "theme",
    "linenumbers",
    "autorun",
    "readonly",
    "hidden",
    "persist",
    "output",
    "autoload",
    "assets",
    "version",
];

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
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BlockOptions {
    /// Blocks with the same session share `globals()`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Requirements installed before the block's first run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub install: Option<Vec<String>>,
    /// Files put where the code runs before the block's first run: addresses, relative to the
    /// page, or below the site's root with a leading `/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<String>>,
    /// What stands above the code, such as the name of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The element's `id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The lines that the editor shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Height>,
    /// The editor's theme instead of pyfence's own palette.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// Whether lines have numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linenumbers: Option<bool>,
    /// Whether the block runs by itself when the reader first sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autorun: Option<bool>,
    /// Whether the code can be run, but not edited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readonly: Option<bool>,
    /// Whether this is set-up code: not shown, and run before the first block of its session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// Whether the reader's edits are kept in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persist: Option<bool>,
    /// The forms of output that the block shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<Output>,
    /// Whether packages that the code imports are loaded by themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autoload: Option<bool>,
    /// Whether this block may carry the page's loader tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assets: Option<bool>,
    /// The version of Pyodide, for the whole page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
}

/// What is wrong with an option: a message, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OptionError {
    pub name_is_wrong: bool,
    pub message: String,
    pub help: Option<String>,
}

impl OptionError {
    pub(crate) fn value(message: impl Into<String>, help: impl Into<String>) -> Self {
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
            files: self.files.or_else(|| defaults.files.clone()),
            title: self.title.or_else(|| defaults.title.clone()),
            id: self.id.or_else(|| defaults.id.clone()),
            height: self.height.or(defaults.height),
            theme: self.theme.or_else(|| defaults.theme.clone()),
            linenumbers: self.linenumbers.or(defaults.linenumbers),
            autorun: self.autorun.or(defaults.autorun),
            readonly: self.readonly.or(defaults.readonly),
            hidden: self.hidden.or(defaults.hidden),
            persist: self.persist.or(defaults.persist),
            output: self.output.or(defaults.output),
            autoload: self.autoload.or(defaults.autoload),
            assets: self.assets.or(defaults.assets),
            version: self.version.or_else(|| defaults.version.clone()),
        }
    }

    /// Sets the option `name`, the one way from words to options for fences, shortcodes and TOML.
    pub(crate) fn set(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        match name {
            "session" => self.session = Some(parse_session(value)?),
            "install" => self.install = Some(parse_list("install", "griffe,dependenpy", value)?),
            "files" => self.files = Some(parse_list("files", "data.csv,more.csv", value)?),
            "title" => self.title = Some(parse_name("title", value)?),
            "id" => self.id = Some(parse_id(value)?),
            "height" => self.height = Some(parse_height(value)?),
            "theme" => self.theme = Some(parse_theme(value)?),
            "linenumbers" => self.linenumbers = Some(parse_switch("linenumbers", value)?),
            "autorun" => self.autorun = Some(parse_switch("autorun", value)?),
            "readonly" => self.readonly = Some(parse_switch("readonly", value)?),
            "hidden" => self.hidden = Some(parse_switch("hidden", value)?),
            "persist" => self.persist = Some(parse_switch("persist", value)?),
            "output" => self.output = Some(parse_output(value)?),
            "autoload" => self.autoload = Some(parse_switch("autoload", value)?),
            "assets" => self.assets = Some(parse_switch("assets", value)?),
            "version" => self.version = Some(parse_version(value)?),
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

/// As in markdown-exec, an empty session is no session of its own.
fn parse_session(value: &Value) -> Result<String, OptionError> {
    match parse_name("session", value)? {
        name if name.is_empty() => Ok(BlockOptions::DEFAULT_SESSION.to_owned()),
        name => Ok(name),
    }
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
