//! What a host says of a page.

use std::sync::Arc;

use crate::block::options::BlockOptions;
use crate::error::LinePlace;

/// What a host says of the page that it has rendered.
///
/// ```
/// use pyfence::{PageContext, Renderer};
///
/// // A file whose first three lines are front matter, in a site that links relatively.
/// let mut context = PageContext::new("content/loops.md");
/// context.first_line = 4;
/// context.base_url = Some("..".to_owned());
/// context.defaults.set("session", "loops")?;
///
/// let page = Renderer::builder().build()?.render_page("```pyodide\n1\n```\n", &context);
/// assert!(page.html.contains("src=\"../pyfence/"));
/// assert!(page.html.contains("<pyodide-block session=\"loops\">"));
/// # Ok::<(), pyfence::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PageContext {
    /// The file's name as messages show it, such as `content/loops.md`.
    pub name: String,
    /// The line of the file at which the Markdown starts, from 1: more than 1 after front matter.
    pub first_line: usize,
    /// Where each line of the Markdown stands, for hosts that put it together from several files, or
    /// get it from somebody who has changed it. Where there are none, lines follow each other from
    /// `first_line` on.
    pub lines: Arc<[LinePlace]>,
    /// The file's path from the site's folder on. Each block says in its HTML then where it stands:
    /// `data-source="content/loops.md:12"`. `pyfence test` tells by it which block fails, whatever
    /// page it is on.
    ///
    /// ```
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let mut context = PageContext::new("content/loops.md");
    /// context.source = Some("content/loops.md".to_owned());
    /// let page = Renderer::builder().build()?.render_page("\n```pyodide\n1\n```\n", &context);
    /// assert!(page.html.contains("<pyodide-block data-source=\"content/loops.md:2\" session="));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub source: Option<String>,
    /// The page's defaults for the options of its blocks. They go before the site's.
    pub defaults: BlockOptions,
    /// Where the site's root is, as seen from this page: `..` for a page in a folder of a site
    /// that links relatively. The renderer's own when it is `None`.
    pub base_url: Option<String>,
    /// The page's language, as in `<html lang>`, for the words that its blocks have without
    /// JavaScript. The renderer's own when it is `None`.
    pub language: Option<String>,
    /// What the page's blocks showed when they were tested; those that have not changed since show
    /// it before anybody runs them.
    #[cfg(feature = "records")]
    pub records: Option<crate::records::PageRecords>,
    /// What templates of shortcodes see beside their arguments, such as `page` and `config`.
    pub variables: tera::Context,
}

impl PageContext {
    /// A page whose Markdown starts at the first line of its file.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            first_line: 1,
            lines: Arc::default(),
            source: None,
            defaults: BlockOptions::default(),
            base_url: None,
            language: None,
            #[cfg(feature = "records")]
            records: None,
            variables: tera::Context::new(),
        }
    }
}
