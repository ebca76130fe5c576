//! What a host says of a page.

use crate::block::options::BlockOptions;

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
            defaults: BlockOptions::default(),
            base_url: None,
            language: None,
            #[cfg(feature = "records")]
            records: None,
            variables: tera::Context::new(),
        }
    }
}
