//! The tags that load the runtime, and where a page has them.

use pulldown_cmark_escape::escape_html;

use crate::runtime_files::Assets;

/// The assets of one page.
///
/// ```
/// use pyfence::{PageContext, Renderer};
///
/// let renderer = Renderer::builder().base_url("/docs").build()?;
/// let page = renderer.render_page("```pyodide\n1\n```\n\n```pyodide\n2\n```\n", &PageContext::new("a.md"));
/// assert_eq!(page.assets.blocks(), 2);
/// assert_eq!(page.html.matches("<script").count(), 1);
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageAssets {
    blocks: usize,
    carrier: Option<usize>,
    head: String,
}

/// Where the tags that load the runtime stand in a page.
///
/// ```
/// use pyfence::{LoaderPlacement, PageContext, Renderer};
///
/// let renderer = Renderer::builder().loader(LoaderPlacement::Head).build()?;
/// let page = renderer.render_page("```pyodide\n1\n```\n", &PageContext::new("a.md"));
/// assert!(page.html.starts_with("<pyodide-block"));
/// assert!(page.assets.head().contains("<script type=\"module\""));
///
/// let page = renderer.render_page("No block.", &PageContext::new("b.md"));
/// assert_eq!(page.assets.head(), "");
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoaderPlacement {
    /// In the page's HTML, before its first block that may carry them: nothing is left to do.
    #[default]
    FirstBlock,
    /// In the page's `<head>`: the host writes [`PageAssets::head`] there.
    Head,
    /// Nowhere: the host writes [`Renderer::loader_tags`](crate::Renderer::loader_tags) where it
    /// likes.
    None,
}

impl PageAssets {
    /// How many blocks the page has.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// Whether the page's loader tags are in its HTML or in its [head](PageAssets::head). A page
    /// with blocks and without them needs them from somewhere else.
    pub fn has_loader(&self) -> bool {
        self.carrier.is_some() || !self.head.is_empty()
    }

    /// What the page's `<head>` has to hold: the loader tags where they are placed
    /// [there](LoaderPlacement::Head) and a block wants them, otherwise nothing.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether the block at `index` stands first among those that may carry the loader tags.
    pub(crate) fn is_carrier(&self, index: usize) -> bool {
        self.carrier == Some(index)
    }

    /// For a page with so many blocks; `carrier` is the first that may carry the loader tags.
    pub(crate) fn new(
        blocks: usize,
        carrier: Option<usize>,
        placement: LoaderPlacement,
        loader_tags: &str,
    ) -> Self {
        let is_in_head = placement == LoaderPlacement::Head && carrier.is_some();
        PageAssets {
            blocks,
            carrier: carrier.filter(|_| placement == LoaderPlacement::FirstBlock),
            head: if is_in_head { loader_tags } else { "" }.to_owned(),
        }
    }
}

/// The tags that load the runtime, for a site at `base_url`.
pub(crate) fn loader_tags(base_url: &str, assets: &Assets) -> String {
    let style = assets.file("pyfence.css");
    let script = assets.file("pyfence.js");
    let base = attribute(base_url.trim_end_matches('/'));
    format!(
        "<link rel=\"stylesheet\" href=\"{base}/{}\" integrity=\"{}\">\n\
         <script type=\"module\" src=\"{base}/{}\" integrity=\"{}\"></script>\n",
        style.path(),
        style.integrity(),
        script.path(),
        script.integrity(),
    )
}

fn attribute(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    // Writing to a String doesn't fail.
    let _ = escape_html(&mut escaped, value);
    escaped
}
