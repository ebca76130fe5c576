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
