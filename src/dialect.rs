//! What a generator reads in its content.

/// What a generator reads in its content beside Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Shortcodes: Zola up to 0.22.
    Shortcodes,
    /// All of Tera's templates: Zola from 0.23 on.
    Templates,
}
