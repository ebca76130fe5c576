//! From names to the parts of addresses.

use serde::Deserialize;

/// `[slugify]`: how names become parts of addresses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Slugs {
    pub(crate) paths: Strategy,
    pub(crate) paths_keep_dates: bool,
    pub(crate) anchors: Strategy,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Strategy {
    /// ASCII letters, digits and dashes.
    #[default]
    On,
    /// Only what file systems refuse is removed.
    Safe,
    /// The name as it is.
    Off,
}

impl Slugs {
    pub(crate) fn path(&self, name: &str) -> String {
        match self.paths {
            Strategy::On => slug::slugify(name),
            Strategy::Safe => name
                .trim_end_matches([' ', '.'])
                .replace(['<', '>', ':', '"', '/', '|', '?', '*', '\\'], ""),
            Strategy::Off => name.to_owned(),
        }
    }

    pub(crate) fn anchor(&self, title: &str) -> String {
        match self.anchors {
            Strategy::On => slug::slugify(title),
            Strategy::Safe | Strategy::Off => title.replace(|c: char| c.is_ascii_whitespace(), "_"),
        }
    }
}
