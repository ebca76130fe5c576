//! The block: one editor.

pub(crate) mod exercise_types;
pub(crate) mod option_error;
pub(crate) mod option_types;
pub(crate) mod options;
mod options_macro;
pub(crate) mod plain_values;
pub(crate) mod raw_value;
pub(crate) mod read;
pub(crate) mod site_settings;

use std::ops::Range;

use options::BlockOptions;

/// One editor: its code, and its options as merged from the block's own words and the defaults.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// The code as written, without the line end before the closing fence.
    pub code: String,
    /// The indices of its lines that aren't shown.
    pub hidden_lines: Vec<usize>,
    /// The options.
    pub options: BlockOptions,
    /// The bytes of the page's Markdown that the block was written in.
    pub span: Range<usize>,
    /// The bytes of the line that opens it: what messages point at.
    pub(crate) opening: Range<usize>,
    /// Whether the block itself, not a default, states the version.
    pub(crate) states_version: bool,
}

/// What a block is to an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Exercise,
    Check,
    Hint,
    Solution,
}

impl Role {
    /// The option that says it.
    pub fn option(self) -> &'static str {
        match self {
            Role::Exercise => "exercise",
            Role::Check => "check",
            Role::Hint => "hint",
            Role::Solution => "solution",
        }
    }
}

impl Block {
    /// What the block is to which exercises: to one at most, if its author is right.
    pub fn roles(&self) -> impl Iterator<Item = (Role, &str)> {
        roles(&self.options)
    }

    /// Whether it is a part of an exercise, which is in no session.
    #[cfg(feature = "records")]
    pub fn is_part(&self) -> bool {
        self.roles().any(|(role, _)| role != Role::Exercise)
    }

    /// Whether it is text: all other blocks are Python.
    pub fn is_text(&self) -> bool {
        self.options.hint.is_some()
    }

    /// A block that stands in no page's Markdown.
    pub(crate) fn of_host(code: String, options: BlockOptions) -> Self {
        Self {
            code,
            hidden_lines: Vec::new(),
            options,
            span: 0..0,
            opening: 0..0,
            states_version: false,
        }
    }
}

/// What a block with these options is to which exercises.
pub(crate) fn roles(options: &BlockOptions) -> impl Iterator<Item = (Role, &str)> {
    let roles = [
        (Role::Exercise, &options.exercise),
        (Role::Check, &options.check),
        (Role::Hint, &options.hint),
        (Role::Solution, &options.solution),
    ];
    roles
        .into_iter()
        .filter_map(|(role, name)| Some((role, name.as_deref()?)))
}
