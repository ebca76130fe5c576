//! The shortcodes of a folder. Reading it is this module's one I/O.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::html::templates::template_of_file;

/// The shortcodes in `folder`, sorted: names of templates, and their text.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut shortcodes = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| Error::unreadable(folder, error))? {
        let path = entry
            .map_err(|error| Error::unreadable(folder, error))?
            .path();
        let is_shortcode = path
            .extension()
            .is_some_and(|end| end == "html" || end == "md");
        if let Some(file) = path.file_name().filter(|_| is_shortcode) {
            let template =
                fs::read_to_string(&path).map_err(|error| Error::unreadable(&path, error))?;
            shortcodes.push((template_of_file(&file.to_string_lossy()), template));
        }
    }
    shortcodes.sort();
    Ok(shortcodes)
}
