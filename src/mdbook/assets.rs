//! The runtime in the book's source folder, from where mdBook copies it into every build.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use pyfence::{Assets, Error, ErrorKind, Result};

/// Writes this binary's runtime below `source`, and removes those of earlier ones.
pub(crate) fn keep_in_step(source: &Path) -> Result<()> {
    let assets = Assets::shipped();
    assets.write_to(source)?;
    let current = source.join(assets.folder());
    let Some(all) = current.parent() else {
        return Ok(());
    };
    let failed = |error: std::io::Error| {
        Error::new(
            ErrorKind::Io,
            format!("can't remove an old runtime: {error}"),
        )
        .in_file(all.display().to_string())
    };
    for entry in fs::read_dir(all).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path != current && path.file_name().is_some_and(is_hash) {
            fs::remove_dir_all(&path).map_err(failed)?;
        }
    }
    Ok(())
}

/// Whether a folder has a name as runtimes have; what an author put beside them stays.
fn is_hash(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.len() == 12 && name.iter().all(u8::is_ascii_hexdigit)
}
