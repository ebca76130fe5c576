//! HTML for the middle of a line of Markdown: what is text in it stays text.

/// `html`, one line, with references in the place of all that Markdown could read something into.
/// Tags are HTML to Markdown as well; what scripts and styles hold has no references.
pub(crate) fn as_inline(html: &str) -> String {
    let mut inline = String::with_capacity(html.len() * 2);
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '<' => markup_length(rest),
            '&' => reference_length(rest),
            _ => 0,
        };
        if length > 0 {
            // They would end the cell of a table, or begin code.
            let markup = rest[..length].replace('|', "&#124;");
            inline.push_str(&markup.replace('`', "&#96;"));
        } else if first.is_ascii_punctuation() {
            inline.push_str(&format!("&#{};", u32::from(first)));
        } else {
            inline.push(first);
        }
        rest = &rest[length.max(first.len_utf8())..];
    }
    inline
}

/// How long the tag, the comment, or the script with its end is that `html` starts with; 0 if it
/// is none of them.
fn markup_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    if !html[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return 0;
    }
    let tag = tag_length(html);
    for raw in ["script", "style"] {
        let name = html[1..].get(..raw.len()).unwrap_or_default();
        if name.eq_ignore_ascii_case(raw) {
            return html[tag..].find("</").map_or(html.len(), |end| tag + end);
        }
    }
    tag
}

/// A `>` in quotes ends no tag.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, character) in html.char_indices() {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn reference_length(html: &str) -> usize {
    let name = html[1..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    let end = html.len() - name.len();
    if end > 1 && name.starts_with(';') {
        end + 1
    } else {
        0
    }
}
