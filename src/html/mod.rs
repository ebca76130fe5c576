//! The HTML of a block: its static code, coloured, and the templates that put it together.

pub(crate) mod hidden_lines;
#[cfg(feature = "highlight")]
pub(crate) mod highlight;
pub(crate) mod shortcode_folder;
pub(crate) mod static_code;
pub(crate) mod templates;
mod tera_filter;
pub(crate) mod with_source;
