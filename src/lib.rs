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
//! | option | values | meaning |
//! |---|---|---|
//! | `session` | any text | blocks with the same session share `globals()` |
//! | `install` | requirements, separated by commas | installed before the first run |
//! | `files` | addresses, separated by commas | put where the code runs, before the first run |
//! | `title` | any text | stands above the code |
//! | `id` | one word | the element's `id` |
//! | `height` | `auto`, `12`, `5-30` | lines to show before the editor scrolls |
//! | `theme` | `light,dark` or one | [Ace](https://ace.c9.io) themes instead of pyfence's palette |
//! | `linenumbers` | yes, no | whether lines have numbers |
//! | `autorun` | yes, no | whether the block runs when the reader first sees it |
//! | `readonly` | yes, no | whether the code can be run, but not edited |
//! | `hidden` | yes, no | whether this is set-up code: not shown, run before the first block of its session |
//! | `persist` | yes, no | whether the reader's edits are kept in the browser |
//! | `output` | `rich`, `text` | the forms of output that the block shows |
//! | `autoload` | yes, no | whether packages that the code imports are loaded by themselves |
//! | `assets` | yes, no | whether the block may carry the page's loader tags |
//! | `version` | such as `314.0.7` | another Pyodide, for the whole page |
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
mod dialect;
mod document;
mod error;
mod expand;
mod fences;
#[cfg(feature = "highlight")]
mod highlight;
mod inline_html;
#[cfg(any(feature = "site", feature = "zola"))]
mod layout;
mod manifest;
mod markdown;
mod option_values;
mod options;
mod page;
mod page_blocks;
mod renderer;
mod rewrite;
#[cfg(any(feature = "site", feature = "zola"))]
mod shared_tera;
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
pub use dialect::Dialect;
pub use document::{Document, Rendered};
pub use error::{Error, ErrorKind, Result, Severity, Source};
pub use fences::{Fence, RenderedFences};
#[cfg(feature = "highlight")]
pub use highlight::Highlighter;
pub use option_values::{Height, Output, Theme, Version};
pub use options::{BlockOptions, OPTION_NAMES};
pub use page::{LoaderPlacement, PageAssets};
pub use renderer::{Page, PageContext, Renderer};
pub use rewrite::Rewritten;
