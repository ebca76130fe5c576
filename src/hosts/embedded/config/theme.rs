//! `theme.toml`: of its keys only `[extra]` means something here.

use toml::{Table, Value};

use super::{site_settings, toml_error};
use crate::block::site_settings::SiteSettings;
use crate::error::Errors;
use crate::hosts::embedded::text_file::TextFile;
use crate::zola_site::defaults::add_missing;

/// Merges the theme's `[extra]` below the site's, and gives what it says of blocks.
pub(crate) fn merge_theme(extra: &mut Table, file: &TextFile) -> Result<SiteSettings, Errors> {
    let theme: Table = toml::from_str(&file.text).map_err(|error| toml_error(file, &error, 0))?;
    if let Some(Value::Table(defaults)) = theme.get("extra") {
        add_missing(extra, defaults);
    }
    site_settings(file)
}
