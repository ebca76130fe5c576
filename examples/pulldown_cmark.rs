//! A host that has its own pipeline of pulldown-cmark's events: blocks join in anywhere.
//!
//! `cargo run --example pulldown_cmark < page.md`

use std::error::Error;
use std::io;

use pulldown_cmark::{Event, Options, Parser, Tag, html};
use pyfence::{PageContext, Renderer};

fn main() -> Result<(), Box<dyn Error>> {
    let markdown = io::read_to_string(io::stdin())?;
    let renderer = Renderer::builder().base_url("/docs").build()?;

    let parser = Parser::new_ext(&markdown, Options::ENABLE_TABLES).into_offset_iter();
    let context = PageContext::new("<stdin>");
    let rendered = renderer.render_events_with_offsets(parser, &markdown, &context);
    for diagnostic in &rendered.diagnostics {
        eprintln!("{diagnostic}\n");
    }

    // What this host does with events is its own business.
    let events = rendered.events.into_iter().map(|event| match event {
        Event::Start(Tag::Strong) => Event::InlineHtml("<b class=\"strong\">".into()),
        Event::End(pulldown_cmark::TagEnd::Strong) => Event::InlineHtml("</b>".into()),
        other => other,
    });
    html::write_html_io(io::stdout(), events)?;
    Ok(())
}
