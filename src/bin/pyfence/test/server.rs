//! Serves a folder of finished HTML on this machine while it is tested.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use pyfence::{Error, ErrorKind};

use super::headers::Headers;
use crate::serve::server::content_type;

/// What is served.
#[derive(Clone)]
pub(super) struct Served {
    folder: PathBuf,
    /// Where the pages say that the site is, and where it is now.
    moved: Option<(String, String)>,
    headers: Headers,
}

impl Served {
    pub fn new(folder: PathBuf, moved: Option<(String, String)>) -> Self {
        Self {
            headers: Headers::of_site(&folder),
            folder,
            moved,
        }
    }
}

/// A free port of this machine to serve on, and its address.
pub(super) fn listen() -> Result<(TcpListener, String), Error> {
    let failed = |error| Error::new(ErrorKind::Io, "can't listen on this machine").caused_by(error);
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    Ok((listener, format!("http://127.0.0.1:{port}")))
}

/// Serves until the process ends.
pub(super) fn serve(listener: TcpListener, served: Served) {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else {
            return;
        };
        let served = runtime.block_on(async {
            listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let router = Router::new().fallback(answer).with_state(served);
            axum::serve(listener, router).await
        });
        if let Err(error) = served {
            anstream::eprintln!("The site isn't served any more: {error}");
        }
    });
}

async fn answer(State(served): State<Served>, request: Request<Body>) -> Response<Body> {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let found = file_at(&served.folder, &path).and_then(|file| {
        let contents = std::fs::read(&file).ok()?;
        Some((content_type(&file.to_string_lossy()), contents))
    });
    let Some((kind, contents)) = found else {
        let mut response = Response::new(Body::from("Not found"));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let contents = match &served.moved {
        Some((from, to)) if kind.starts_with("text/html") => String::from_utf8_lossy(&contents)
            .replace(from, to)
            .into_bytes(),
        _ => contents,
    };
    let mut response = Response::new(Body::from(contents));
    for (name, value) in served.headers.of(&path) {
        response.headers_mut().append(name, value.clone());
    }
    if let Ok(kind) = HeaderValue::from_str(&kind) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    response
}

fn file_at(folder: &Path, path: &str) -> Option<PathBuf> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    let parts: Vec<_> = parts.collect();
    let leads_out = |part: &&str| *part == ".." || part.contains(['\\', ':']);
    if parts.iter().any(leads_out) {
        return None;
    }
    let file = folder.join(parts.join("/"));
    match file.is_dir() {
        true => Some(file.join("index.html")),
        false => Some(file),
    }
}
