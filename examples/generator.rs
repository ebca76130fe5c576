//! A site generator: every `*.md` of a folder becomes a page of another. With a lock that `pyfence vendor` has made,
//! the pages load what it names from the site itself, and go on without a network.
//!
//! `cargo run --example generator -- CONTENT PUBLIC [LOCK]`

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pyfence::{LoaderPlacement, Lock, Page, PageContext, Renderer};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let (Some(content), Some(public)) = (arguments.next(), arguments.next()) else {
        return Err("two folders are needed: CONTENT and PUBLIC".into());
    };
    let mut renderer = Renderer::builder().loader(LoaderPlacement::Head);
    if let Some(file) = arguments.next() {
        let lock = Lock::read(&file.display().to_string(), &fs::read_to_string(&file)?)?;
        renderer = renderer.lock(lock).offline(true);
    }
    let renderer = renderer.build()?;
    fs::create_dir_all(&public)?;
    let mut is_good = true;
    for entry in fs::read_dir(&content)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            is_good &= build(&renderer, &path, &public)?;
        }
    }
    renderer.assets().write_to(public)?;
    Ok(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn build(renderer: &Renderer, path: &Path, public: &Path) -> Result<bool, Box<dyn Error>> {
    let markdown = fs::read_to_string(path)?;
    let context = PageContext::new(path.display().to_string());
    let page = renderer.render_page(&markdown, &context);
    for diagnostic in &page.diagnostics {
        eprintln!("{diagnostic}\n");
    }
    let name = Path::new(path.file_name().unwrap_or_default());
    fs::write(public.join(name.with_extension("html")), html(&page))?;
    Ok(page.into_result().is_ok())
}

fn html(page: &Page) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>A page</title>\n\
         {}<main>\n{}</main>\n</html>\n",
        page.assets.head(),
        page.html,
    )
}
