//! A page on its way from Markdown to HTML: [`expand`] takes its shortcodes out, [`fences_to_blocks`]
//! turns fences among the parser's events into blocks, [`settle`] decides what holds for all blocks of
//! the page, [`document`] renders them, and [`loader`] says which of them carries the loader tags.

pub(crate) mod code;
pub(crate) mod context;
pub(crate) mod dialect;
pub(crate) mod document;
mod exercises;
pub(crate) mod expand;
mod fence_mistakes;
pub(crate) mod fences_to_blocks;
#[cfg(feature = "lock")]
pub(crate) mod finished;
pub(crate) mod foreign_fences;
#[cfg(any(feature = "site", feature = "zola"))]
pub(crate) mod gathered;
pub(crate) mod heading_attributes;
pub(crate) mod join_fences;
pub(crate) mod loader;
pub(crate) mod nesting;
mod prose;
pub(crate) mod rewrite;
pub(crate) mod settle;
pub(crate) mod unlocked;
#[cfg(feature = "lock")]
pub(crate) mod written_html;
