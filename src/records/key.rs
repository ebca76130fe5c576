//! What the output of a block depends on, as one short text.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::block::Block;
use crate::block::options::BlockOptions;
use crate::runtime_files::Manifest;

/// The keys of the blocks of a page whose options are settled, but for the addresses of files.
///
/// Each says what its block's output depends on: the code of the session up to it, what that
/// installs and fetches, what the block is given, Pyodide and the runtime. What files hold isn't
/// in it: see [`PageRecords::fresh`](super::PageRecords::fresh).
pub(crate) fn record_keys(blocks: &[Block]) -> Vec<String> {
    let mut sessions: HashMap<&str, Sha256> = HashMap::new();
    // Set-up code runs before the first block of its session, wherever it stands.
    let is_hidden = |block: &&Block| block.options.hidden == Some(true);
    for block in blocks.iter().filter(is_hidden) {
        add_code(sessions.entry(session(block)).or_default(), block);
    }
    let mut keys = Vec::with_capacity(blocks.len());
    for block in blocks {
        let so_far = sessions.entry(session(block)).or_default();
        if !is_hidden(&block) && !block.is_part() {
            add_code(so_far, block);
        }
        keys.push(finished(so_far.clone(), &block.options));
    }
    keys
}

fn session(block: &Block) -> &str {
    let session = block.options.session.as_deref();
    session.unwrap_or(BlockOptions::DEFAULT_SESSION)
}

fn add_code(hasher: &mut Sha256, block: &Block) {
    let options = &block.options;
    add(hasher, &block.code);
    add_list(hasher, options.install.as_deref());
    add_list(hasher, options.files.as_deref());
    add(hasher, switch(options.autoload));
}

fn finished(mut hasher: Sha256, options: &BlockOptions) -> String {
    add_list(&mut hasher, options.stdin.as_deref());
    let form = options.output.map(|form| form.to_string());
    add(&mut hasher, &form.unwrap_or_default());
    let version = options.version.as_ref().map(|version| version.as_str());
    let shipped = Manifest::shipped().pyodide_version();
    add(&mut hasher, version.unwrap_or(shipped));
    add(&mut hasher, env!("CARGO_PKG_VERSION"));
    let digest = hasher.finalize();
    digest[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn add_list(hasher: &mut Sha256, list: Option<&[String]>) {
    let list = list.unwrap_or_default();
    hasher.update(list.len().to_le_bytes());
    for entry in list {
        add(hasher, entry);
    }
}

/// With its length before it, no two lists of texts give the same bytes.
fn add(hasher: &mut Sha256, text: &str) {
    hasher.update(text.len().to_le_bytes());
    hasher.update(text);
}

fn switch(stated: Option<bool>) -> &'static str {
    match stated {
        Some(false) => "no",
        _ => "",
    }
}
