//! From text to blocks: the fence, the shortcode, and the options written in them.

pub(crate) mod attributes;
pub(crate) mod containers;
pub(crate) mod fence;
pub(crate) mod shortcode;
mod tag;
