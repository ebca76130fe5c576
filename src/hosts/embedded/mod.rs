//! The embedded engine: builds a site in Zola's layout without Zola.
//!
//! ```no_run
//! use pyfence::site::{Preserve, Site, SiteOptions};
//!
//! let build = || -> Result<(), pyfence::Errors> {
//!     let site = Site::load("site-example", &SiteOptions::default())?;
//!     let output = site.build()?;
//!     output.write_to(site.output_dir(), Preserve::Nothing)?;
//!     Ok(())
//! };
//! # let _ = build;
//! ```
//!
//! One direction: configuration → content → Markdown → templates → [`Output`]. Templates are Tera
//! 2's, as in Zola 0.23; content has the shortcodes of Zola up to 0.22 and the components of later
//! ones. What a site asks for and this engine lacks is an error or a warning, never ignored.

mod build_site;
mod config;
mod content;
mod kept;
mod load;
mod markdown;
mod output;
mod pagination;
mod render_pages;
mod sitemap;
mod slugs;
mod static_files;
mod template_values;
mod templates;
mod text_file;
mod unsupported_settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::hosts::publish::Preserve;
pub use config::Mode;
pub use kept::Kept;
pub use output::{Output, OutputFile};

use crate::error::{Error, Errors};
use crate::hosts::publish::{ANOTHER_OUTPUT, refused_always};
use crate::{PageCode, RecordFolder, Renderer};
use config::Config;
use content::Library;
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
    /// Whether the site is read as if it had no lock, for what is about to write one.
    pub ignores_lock: bool,
    /// Whether blocks say [where they stand](crate::PageContext::source), whatever the configuration
    /// says.
    pub sources: bool,
}

/// A site, read and checked as far as that is possible before it is rendered.
pub struct Site {
    root: PathBuf,
    output: PathBuf,
    /// Why what is in the output folder isn't replaced unless the author insists.
    foreign_output: Option<Error>,
    config: Arc<Config>,
    /// The texts that `config` was read from: the site's, and the theme's.
    settings: Vec<String>,
    library: Arc<Library>,
    /// Compiled; what they call is given to them for each stage of a build.
    templates: Templates,
    calls: Calls,
    /// Without the site's templates, which come with what they call.
    renderer: Renderer,
    records: RecordFolder,
    /// Whether blocks say where they stand.
    sources: bool,
    warnings: Errors,
}

impl Site {
    /// Reads the site in the folder `root`.
    ///
    /// # Errors
    ///
    /// All that is wrong with the configuration, the front matter of the content, and the syntax
    /// of the templates.
    pub fn load(root: impl AsRef<Path>, options: &SiteOptions) -> Result<Self, Errors> {
        load::load(root.as_ref(), options)
    }

    /// Renders the site.
    ///
    /// # Errors
    ///
    /// All that is wrong in the Markdown of all pages or, if nothing is, in their templates.
    pub fn build(&self) -> Result<Output, Errors> {
        build_site::build(self, &mut Kept::default())
    }

    /// As [`build`](Self::build), with what the build before has kept: the result is the same, and is
    /// there sooner.
    ///
    /// ```
    /// use pyfence::site::{Kept, Site, SiteOptions};
    ///
    /// # fn main() -> Result<(), pyfence::Errors> {
    /// let mut kept = Kept::default();
    /// for _ in 0..2 {
    ///     let site = Site::load("site-example", &SiteOptions::default())?;
    ///     let output = site.build_again(&mut kept)?;
    ///     assert!(output.files.contains_key("index.html"));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub fn build_again(&self, kept: &mut Kept) -> Result<Output, Errors> {
        build_site::build(self, kept)
    }

    /// The blocks of its pages as their authors wrote them, sorted by file.
    pub fn code(&self) -> Vec<PageCode> {
        build_site::code(self)
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that the options or the configuration want the site in.
    pub fn output_dir(&self) -> &Path {
        &self.output
    }

    /// What stays of the folder that the site is written to.
    pub fn preserves(&self) -> Preserve {
        self.config.preserves()
    }

    /// Whether the site may be put in the place of what is in [`output_dir`](Self::output_dir).
    /// A folder that only the configuration names has to be in the site's own folder, and absent,
    /// empty or a site that was built, unless `force` says that the author knows better.
    ///
    /// # Errors
    ///
    /// What would be lost; the site's own sources and a `.git` also with `force`.
    pub fn check_output_dir(&self, force: bool) -> Result<(), Error> {
        if let Some(message) = refused_always(&self.root, &self.output, self.preserves()) {
            return Err(output::refused(&self.output, &message).help(ANOTHER_OUTPUT));
        }
        match &self.foreign_output {
            Some(error) if !force => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// Where the site will be.
    pub fn base_url(&self) -> &str {
        &self.config.base_url
    }

    /// The theme's folder, if the site has a theme.
    fn theme_dir(&self) -> Option<PathBuf> {
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
