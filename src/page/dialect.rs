//! What a generator reads in its content.

/// What a generator reads in its content beside Markdown; see
/// [`Renderer::rewrite_page`](crate::Renderer::rewrite_page).
///
/// ```
/// use pyfence::{Dialect, PageContext, Renderer};
///
/// let renderer = Renderer::builder().build()?;
/// let text = "{% pyodide() %}\n1\n{% end %}\n";
/// let context = PageContext::new("a.md");
/// let markdown = |dialect| renderer.rewrite_page(text, &context, dialect).markdown;
/// assert_eq!(markdown(Dialect::Markdown), text);
/// assert!(markdown(Dialect::Shortcodes).contains("<pyodide-block"));
/// # Ok::<(), pyfence::Error>(())
/// ```
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
