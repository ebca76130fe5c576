//! The block: one editor.

use std::ops::Range;

use crate::options::BlockOptions;

/// One editor: its code, and its options as merged from the block's own words and the defaults.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Block {
    /// The code as written, without the line end before the closing fence.
    pub code: String,
    /// The options.
    pub options: BlockOptions,
    /// The bytes of the page's Markdown that the block was written in.
    pub span: Range<usize>,
    /// The bytes of the line that opens it: what messages point at.
    pub(crate) opening: Range<usize>,
    /// Whether the block itself, not a default, states the version.
    pub(crate) states_version: bool,
}

impl Block {
    /// A block that stands in no page's Markdown.
    pub(crate) fn of_host(code: String, options: BlockOptions) -> Self {
        Self {
            code,
            options,
            span: 0..0,
            opening: 0..0,
            states_version: false,
        }
    }
}
