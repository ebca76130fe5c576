//! The shortcodes of a folder. Reading it is this module's one I/O.

use std::fs;
use std::path::Path;

use crate::builder::template_name;
use crate::error::{Error, ErrorKind, Result};

/// The shortcodes in `folder`, sorted: names of templates, and their text.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut shortcodes = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let is_shortcode = path
            .extension()
            .is_some_and(|end| end == "html" || end == "md");
        if let Some(file) = path.file_name().filter(|_| is_shortcode) {
            let template = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            shortcodes.push((template_name(&file.to_string_lossy()), template));
        }
    }
    shortcodes.sort();
    Ok(shortcodes)
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Error {
    let message = format!("can't read it: {error}");
    Error::new(ErrorKind::Io, message).in_file(path.display().to_string())
}
