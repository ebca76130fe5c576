//! The HTTP side: the last good build from memory, with its pages listening for news.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use pyfence::site::{Output, OutputFile};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio::sync::Notify;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tokio_util::io::ReaderStream;

use super::connections;
use super::host_names::HostNames;
use super::live::Live;

const LIVE_SCRIPT: &str = include_str!("live.js");
const LIVE_TAG: &str = "<script type=\"module\" src=\"/__pyfence/live.js\"></script>";
const ERROR_PAGE: &str = include_str!("error.html");

/// How long a request may take to arrive, and an answer to be read on.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves until the process is asked to end.
pub(super) fn run(
    listener: TcpListener,
    live: Arc<Live>,
    names: HostNames,
    asked_to_end: &Notify,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = Router::new()
            .route("/__pyfence/live.js", get(live_script))
            .route("/__pyfence/live", get(news))
            .fallback(answer)
            .with_state(live)
            .layer(from_fn_with_state(Arc::new(names), only_to_known_names));
        tokio::select! {
            () = connections::accept(listener, router, PATIENCE) => Ok(()),
            // Open pages listen for ever: nobody waits for them to hang up.
            () = asked_to_end.notified() => Ok(()),
        }
    })
}

/// Another site could have its name lead here, and read what is served.
async fn only_to_known_names(
    State(names): State<Arc<HostNames>>,
    request: Request<Body>,
    next: Next,
) -> Response<Body> {
    match names.refusal_of(&request) {
        Some((status, message)) => respond(status, "text/plain; charset=utf-8", message.into()),
        None => next.run(request).await,
    }
}

async fn live_script() -> Response<Body> {
    respond(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        LIVE_SCRIPT.into(),
    )
}

/// The news as server-sent events, the current state first.
async fn news(State(live): State<Arc<Live>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = WatchStream::new(live.news()).map(|news| {
        let event = Event::default().json_data(&news);
        Ok(event.unwrap_or_default())
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn answer(State(live): State<Arc<Live>>, request: Request<Body>) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = respond(StatusCode::METHOD_NOT_ALLOWED, "text/plain", Body::empty());
        response
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let site = match live.site().await {
        Ok(site) => site,
        Err(error) => return no_site(&error),
    };
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    match path.strip_prefix(&live.base_path) {
        Some(path) => file_or_folder(&site, &live.base_path, path).await,
        None if path == "/" => redirect(&format!("{}/", live.base_path)),
        None => not_found(&site).await,
    }
}

async fn file_or_folder(site: &Output, base_path: &str, path: &str) -> Response<Body> {
    let name = path.trim_start_matches('/');
    let index = format!("{}index.html", with_slash(name));
    match (site.files.get(name), site.files.get(&index)) {
        (Some(file), _) => page_or_file(StatusCode::OK, name, file).await,
        (None, Some(file)) if path.ends_with('/') => {
            page_or_file(StatusCode::OK, &index, file).await
        }
        // Without the slash, the page's relative links would lead elsewhere.
        (None, Some(_)) => redirect(&format!("{base_path}/{}", with_slash(name))),
        (None, None) => not_found(site).await,
    }
}

fn with_slash(name: &str) -> String {
    match name {
        "" => String::new(),
        name if name.ends_with('/') => name.to_owned(),
        name => format!("{name}/"),
    }
}

async fn not_found(site: &Output) -> Response<Body> {
    match site.files.get("404.html") {
        Some(file) => page_or_file(StatusCode::NOT_FOUND, "404.html", file).await,
        None => respond(StatusCode::NOT_FOUND, "text/plain", "Not found".into()),
    }
}

async fn page_or_file(status: StatusCode, name: &str, file: &OutputFile) -> Response<Body> {
    let is_page = name.ends_with(".html");
    let body = match file {
        OutputFile::Copy(path) => from_disk(path, is_page).await,
        file => file.read().map(|contents| match is_page {
            true => listening(contents).into(),
            false => contents.into(),
        }),
    };
    let Ok(body) = body else {
        return respond(StatusCode::NOT_FOUND, "text/plain", "Not found".into());
    };
    let mut response = respond(status, &content_type(name), body);
    if is_of_runtime(name) {
        // Its folder is named by its hash, so what a browser has of it stays right.
        let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, for_ever);
    }
    response
}

/// Whether a file lies in a folder of the runtime, such as `pyfence/0123456789ab`.
fn is_of_runtime(name: &str) -> bool {
    let below = name.strip_prefix("pyfence/");
    let hash = below.and_then(|below| below.split('/').next());
    hash.is_some_and(|hash| hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A file as it is read: nobody's slow reading keeps a large one in memory. A page in `static/`
/// listens for news by a script behind its end.
async fn from_disk(path: &Path, is_page: bool) -> io::Result<Body> {
    let file = File::open(path).await?;
    Ok(match is_page {
        true => Body::from_stream(ReaderStream::new(file.chain(LIVE_TAG.as_bytes()))),
        false => Body::from_stream(ReaderStream::new(file)),
    })
}

/// The page with the script that listens for news.
fn listening(mut page: Vec<u8>) -> Vec<u8> {
    let end = b"</body>";
    let at = page
        .windows(end.len())
        .rposition(|bytes| bytes.eq_ignore_ascii_case(end));
    let at = at.unwrap_or(page.len());
    page.splice(at..at, LIVE_TAG.bytes());
    page
}

pub(crate) fn content_type(name: &str) -> String {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = kind.type_() == "text" || matches!(kind.subtype().as_str(), "json" | "xml");
    match is_text {
        true => format!("{}; charset=utf-8", kind.essence_str()),
        false => kind.essence_str().to_owned(),
    }
}

/// The page in the place of a site that was never built.
fn no_site(error: &str) -> Response<Body> {
    let escaped = error.replace('&', "&amp;").replace('<', "&lt;");
    let page = ERROR_PAGE.replace("{{ error }}", &escaped);
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    respond(
        status,
        "text/html; charset=utf-8",
        listening(page.into_bytes()).into(),
    )
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = respond(StatusCode::TEMPORARY_REDIRECT, "text/plain", Body::empty());
    let encoded = percent_encoding::utf8_percent_encode(to, &NOT_IN_PATHS).to_string();
    if let Ok(location) = HeaderValue::from_str(&encoded) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

const NOT_IN_PATHS: percent_encoding::AsciiSet = percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'#')
    .add(b'%');

fn respond(status: StatusCode, content_type: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(content_type) = HeaderValue::from_str(content_type) {
        headers.insert(CONTENT_TYPE, content_type);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
