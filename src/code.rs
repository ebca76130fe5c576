//! The static code of a block: escaped, and coloured where the feature `highlight` is on.

/// The HTML of Python code; its text is `code`.
pub(crate) fn python_html(code: &str) -> String {
    // HTML has no NUL, not even as a reference; CommonMark says what to write instead.
    let code = code.replace('\0', "\u{FFFD}");
    #[cfg(feature = "highlight")]
    if let Some(html) = crate::highlight::Highlighter::new().highlight(&code, "python") {
        return html;
    }
    let mut escaped = String::with_capacity(code.len());
    // Writing to a String doesn't fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut escaped, &code);
    escaped
}
