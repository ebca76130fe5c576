//! Runnable Python in static sites: a Markdown code block becomes a Python editor that runs in
//! the reader's browser.
//!
//! - What is no block stays as it was, byte for byte; a block is HTML that works in any page.
//! - The code is there to read without JavaScript; nothing is loaded before a reader wants to run it.
//! - A mistake is shown with its file, line and column, and with what to do.
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
//! | hands Markdown on to another generator | [`Renderer::rewrite_page`] |
//! | wants the code of blocks, to check it | [`Document::code`], `check` |
//! | makes blocks in its templates | [`Renderer::register_in`] |
//! | puts the loader tags into the head | [`LoaderPlacement::Head`], [`PageAssets::head`] |
//! | serves the runtime from memory | [`Assets::files`] |
//!
//! Events of one's own, with the loader tags in the head:
//!
//! ~~~
//! use pulldown_cmark::{Parser, html};
//! use pyfence::{LoaderPlacement, PageContext, Renderer};
//!
//! let renderer = Renderer::builder().loader(LoaderPlacement::Head).build()?;
//! let events = Parser::new("*one*\n\n```pyodide\n1\n```\n");
//! let rendered = renderer.render_events(events, &PageContext::new("a.md"));
//! let mut body = String::new();
//! html::push_html(&mut body, rendered.events.into_iter());
//! let page = format!("<head>{}</head><body>{body}</body>", rendered.assets.head());
//! assert!(page.contains(".js\" integrity=\"sha384-") && page.contains("<p><em>one</em></p>\n<pyodide-block"));
//! # Ok::<(), pyfence::Error>(())
//! ~~~
//!
//! Another Markdown parser, and the runtime from memory:
//!
//! ~~~
//! use pyfence::{Assets, Fence, PageContext, Renderer};
//!
//! let renderer = Renderer::builder().build()?;
//! let fences = [Fence::new("rust", "fn main() {}\n"), Fence::new("pyodide", "1\n")];
//! let rendered = renderer.render_fences(fences, &PageContext::new("a.md"));
//! assert!(rendered.html[0].is_none() && rendered.html[1].is_some());
//!
//! let answer = |path: &str| Assets::shipped().files().find(|file| file.path() == path);
//! let script = format!("{}/pyfence.js", Assets::shipped().folder());
//! assert!(answer(&script).is_some());
//! # Ok::<(), pyfence::Error>(())
//! ~~~
//!
//! Templates:
//!
//! ~~~
//! let renderer = pyfence::Renderer::builder().build()?;
//! let mut tera = tera::Tera::new();
//! renderer.register_in(&mut tera);
//! tera.add_raw_template("page.html", "{{ pyfence_loader() }}{{ code | pyodide(height=5) }}")?;
//! # let mut context = tera::Context::new();
//! # context.insert("code", "1");
//! # assert!(tera.render("page.html", &context)?.contains("<pyodide-block"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ~~~
//!
//! # Options of a block
//!
//! The same names are keys of a fence, arguments of a shortcode, fields of [`BlockOptions`] and
//! attributes of the element.
//!
#![doc = include_str!("block/options.md")]
//!
//! # Features
//!
//! `highlight` colours the code; `check` finds what can't work in it; `records` shows what blocks showed
//! when they were tested; `site` is the embedded engine, `zola` the real one, `cli` the
//! command (the default). Without any, the crate is the bare library.
//!
//! # Invariants
//!
//! - One direction: text → block → options merged → highlighted → template → HTML. The modules
//!   on that way do no I/O and know no host; hosts don't know each other.
//! - A page has its loader tags at most once, before the first block that may carry them.
//! - The code of a fence is the author's: the text of the `<code>` element is the fence's content.
//! - A mistake of the author is a diagnostic with a place, and all of a page's are reported.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod block;
mod builder;
#[cfg(feature = "check")]
pub mod check;
#[cfg(feature = "vendor")]
pub mod csp;
mod error;
#[cfg(test)]
mod generated;
mod hex;
mod hosts;
mod html;
mod lock;
mod page;
#[cfg(feature = "records")]
mod records;
mod renderer;
mod runtime_files;
mod settings;
mod syntax;
#[cfg(any(feature = "site", feature = "zola"))]
mod zola_site;

pub use block::option_error::OptionError;
pub use block::option_types::*;
pub use block::options::{BlockOptions, OPTION_NAMES};
pub use block::raw_value::RawValue;
pub use block::site_settings::SiteSettings;
pub use builder::RendererBuilder;
pub use error::{Error, ErrorKind, Errors, LinePlace, Result, Source};
#[cfg(feature = "site")]
pub use hosts::embedded as site;
#[cfg(feature = "vendor")]
pub use hosts::package_index::PackageIndex;
#[cfg(feature = "vendor")]
pub use hosts::vendor;
#[cfg(feature = "zola")]
pub use hosts::zola;
#[cfg(feature = "highlight")]
pub use html::highlight::highlight;
pub use lock::{Lock, LockedFile, LockedPackage, LockedRelease, LockedScripts};
pub use page::code::{PageCode, WrittenBlock};
pub use page::context::PageContext;
pub use page::dialect::Dialect;
pub use page::document::{Document, Rendered};
pub use page::foreign_fences::{Fence, RenderedFences};
pub use page::loader::{LoaderPlacement, PageAssets};
pub use page::rewrite::Rewritten;
#[cfg(feature = "records")]
pub use records::{PageRecords, Picture, Record, RecordFolder, RecordedOutput, safe_html};
pub use renderer::{Page, Renderer};
pub use runtime_files::{AssetFile, Assets};
pub use syntax::line_ends::with_line_feeds;
#[cfg(any(feature = "site", feature = "zola"))]
pub use zola_site::layout::{SOURCE_FOLDERS, is_temporary_file};
