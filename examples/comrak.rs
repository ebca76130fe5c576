//! A host with another Markdown parser: it hands its fences over, and puts the HTML in their place.
//!
//! `cargo run --example comrak < page.md`

use std::error::Error;
use std::io;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_html, parse_document};
use pyfence::{Fence, PageContext, Renderer};

fn main() -> Result<(), Box<dyn Error>> {
    let markdown = io::read_to_string(io::stdin())?;
    let renderer = Renderer::builder().build()?;
    let options = Options::default();
    let arena = Arena::new();
    let document = parse_document(&arena, &markdown, &options);

    let mut nodes = Vec::new();
    let mut fences = Vec::new();
    for node in document.descendants() {
        let data = node.data();
        if let NodeValue::CodeBlock(code) = &data.value {
            let start = data.sourcepos.start;
            nodes.push(node);
            fences.push((code.info.clone(), code.literal.clone(), start));
        }
    }
    let fences = fences
        .iter()
        .map(|(info, code, start)| Fence::new(info, code).at(start.line, start.column));
    let rendered = renderer.render_fences(fences, &PageContext::new("<stdin>"));
    for diagnostic in &rendered.diagnostics {
        eprintln!("{diagnostic}\n");
    }
    for (node, html) in nodes.into_iter().zip(rendered.html) {
        if let Some(html) = html {
            node.data_mut().value = NodeValue::Raw(html);
        }
    }

    let mut page = String::new();
    format_html(document, &options, &mut page)?;
    io::Write::write_all(&mut io::stdout(), page.as_bytes())?;
    Ok(())
}
