//! The HTML of a recorded output: what the page shows before anybody runs the block.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::{Record, RecordedOutput};

/// What the page's own code would take for its own, and what asks another host.
static HARMLESS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        // A picture of another host would tell it who reads.
        .rm_tags(["img", "map", "area"])
        .rm_generic_attributes(["title"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// HTML of a program without what could run, load or look like a part of the page: scripts, styles,
/// frames, pictures, forms, classes and ids.
///
/// ```
/// let html = "<table onclick=\"x()\"><tr><td style=\"color: red\">1</td></tr></table><script>x()</script>";
/// assert_eq!(
///     pyfence::safe_html(html),
///     "<table><tbody><tr><td>1</td></tr></tbody></table>"
/// );
/// ```
pub fn safe_html(html: &str) -> String {
    HARMLESS.clean(html).to_string()
}

impl Record {
    /// The output as the block has it under its code; `pictures` is where their files are.
    pub(crate) fn html(&self, pictures: &str) -> String {
        let mut html = String::from("<div class=\"pyfence-output\" data-recorded=\"");
        escaped_into(&mut html, &self.digest);
        html.push_str("\">");
        for output in &self.outputs {
            output.push_html(&mut html, pictures);
        }
        html.push_str("</div>");
        html
    }
}

impl RecordedOutput {
    fn push_html(&self, html: &mut String, pictures: &str) {
        if let Some(picture) = &self.picture {
            html.push_str("<div class=\"pyfence-value\"><img src=\"");
            escaped_into(html, &format!("{pictures}/{picture}"));
            html.push_str("\" alt=\"");
            escaped_into(html, &self.text);
            html.push_str("\"></div>");
        } else if let Some(value) = &self.html {
            html.push_str("<div class=\"pyfence-value pyfence-html\">");
            html.push_str(&safe_html(value));
            html.push_str("</div>");
        } else {
            let kind = match self.kind.as_str() {
                "stderr" => "stderr",
                "error" => "error",
                "value" => "value",
                _ => "stdout",
            };
            // The first line end behind the tag is none of the text.
            html.push_str(&format!("<pre class=\"pyfence-{kind}\">"));
            if self.text.starts_with('\n') {
                html.push('\n');
            }
            // HTML has no NUL.
            let text = self.text.replace('\0', "\u{FFFD}");
            let text = text.strip_suffix('\n').unwrap_or(&text);
            // Writing to a String doesn't fail.
            let _ = escape_html_body_text(&mut *html, text);
            html.push_str("</pre>");
        }
    }
}

fn escaped_into(html: &mut String, text: &str) {
    // Writing to a String doesn't fail.
    let _ = escape_html(html, text);
}
