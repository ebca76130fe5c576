//! From a page's Markdown events to its HTML: what a site adds to Markdown itself.

mod anchors;
mod components;
mod fences;
mod footnotes;
mod headings;
mod links;
mod pass;
mod pipeline;
mod summary;
mod tags;

pub(crate) use anchors::{broken_anchors, ids_in};
pub(crate) use headings::Heading;
pub(crate) use links::{InternalLink, resolve};
pub(crate) use pipeline::{Body, Content, Pipeline};
