//! Runnable Python in static sites: a Markdown code block becomes a Python editor that runs in
//! the reader's browser.
//!
//! ~~~
//! use pyfence::{Assets, PageContext, Renderer};
//!
//! let renderer = Renderer::builder().base_url("https://example.org").build()?;
//! let page = renderer.render_page(
//!     "```pyodide\nprint('hello')\n```\n",
//!     &PageContext::new("hello.md"),
//! );
//! for diagnostic in &page.diagnostics {
//!     eprintln!("{diagnostic}");
//! }
//! assert!(page.html.contains("<pyodide-block session=\"default\">"));
//!
//! // Once per site: the files that the loader tags in the page ask for.
//! let public = tempfile::tempdir()?;
//! Assets::shipped().write_to(public.path())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ~~~
//!
//! # Ways in
//!
//! | a host that | calls |
//! |---|---|
//! | leaves Markdown to pyfence | [`Renderer::render_page`] |
//! | changes the events before they are HTML | [`Renderer::parse`], [`Document::render`] |
//! | has its own events of pulldown-cmark | [`Renderer::render_events`], [`Renderer::render_events_with_offsets`] |
//! | has another Markdown parser | [`Renderer::render_fences`] |
//! | makes blocks in its templates | [`Renderer::register_in`] |
//! | puts the loader tags into the head | [`LoaderPlacement::Head`], [`PageAssets::head`] |
//! | serves the runtime from memory | [`Assets::files`] |
//!
//! # Options of a block
//!
//! The same names are keys of a fence, arguments of a shortcode, fields of [`BlockOptions`] and
//! attributes of the element.
//!
//! | option | values | meaning |
//! |---|---|---|
//! | `session` | any text | blocks with the same session share `globals()` |
//! | `install` | requirements, separated by commas | installed before the first run |
//! | `assets` | yes, no | whether the block may carry the page's loader tags |
//! | `version` | such as `314.0.7` | another Pyodide, for the whole page |
//! | `height` | `auto`, `12`, `5-30` | lines to show before the editor scrolls |
//! | `theme` | `light,dark` or one | [Ace](https://ace.c9.io) themes instead of pyfence's palette |
//!
//! # Features
//!
//! `highlight` colours the code; `site` is the embedded engine, `cli` the command (the default),
//! `mdbook` the preprocessor. Without any, the crate is the bare library.
//!
//! # Invariants
//!
//! - One direction: text → [`Block`] → options merged → highlighted → template → HTML. The modules
//!   on that way do no I/O and know no host; hosts don't know each other.
//! - A page has its loader tags at most once, before the first block that may carry them.
//! - The code of a fence is the author's: the text of the `<code>` element is the fence's content.
//! - A mistake of the author is a diagnostic with a place, and all of a page's are reported.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod assets;
mod block;
mod block_reader;
mod builder;
mod code;
mod document;
mod error;
mod expand;
mod fences;
#[cfg(feature = "highlight")]
mod highlight;
mod manifest;
mod markdown;
mod options;
mod page;
mod page_blocks;
mod renderer;
mod rewrite;
mod shortcode_folder;
#[cfg(feature = "site")]
pub mod site;
mod syntax;
mod template;
mod tera_host;
mod value;
#[cfg(feature = "zola")]
pub mod zola;

pub use assets::{AssetFile, Assets};
pub use block::Block;
pub use builder::RendererBuilder;
pub use document::{Document, Rendered};
pub use error::{Error, ErrorKind, Result, Severity, Source};
pub use fences::{Fence, RenderedFences};
#[cfg(feature = "highlight")]
pub use highlight::Highlighter;
pub use options::{BlockOptions, Height, OPTION_NAMES, Theme, Version};
pub use page::{LoaderPlacement, PageAssets};
pub use renderer::{Page, PageContext, Renderer};
pub use rewrite::{Dialect, Rewritten};
