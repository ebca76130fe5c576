//! Builds the pages of `content` into the folder that it is called with.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use pyfence::{Assets, BlockOptions, LoaderPlacement, PageContext, Renderer};

fn main() -> Result<(), Box<dyn Error>> {
    let public = PathBuf::from(std::env::args_os().nth(1).ok_or("where to?")?);
    let mut defaults = BlockOptions::default();
    defaults.height = Some("3-20".parse()?);
    let renderer = Renderer::builder()
        .base_url("https://example.org/course/")
        .defaults(defaults)
        .loader(LoaderPlacement::Head)
        .shortcode("note.html", "<aside>{{ body | markdown | safe }}</aside>")
        .build()?;

    fs::create_dir_all(&public)?;
    for name in ["index", "loops", "about"] {
        let path = format!("{}/content/{name}.md", env!("CARGO_MANIFEST_DIR"));
        let markdown = fs::read_to_string(&path)?;
        let page = renderer
            .render_page(&markdown, &PageContext::new(format!("content/{name}.md")))
            .into_result()?;
        let html = format!(
            "<!doctype html>\n<title>{name}</title>\n{}{}",
            page.assets.head(),
            page.html
        );
        fs::write(public.join(name).with_extension("html"), html)?;
    }
    Assets::shipped().write_to(public)?;
    Ok(())
}
