//! The static code of a block: escaped, and coloured by the host's highlighter or by ours.

use std::sync::Arc;

/// Makes the HTML of code.
#[derive(Clone, Default)]
pub(crate) struct CodeColours {
    host: Option<Arc<Highlight>>,
}

type Highlight = dyn Fn(&str) -> String + Send + Sync;

impl CodeColours {
    /// Colours by a function of the host.
    pub fn by(highlight: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self {
            host: Some(Arc::new(highlight)),
        }
    }

    /// The HTML of Python code; its text is `code`.
    pub fn python(&self, code: &str) -> String {
        // HTML has no NUL, not even as a reference; CommonMark says what to write instead.
        let code = code.replace('\0', "\u{FFFD}");
        if let Some(highlight) = &self.host {
            return highlight(&code);
        }
        #[cfg(feature = "highlight")]
        if let Some(html) = crate::html::highlight::highlight(&code, "python") {
            return html;
        }
        let mut escaped = String::with_capacity(code.len());
        // Writing to a String doesn't fail.
        let _ = pulldown_cmark_escape::escape_html_body_text(&mut escaped, &code);
        escaped
    }
}
