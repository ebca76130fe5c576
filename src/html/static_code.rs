//! The static code of a block: escaped, and coloured by the host's highlighter or by ours.

use std::sync::Arc;
#[cfg(feature = "highlight")]
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

/// Makes the HTML of code.
#[derive(Clone, Default)]
pub(crate) struct CodeColours {
    host: Option<Arc<Highlight>>,
}

/// What was coloured before by ours, which colours the same code always alike.
#[cfg(feature = "highlight")]
static KNOWN: LazyLock<Mutex<Coloured>> = LazyLock::new(Mutex::default);

/// The HTML of code, by the code: some stands on many pages, and a site that is served is built
/// again with each change.
#[cfg(feature = "highlight")]
#[derive(Default)]
struct Coloured {
    html: HashMap<String, Arc<str>>,
    /// How much code and HTML that is.
    bytes: usize,
}

/// How much is kept: more than the code of most sites.
#[cfg(feature = "highlight")]
const MOST_BYTES: usize = 16 << 20;

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
        if let Some(html) = coloured(&code) {
            return html;
        }
        let mut escaped = String::with_capacity(code.len());
        // Writing to a String doesn't fail.
        let _ = pulldown_cmark_escape::escape_html_body_text(&mut escaped, &code);
        escaped
    }
}

/// Coloured by ours, the same code once.
#[cfg(feature = "highlight")]
fn coloured(code: &str) -> Option<String> {
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let before = known().html.get(code).map(Arc::clone);
    if let Some(html) = before {
        return Some(html.to_string());
    }
    let html = crate::html::highlight::highlight(code, "python")?;
    known().keep(code, &html);
    Some(html)
}

#[cfg(feature = "highlight")]
impl Coloured {
    fn keep(&mut self, code: &str, html: &str) {
        let bytes = code.len() + html.len();
        if bytes > MOST_BYTES {
            return;
        }
        if self.bytes + bytes > MOST_BYTES {
            *self = Self::default();
        }
        if self.html.insert(code.to_owned(), html.into()).is_none() {
            self.bytes += bytes;
        }
    }
}

#[cfg(all(test, feature = "highlight"))]
mod tests {
    use super::{CodeColours, Coloured, KNOWN, MOST_BYTES};

    #[test]
    fn the_same_code_is_coloured_once() {
        let code = "if the_same_code_is_coloured_once: 1";
        let colours = CodeColours::default();
        let html = colours.python(code);
        assert!(html.starts_with("<c-k>if</c-k> the_same"), "{html}");
        let before = "from before".into();
        let mut known = KNOWN.lock().expect("nobody panicked");
        known.html.insert(code.to_owned(), before);
        drop(known);
        assert_eq!(colours.python(code), "from before");
        assert_ne!(colours.python(&format!("{code}2")), "from before");
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let mut known = Coloured::default();
        let half = "x".repeat(MOST_BYTES / 2);
        for code in ["1", "2", "3"] {
            known.keep(code, &half);
            assert!(known.bytes <= MOST_BYTES);
            assert_eq!(known.html.len(), 1);
        }
        known.keep(&half, &half);
        known.keep("4", &half);
        assert!(known.bytes <= MOST_BYTES && known.html.contains_key("4"));
    }
}
