//! What a generator reads in its content.

/// What a generator reads in its content beside Markdown; see
/// [`Renderer::rewrite_page`](crate::Renderer::rewrite_page).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// Nothing: what looks like a shortcode is text, whatever templates the renderer has.
    Markdown,
    /// Shortcodes: Zola up to 0.22.
    Shortcodes,
    /// All of Tera's templates: Zola from 0.23 on.
    Templates,
}
