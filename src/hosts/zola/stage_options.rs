//! What can be said of a stage beside the site's own configuration.

use std::path::PathBuf;

/// How a site is to be staged, beside what its configuration says.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct StageOptions {
    /// The configuration, if it isn't `zola.toml` or `config.toml`.
    pub config: Option<PathBuf>,
    /// Where the site will be, instead of the configuration's `base_url`. A path (`/docs`) or
    /// nothing does as well.
    pub base_url: Option<String>,
    /// The folder that the site is to be written to, instead of the configuration's `output_dir`.
    pub output_dir: Option<PathBuf>,
    /// Whether drafts are part of the site. Where they aren't, they stay as they are.
    pub drafts: bool,
    /// Whether the site is read as if it had no lock, for what is about to write one.
    pub ignores_lock: bool,
    /// Whether blocks say [where they stand](crate::PageContext::source), whatever the configuration
    /// says.
    pub sources: bool,
}
