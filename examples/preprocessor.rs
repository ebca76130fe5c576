//! A preprocessor: Markdown in, Markdown out, for a generator of any language that keeps HTML.
//!
//! `cargo run --example preprocessor < page.md > page-for-the-generator.md`

use std::io::{self, Write};
use std::process::ExitCode;

use pyfence::{Dialect, Error, ErrorKind, Errors, PageContext, Renderer};

fn main() -> ExitCode {
    match preprocess() {
        Ok(warnings) => {
            eprint!("{warnings}");
            ExitCode::SUCCESS
        }
        Err(errors) => {
            eprintln!("{errors}");
            ExitCode::from(errors.exit_code())
        }
    }
}

fn preprocess() -> Result<Errors, Errors> {
    let page =
        io::read_to_string(io::stdin()).map_err(|error| Error::unreadable("<stdin>", error))?;
    let renderer = Renderer::builder().base_url("/docs").build()?;

    // Front matter is the generator's: messages count its lines, and it passes as it is.
    let markdown = match page
        .strip_prefix("---\n")
        .and_then(|rest| rest.find("\n---\n"))
    {
        Some(end) => &page["---\n".len() + end + "\n---\n".len()..],
        None => &page,
    };
    let front_matter = &page[..page.len() - markdown.len()];
    let mut context = PageContext::new("<stdin>");
    context.first_line = 1 + front_matter.matches('\n').count();

    let rewritten = renderer.rewrite_page(markdown, &context, Dialect::Markdown);
    let warnings = rewritten.diagnostics.into_result()?;
    write!(io::stdout(), "{front_matter}{}", rewritten.markdown)
        .map_err(|error| Error::new(ErrorKind::Io, "can't write the page").caused_by(error))?;
    Ok(warnings)
}
