//! The service worker of a site whose blocks run without a network, and what takes its place on one
//! whose blocks don't any more. Either is at the root of the site: a service worker has the pages
//! below its own folder.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use super::Assets;
use crate::error::{Error, ErrorKind};
use crate::lock::Lock;

pub(super) const PATH: &str = "pyfence-offline.js";

/// Files of `runtime/` that aren't in its folder on a site.
pub(super) const AT_ROOT: [&str; 2] = ["offline/service-worker.js", "offline/unregister.js"];

const WORKER: &str = include_str!(concat!(
    env!("OUT_DIR"),
    "/runtime/offline/service-worker.js"
));

/// Ends the worker that readers have.
pub(super) const ENDING: &str =
    include_str!(concat!(env!("OUT_DIR"), "/runtime/offline/unregister.js"));

/// A manifest that says to pages that the site has this worker.
pub(super) fn announced_in(manifest: &[u8]) -> Vec<u8> {
    let rest = manifest.strip_prefix(b"{").unwrap_or(manifest);
    [br#"{"offline":true,"#, rest].concat()
}

/// The worker, with what it keeps: the runtime, and what pages load of the lock.
pub(super) fn worker(assets: &Assets, lock: &Lock) -> String {
    let runtime = assets.files().map(|file| {
        let digest = BASE64.encode(Sha256::digest(file.contents()));
        (file.path().to_owned(), format!("sha256-{digest}"))
    });
    let locked = lock.loaded_files().filter_map(|file| {
        let address = file.path.clone().or(file.url.clone())?;
        Some((address, file.integrity()))
    });
    let files: BTreeMap<String, String> = runtime.chain(locked).collect();
    let files = serde_json::to_string(&files).expect("texts can be written as JSON");
    format!("{WORKER}pyfenceOffline({files});\n")
}

pub(super) fn without_a_lock() -> Error {
    let message = "`offline` needs a lock: only what the lock names is kept in the browser";
    Error::new(ErrorKind::Config, message).help("run `pyfence vendor`, which writes it")
}
