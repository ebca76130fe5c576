//! A server that renders pages when they are asked for, and serves the runtime from memory.
//!
//! `cargo run --example axum -- CONTENT`, then open the address that it prints with the name of a
//! page: `/loops` is `CONTENT/loops.md`.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use pyfence::{Assets, PageContext, Renderer};

struct Site {
    renderer: Renderer,
    content: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let content = std::env::args_os()
        .nth(1)
        .ok_or("a folder is needed: CONTENT")?;
    let site = Site {
        renderer: Renderer::builder().build()?,
        content: content.into(),
    };
    let app = Router::new()
        .route("/pyfence/{hash}/{file}", get(runtime))
        .route("/{page}", get(page))
        .with_state(Arc::new(site));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("http://{}/", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn page(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    let file = format!("{name}.md");
    // One segment of an address, which could still be `..` or hold an encoded slash.
    let is_plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let markdown = std::fs::read_to_string(site.content.join(&file));
    let Some(markdown) = markdown.ok().filter(|_| is_plain) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = site
        .renderer
        .render_page(&markdown, &PageContext::new(file));
    for diagnostic in &page.diagnostics {
        eprintln!("{diagnostic}\n");
    }
    Html(format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{name}</title>\n{}",
        page.html
    ))
    .into_response()
}

async fn runtime(Path((hash, name)): Path<(String, String)>) -> Response {
    let path = format!("pyfence/{hash}/{name}");
    let Some(file) = Assets::shipped().files().find(|file| file.path() == path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let media_type = match name.rsplit_once('.') {
        Some((_, "js")) => "text/javascript",
        Some((_, "css")) => "text/css",
        Some((_, "json")) => "application/json",
        _ => "text/plain; charset=utf-8",
    };
    let forever = (header::CACHE_CONTROL, "max-age=31536000, immutable");
    (
        [(header::CONTENT_TYPE, media_type), forever],
        file.contents(),
    )
        .into_response()
}
