//! The tags that Markdown itself can't write.

use pulldown_cmark_escape::{escape_href, escape_html};

/// The start of the first link in a text.
pub(super) fn opening_tag(link: &str) -> Option<&str> {
    let start = link.find("<a")?;
    let end = link[start..].find('>')?;
    Some(&link[start..=start + end])
}

/// The start of a link out of the site; `attributes` are HTML.
pub(super) fn external_link(address: &str, title: &str, attributes: &str) -> String {
    format!(
        "<a href=\"{}\"{}{attributes}>",
        href(address),
        title_attribute(title)
    )
}

/// An image that loads when the reader comes near it.
pub(super) fn lazy_image(address: &str, alt: &str, title: &str) -> String {
    format!(
        "<img src=\"{}\" alt=\"{}\"{} loading=\"lazy\" decoding=\"async\" />",
        href(address),
        text(alt),
        title_attribute(title),
    )
}

fn title_attribute(title: &str) -> String {
    match title {
        "" => String::new(),
        title => format!(" title=\"{}\"", text(title)),
    }
}

fn href(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    // Writing to a string can't fail.
    let _ = escape_href(&mut escaped, address);
    escaped
}

/// Text as HTML.
pub(super) fn text(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    let _ = escape_html(&mut escaped, raw);
    escaped
}
