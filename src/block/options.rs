//! The table of options. Everything that lists the options comes from it: the struct, merging and
//! setting in this file, and what `make generate` writes (see `generated/`): the tables in the
//! documentation, the attributes in the templates, the list in the runtime.

use std::fmt;

use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer};

use crate::block::exercise_types::{read_attempts, read_constructs, read_exercise};
use crate::block::option_error::OptionError;
use crate::block::option_types::{
    Height, OutputForm, Shown, Theme, Version, read_height, read_output, read_shown, read_theme,
    read_version,
};
use crate::block::options_macro::options;
use crate::block::plain_values::{
    read_file, read_id, read_list, read_seconds, read_switch, read_text,
};
use crate::block::raw_value::RawValue;
use crate::error::nearest;
#[cfg(test)]
use crate::generated::definition::{Begins, HoldsFor, Kind, OptionDefinition};

options! {
    /// The options of a block, each `None` where nobody stated it.
    ///
    /// The same names are the keys of a fence, the arguments of a shortcode and the attributes of
    /// the element in the page. Defaults of the site, of the page and the block's own words are
    /// merged with [`BlockOptions::or`]. From TOML (`[extra.pyfence]`) it is read with serde:
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
    pub struct BlockOptions;

    /// Blocks with the same session share `globals()`.
    session: String {
        kind: Kind::Text("any text"),
        default: "default",
        read: read_session,
    }

    /// Installed by micropip before the block's first run: `griffe`, `pkg[extra]>=1`, the address
    /// of a wheel.
    install: Vec<String> {
        kind: Kind::List("requirements, separated by commas"),
        default: "",
        read: |name, value| read_list(name, "griffe,dependenpy", value),
    }

    /// Fetched and put where the code runs: relative to the page, or to the site's root with a
    /// leading `/`.
    files: Vec<String> {
        kind: Kind::Addresses,
        default: "",
        read: |name, value| read_list(name, "data.csv,more.csv", value),
    }

    /// Stands above the code, such as the name of a file.
    title: String {
        kind: Kind::Text("any text"),
        default: "",
        begins: AtOnce,
        read: read_text,
    }

    /// The file that the block is, saved where the code of its session runs; blocks below can import it.
    file: String {
        kind: Kind::Text("a path, such as `shapes.py`"),
        default: "",
        read: read_file,
    }

    /// The element's `id`, for links and scripts.
    id: String {
        kind: Kind::Text("one word"),
        default: "",
        read: read_id,
    }

    /// Lines of code to show before the editor scrolls.
    height: Height {
        kind: Kind::Height,
        default: "auto",
        begins: AtOnce,
        read: read_height,
    }

    /// [Ace themes](https://ace.c9.io) for light and dark pages, instead of pyfence's own
    /// colours.
    theme: Theme {
        kind: Kind::List("one or two names, separated by a comma"),
        default: "",
        begins: AtOnce,
        read: read_theme,
    }

    /// Numbers before the lines.
    linenumbers: bool {
        kind: Kind::Switch,
        default: "no",
        begins: AtOnce,
        read: read_switch,
    }

    /// The block runs when the reader first sees it.
    autorun: bool {
        kind: Kind::Switch,
        default: "no",
        begins: AtOnce,
        read: read_switch,
    }

    /// The code runs, but can't be edited.
    readonly: bool {
        kind: Kind::Switch,
        default: "no",
        read: read_switch,
    }

    /// Set-up code: not shown, run before the first block of its session.
    hidden: bool {
        kind: Kind::Switch,
        default: "no",
        read: read_switch,
    }

    /// The reader's edits are kept in the browser; Reset forgets them.
    persist: bool {
        kind: Kind::Switch,
        default: "no",
        begins: AtOnce,
        read: read_switch,
    }

    /// What the reader sees: code and output, the code behind its title, the output alone, or the code alone.
    show: Shown {
        kind: Kind::Choice(Shown::WORDS),
        default: "all",
        begins: AtOnce,
        read: read_shown,
    }

    /// Whether values show as pictures and HTML, or as text.
    output: OutputForm {
        kind: Kind::Choice(OutputForm::WORDS),
        default: "rich",
        read: read_output,
    }

    /// Packages that the code needs and Pyodide has are loaded by themselves.
    autoload: bool {
        kind: Kind::Switch,
        default: "yes",
        read: read_switch,
    }

    /// The editor offers names and attributes while the reader types.
    completion: bool {
        kind: Kind::Switch,
        default: "yes",
        read: read_switch,
    }

    /// The reader's task, by a name of its own: the code to start from.
    exercise: String {
        kind: Kind::Text("a name"),
        default: "",
        holds_for: Exercises,
        begins: AtOnce,
        read: read_exercise,
    }

    /// Unseen code that checks the exercise of this name: Python, a table of cases, or a doctest.
    check: String {
        kind: Kind::Text("the name of an exercise"),
        default: "",
        holds_for: Exercises,
        read: read_exercise,
    }

    /// A hint for the exercise of this name: Markdown, not code.
    hint: String {
        kind: Kind::Text("the name of an exercise"),
        default: "",
        holds_for: Exercises,
        read: read_exercise,
    }

    /// A solution of the exercise of this name.
    solution: String {
        kind: Kind::Text("the name of an exercise"),
        default: "",
        holds_for: Exercises,
        read: read_exercise,
    }

    /// After how many checks that fail an exercise offers its solution; without it, after success.
    attempts: u32 {
        kind: Kind::Number("attempts"),
        default: "",
        holds_for: Exercises,
        read: read_attempts,
    }

    /// What the code of an exercise must not use: keywords, names, `.methods`, operators.
    forbid: Vec<String> {
        kind: Kind::List("constructs, separated by commas"),
        default: "",
        holds_for: Exercises,
        read: read_constructs,
    }

    /// What the code of an exercise has to use.
    require: Vec<String> {
        kind: Kind::List("constructs, separated by commas"),
        default: "",
        holds_for: Exercises,
        read: read_constructs,
    }

    /// This block may carry the page's loader tags; they stand before the first that may, once.
    assets: bool {
        kind: Kind::Switch,
        default: "yes",
        holds_for: LoaderTags,
        read: read_switch,
    }

    /// Rules of `pyfence check` that don't hold for this block.
    ///
    /// What is found is drawn with the name of its rule, as in `error[unknown-import]`.
    ignore: Vec<String> {
        kind: Kind::List("names of rules, separated by commas"),
        default: "",
        holds_for: Commands,
        read: |name, value| read_list(name, "unknown-import", value),
    }

    /// The exception that the block is meant to end with.
    raises: String {
        kind: Kind::Text("the name of an exception"),
        default: "",
        holds_for: Commands,
        read: read_text,
    }

    /// What the block prints and its value shows, with `...` for what may be anything.
    expect: String {
        kind: Kind::Text("any text"),
        default: "",
        holds_for: Commands,
        read: read_text,
    }

    /// The lines that `pyfence test` and the checks of an exercise answer `input()` with.
    stdin: Vec<String> {
        kind: Kind::List("lines, separated by commas"),
        default: "",
        holds_for: Exercises,
        read: |name, value| read_list(name, "Ada,36", value),
    }

    /// How long the block may run, without the time in which it loads: here, in `pyfence test` (30 where it isn't stated), or in a check (10).
    timelimit: u32 {
        kind: Kind::Number("seconds"),
        default: "",
        holds_for: Exercises,
        begins: AtOnce,
        read: read_seconds,
    }

    /// Whether `pyfence test` runs the block.
    test: bool {
        kind: Kind::Switch,
        default: "yes",
        holds_for: Commands,
        read: read_switch,
    }

    /// Whether `pyfence test --record` keeps what the block shows.
    record: bool {
        kind: Kind::Switch,
        default: "yes",
        holds_for: Commands,
        read: read_switch,
    }

    /// Another version of Pyodide, from 0.26 on, for the whole page; verified where pyfence knows
    /// the release.
    version: Version {
        kind: Kind::Version,
        default: "",
        holds_for: Page,
        read: read_version,
    }
}

/// What a fence of mdBook names the start of its hidden lines by.
pub(crate) const HIDELINES: &str = "hidelines";

impl BlockOptions {
    /// The session that a block without one belongs to.
    pub const DEFAULT_SESSION: &str = "default";

    /// Whether the block is meant to fail, or not to run at all.
    pub(crate) fn may_fail(&self) -> bool {
        self.raises.is_some() || self.test == Some(false)
    }

    /// Whether the option takes yes or no, and nothing else.
    pub(crate) fn is_switch(name: &str) -> bool {
        let takes = |value: &str| Self::default().set(name, value).is_ok();
        takes("yes") && !takes("maybe")
    }

    /// Sets the option `name` as the author of a page or a configuration wrote it.
    ///
    /// ```
    /// use pyfence::BlockOptions;
    ///
    /// let mut options = BlockOptions::default();
    /// options.set("install", "griffe, dependenpy>=3,<4")?;
    /// options.set("linenumbers", true)?;
    /// assert_eq!(options.install.as_ref().unwrap(), &["griffe", "dependenpy>=3,<4"]);
    ///
    /// let wrong = options.set("linenumers", true).unwrap_err();
    /// assert_eq!(wrong.message(), "unknown option `linenumers`; did you mean `linenumbers`?");
    /// # Ok::<(), pyfence::OptionError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// An unknown name, or a value that the option doesn't take; the options stay as they were.
    /// [`OptionError::at`] adds the place in the author's file.
    pub fn set(&mut self, name: &str, value: impl Into<RawValue>) -> Result<(), OptionError> {
        self.read(name, &value.into())
    }
}

/// As in markdown-exec, an empty session is no session of its own.
fn read_session(option: &str, value: &RawValue) -> Result<String, OptionError> {
    match read_text(option, value)? {
        name if name.is_empty() => Ok(BlockOptions::DEFAULT_SESSION.to_owned()),
        name => Ok(name),
    }
}

/// What markdown-exec reads of every fence, and Python-Markdown's highlighting of a static one:
/// its `pyodide` fence takes these and does nothing with them.
const UNUSED_BY_MARKDOWN_EXEC: &[&str] = &[
    "exec",
    "hl_lines",
    "html",
    "idprefix",
    "linenostart",
    "result",
    "returncode",
    "source",
    "tabs",
    "updatetoc",
    "width",
    "workdir",
];

fn unknown_option(name: &str) -> OptionError {
    if name == HIDELINES {
        return OptionError::name(
            "only fences in books of mdBook take `hidelines`".to_owned(),
            Some(
                "to run code that isn't shown, write it in a block of its own with hidden=yes"
                    .to_owned(),
            ),
        );
    }
    if UNUSED_BY_MARKDOWN_EXEC.contains(&name) {
        return OptionError::name(
            format!("`{name}` means nothing to a block"),
            Some("leave it out: markdown-exec's `pyodide` fence does nothing with it".to_owned()),
        );
    }
    match nearest(name, OPTION_NAMES.iter().copied()) {
        Some(known) => OptionError::name(
            format!("unknown option `{name}`; did you mean `{known}`?"),
            None,
        ),
        None => OptionError::name(
            format!("unknown option `{name}`"),
            Some(format!("a block has: {}", OPTION_NAMES.join(", "))),
        ),
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
                    let value: RawValue = map.next_value()?;
                    options.set(&name, value).map_err(de::Error::custom)?;
                }
                Ok(options)
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
