//! The embedded engine: builds a site in Zola's layout without Zola.
//!
//! ```no_run
//! use pyfence::site::{Keep, Site, SiteOptions};
//!
//! let build = || -> Result<(), Vec<pyfence::Error>> {
//!     let site = Site::load("site-example", &SiteOptions::default())?;
//!     let output = site.build()?;
//!     output.write_to(site.output_dir(), Keep::Nothing).map_err(|error| vec![error])
//! };
//! # let _ = build;
//! ```
//!
//! One direction: configuration → content → Markdown → templates → [`Output`]. Content is in the
//! dialect of Zola 0.22 (shortcodes), templates are Tera 2's, as in Zola 0.23. What a site asks for
//! and this engine lacks is an error or a warning, never ignored.

mod build;
mod config;
mod content;
mod load;
mod markdown;
mod output;
mod pagination;
mod render;
mod sitemap;
mod slugs;
mod static_files;
mod templates;
mod text_file;
mod unsupported;
mod values;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use config::Mode;
pub use output::{Keep, Output, OutputFile};

use crate::error::Error;
use config::Config;
use content::Library;
use markdown::Pipeline;
use templates::{Calls, Templates};

/// How a site is to be built, beside what its configuration says.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SiteOptions {
    /// The configuration, if it isn't `zola.toml` or `config.toml`; relative to the site's folder.
    pub config: Option<PathBuf>,
    /// Where the site will be, instead of the configuration's `base_url`.
    pub base_url: Option<String>,
    /// The folder that the site is to be written to, instead of the configuration's `output_dir`.
    pub output_dir: Option<PathBuf>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// What it is built for.
    pub mode: Mode,
}

/// A site, read and checked as far as that is possible before it is rendered.
pub struct Site {
    root: PathBuf,
    output: PathBuf,
    config: Arc<Config>,
    library: Arc<Library>,
    templates: Arc<Templates>,
    calls: Arc<Calls>,
    pipeline: Arc<Pipeline>,
    warnings: Vec<Error>,
}

impl Site {
    /// Reads the site in the folder `root`.
    ///
    /// # Errors
    ///
    /// All that is wrong with the configuration, the front matter of the content, and the syntax
    /// of the templates.
    pub fn load(root: impl AsRef<Path>, options: &SiteOptions) -> Result<Self, Vec<Error>> {
        load::load(root.as_ref(), options)
    }

    /// Renders the site.
    ///
    /// # Errors
    ///
    /// All that is wrong in the Markdown of all pages or, if nothing is, in their templates.
    pub fn build(&self) -> Result<Output, Vec<Error>> {
        build::build(self)
    }

    /// The folder that the options or the configuration want the site in.
    pub fn output_dir(&self) -> &Path {
        &self.output
    }

    /// What stays of the folder that the site is written to.
    pub fn keeps(&self) -> Keep {
        match self.config.preserve_dotfiles_in_output {
            true => Keep::Dotfiles,
            false => Keep::Nothing,
        }
    }

    /// Where the site will be.
    pub fn base_url(&self) -> &str {
        &self.config.base_url
    }

    /// The theme's folder, if the site has a theme.
    pub fn theme_dir(&self) -> Option<PathBuf> {
        let theme = self.config.theme.as_ref()?;
        Some(self.root.join("themes").join(theme))
    }

    /// How many pages and sections it has.
    pub fn size(&self) -> SiteSize {
        SiteSize {
            pages: self.library.pages.len(),
            orphans: self.library.orphans().count(),
            // The start of the site is no section to its author.
            sections: self.library.sections.len() - 1,
        }
    }
}

/// How many pages and sections a site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SiteSize {
    /// All pages.
    pub pages: usize,
    /// Those in folders that aren't sections.
    pub orphans: usize,
    /// The sections below the start of the site.
    pub sections: usize,
}
