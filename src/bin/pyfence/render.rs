//! `pyfence render`: Markdown in, an HTML fragment out.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use pyfence::{Assets, Error, ErrorKind, PageContext, Renderer};

use super::{Failure, report};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The Markdown file; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,

    /// Where the site is published; the runtime is linked below it
    #[arg(short = 'u', long, default_value = "")]
    base_url: String,

    /// A folder of shortcodes, NAME.html or NAME.md
    #[arg(long, value_name = "FOLDER")]
    shortcodes: Option<PathBuf>,

    /// Also write the runtime's files below this folder
    #[arg(long, value_name = "FOLDER")]
    assets_dir: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (name, markdown) = read(&arguments.file)?;
    let mut builder = Renderer::builder().base_url(&arguments.base_url);
    if let Some(folder) = &arguments.shortcodes {
        builder = builder.shortcodes_in(folder)?;
    }
    let renderer = builder.build()?;
    let page = renderer
        .render_page(&markdown, &PageContext::new(name))
        .into_result()?;
    report(&page.diagnostics);
    if let Some(folder) = &arguments.assets_dir {
        Assets::shipped().write_to(folder)?;
    }
    print(&page.html)
}

fn read(file: &Path) -> Result<(String, String), Failure> {
    let (name, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        ("<stdin>".to_owned(), read.map(|_| bytes))
    } else {
        (file.display().to_string(), fs::read(file))
    };
    let bytes = bytes.map_err(|error| Error::unreadable(&name, error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(Error::unreadable(&name, error).into()),
    }
}

fn print(html: &str) -> Result<(), Failure> {
    match io::stdout().lock().write_all(html.as_bytes()) {
        // The reader of the pipe has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::new(ErrorKind::Io, "can't write the page")
            .caused_by(error)
            .into()),
        Ok(()) => Ok(()),
    }
}
