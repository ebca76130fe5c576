//! What builds a site.

use clap::ValueEnum;
use pyfence::zola::Zola;

use super::Failure;

/// What builds the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Zola where there is one, else the embedded engine
    Auto,
    /// pyfence's own
    Embedded,
    /// The real Zola: `zola` in the search path, or the one that PYFENCE_ZOLA names
    Zola,
}

impl Engine {
    /// The Zola to use; `None` for the embedded engine.
    pub(crate) fn zola(self) -> Result<Option<Zola>, Failure> {
        match self {
            Engine::Embedded => Ok(None),
            Engine::Zola => Ok(Some(Zola::find()?)),
            Engine::Auto => Ok(Zola::find().ok().filter(|zola| zola.version().is_ok())),
        }
    }
}
