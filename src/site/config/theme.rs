//! `theme.toml`: of its keys only `[extra]` means something here.

use std::path::Path;

use toml::{Table, Value};

use crate::error::{Error, ErrorKind};
use crate::site::text_file::TextFile;

/// Merges the theme's `[extra]` below the site's.
pub(crate) fn merge_theme_extra(extra: &mut Table, theme_folder: &Path) -> Result<(), Error> {
    let file = TextFile::read(&theme_folder.join("theme.toml"))?;
    let theme: Table = toml::from_str(&file.text).map_err(|error| {
        file.error(
            ErrorKind::Config,
            error.message().to_owned(),
            error.span().unwrap_or_default(),
        )
    })?;
    if let Some(Value::Table(defaults)) = theme.get("extra") {
        merge(extra, defaults);
    }
    Ok(())
}

fn merge(ours: &mut Table, defaults: &Table) {
    for (key, default) in defaults {
        match (ours.get_mut(key), default) {
            (Some(Value::Table(ours)), Value::Table(defaults)) => merge(ours, defaults),
            (Some(_), _) => {}
            (None, default) => {
                ours.insert(key.clone(), default.clone());
            }
        }
    }
}
