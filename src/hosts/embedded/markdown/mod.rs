//! From a page's Markdown events to its HTML: what a site adds to Markdown itself.

mod anchors;
mod events;
mod fence_words;
mod footnotes;
mod headings;
mod html_tags;
mod links;
mod pipeline;
mod render;
mod summary;

pub(crate) use anchors::{broken_anchors, ids_in};
pub(crate) use headings::Heading;
pub(crate) use links::{InternalLink, resolve};
pub(crate) use pipeline::{Content, Pipeline};
pub(crate) use render::Body;
