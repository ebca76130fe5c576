//! The tags that load the runtime, and where a page has them.

use pulldown_cmark_escape::escape_html;

#[cfg(any(feature = "site", feature = "zola"))]
use crate::page::finished::FinishedPage;
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

/// A finished page with the tags before the first of its blocks that may carry them; `None` if it has
/// them, or no such block. Blocks that authors or templates wrote as HTML carry none by themselves.
#[cfg(any(feature = "site", feature = "zola"))]
pub(crate) fn completed(html: &str, assets: &Assets, tags: &str) -> Option<String> {
    const BLOCK: &str = "<pyodide-block";
    // No attribute's value ends in it.
    const MARK: &str = "<script/src=/pyfence.js#";
    if !html.contains(BLOCK) || html.contains(assets.folder()) {
        return None;
    }
    if !FinishedPage::read(html).loaders.is_empty() {
        return None;
    }
    // What looks like a block may stand in a comment or a script: a script before it tells.
    let starts: Vec<usize> = html.match_indices(BLOCK).map(|(at, _)| at).collect();
    let mut marked = String::with_capacity(html.len() * 2);
    let mut from = 0;
    for (index, &start) in starts.iter().enumerate() {
        marked.push_str(&html[from..start]);
        marked.push_str(&format!("{MARK}{index}></script>"));
        from = start;
    }
    marked.push_str(&html[from..]);
    let marks = FinishedPage::read(&marked).loaders;
    let mut seen = marks.iter().filter_map(|(address, _)| {
        let (_, index) = address.split_once('#')?;
        index.parse::<usize>().ok()
    });
    let carrier = seen.find(|&index| {
        let end = starts.get(index + 1).copied().unwrap_or(html.len());
        let block = FinishedPage::read(&html[starts[index]..end]);
        block.has_blocks() && !block.leaves_loader()
    });
    let (before, after) = html.split_at(starts[carrier?]);
    Some(format!("{before}{tags}{after}"))
}

fn attribute(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    // Writing to a String doesn't fail.
    let _ = escape_html(&mut escaped, value);
    escaped
}

#[cfg(all(test, any(feature = "site", feature = "zola")))]
mod tests {
    use super::completed;
    use crate::page::context::PageContext;
    use crate::renderer::Renderer;

    #[test]
    fn blocks_written_as_html_get_the_tags() {
        let renderer = Renderer::builder().build().expect("it has no templates");
        let completed = |html: &str| completed(html, renderer.assets(), renderer.loader_tags());
        let tags = renderer.loader_tags();
        let block = "<pyodide-block session=\"x\"><pre><code>1</code></pre></pyodide-block>";
        let leaves = "<pyodide-block assets=\"no\"><pre><code>2</code></pre></pyodide-block>";
        // What looks like a block isn't one everywhere.
        for before in [
            "<p>",
            "<!-- <pyodide-block> -->",
            "<script>'<pyodide-block>'</script>",
            "<p title=\"<pyodide-block>\" class='<pyodide-block>' id=<pyodide-block>",
            "<textarea><pyodide-block></textarea>",
            leaves,
        ] {
            let page = completed(&format!("{before}{block}{block}"));
            let page = page.unwrap_or_else(|| panic!("{before} gets none"));
            assert_eq!(page, format!("{before}{tags}{block}{block}"));
        }
        for page in [
            "no block",
            "<!-- <pyodide-block> -->",
            "&lt;pyodide-block>",
            leaves,
            &format!("<script src=/mine/pyfence.js></script>{block}"),
            &format!("{block}<script type=module src='../pyfence/0.1.0/pyfence.js?1'></script>"),
            &format!("{tags}{block}"),
        ] {
            assert_eq!(completed(page), None, "{page}");
        }
    }

    #[test]
    fn pages_whose_blocks_leave_the_tags_get_none() {
        let renderer = Renderer::builder().build().expect("it has no templates");
        let context = PageContext::new("a.md");
        let page = renderer.render_page("```pyodide assets=no\n1\n```\n", &context);
        let tags = renderer.loader_tags();
        assert_eq!(completed(&page.html, renderer.assets(), tags), None);
    }
}
