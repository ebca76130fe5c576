//! From text to blocks: the fence, the shortcode, and the options written in them.

pub(crate) mod component;
pub(crate) mod dedent;
pub(crate) mod fence;
pub(crate) mod html_comment;
pub(crate) mod line_ends;
pub(crate) mod line_prefix;
pub(crate) mod option_list;
pub(crate) mod shortcode;
mod shortcode_tag;
