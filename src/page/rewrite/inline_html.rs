//! HTML for the middle of a line of Markdown: what is text in it stays text.

use pulldown_cmark::{Event, Parser, Tag};

use crate::syntax::html_comment::comment_length;

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

/// Whether a line that begins with this HTML and goes on is a block of HTML to Markdown, up to the next blank line.
pub(crate) fn begins_block(inline: &str) -> bool {
    let line = format!("{inline}a");
    let first = Parser::new(&line).next();
    matches!(first, Some(Event::Start(Tag::HtmlBlock)))
}

/// Elements whose text is read as it stands, up to their end tag: no references in it.
/// <https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments>
const RAW_TEXT: [&str; 6] = ["iframe", "noembed", "noframes", "script", "style", "xmp"];

/// How long the tag, the comment, or the element of raw text without its end tag is that `html`
/// starts with; 0 if it is none of them.
fn markup_length(html: &str) -> usize {
    let mut following = html[1..].chars();
    match following.next() {
        Some('!') if html.starts_with("<!--") => comment_length(html).unwrap_or(html.len()),
        Some('!' | '?') => html.find('>').map_or(html.len(), |end| end + 1),
        Some('/') if following.next().is_some_and(|c| c.is_ascii_alphabetic()) => tag_length(html),
        Some(first) if first.is_ascii_alphabetic() => {
            let tag = tag_length(html);
            let name = tag_name(&html[1..]);
            let raw = RAW_TEXT.iter().any(|raw| name.eq_ignore_ascii_case(raw));
            tag + if raw {
                raw_text_length(&html[tag..], name)
            } else {
                0
            }
        }
        _ => 0,
    }
}

/// The name that `tag`, without its `<` or `</`, starts with.
fn tag_name(tag: &str) -> &str {
    let ends = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
    tag.split(ends).next().unwrap_or_default()
}

/// Up to the end tag of the element `name`: other tags are text in it.
fn raw_text_length(html: &str, name: &str) -> usize {
    let mut ends = html.match_indices("</").map(|(at, _)| at);
    ends.find(|at| tag_name(&html[at + 2..]).eq_ignore_ascii_case(name))
        .unwrap_or(html.len())
}

/// A `>` in a quoted value ends no tag. A quote anywhere but behind `=` begins no value.
pub(super) fn tag_length(html: &str) -> usize {
    let mut at = 0;
    while let Some(length) = html[at..].find(['>', '=']) {
        at += length + 1;
        if html[..at].ends_with('>') {
            return at;
        }
        let value = html[at..].trim_start();
        if let Some(quote) = value.chars().next().filter(|c| ['"', '\''].contains(c)) {
            let start = html.len() - value.len() + 1;
            let Some(length) = html[start..].find(quote) else {
                break;
            };
            at = start + length + 1;
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

#[cfg(test)]
mod tests {
    use super::{as_inline, begins_block};

    #[test]
    fn text_becomes_references_and_tags_stay() {
        assert_eq!(as_inline("<b>a_b</b> &amp; é"), "<b>a&#95;b</b> &amp; é");
        assert_eq!(as_inline("1 < 2 & 3"), "1 &#60; 2 &#38; 3");
        assert_eq!(
            as_inline("<a title=\"a > b\">*</a>"),
            "<a title=\"a > b\">&#42;</a>"
        );
        assert_eq!(as_inline("<a title='|`'>"), "<a title='&#124;&#96;'>");
        assert_eq!(as_inline("<p it's>*</p>"), "<p it's>&#42;</p>");
        assert_eq!(as_inline("<a b = '>'>*"), "<a b = '>'>&#42;");
        assert_eq!(as_inline("</ b>"), "&#60;&#47; b&#62;");
    }

    #[test]
    fn elements_that_stand_in_text_begin_no_block() {
        for html in [
            "<aside>a</aside>",
            "<!-- a -->",
            "</div>",
            "<script></script>",
        ] {
            assert!(begins_block(html), "{html}");
        }
        for html in ["<b>a</b>", "<img src=a>", "a"] {
            assert!(!begins_block(html), "{html}");
        }
    }

    #[test]
    fn comments_and_declarations_stay() {
        for html in [
            "<!-- *a* > -->",
            "<!-->",
            "<!--->",
            "<!doctype html>",
            "<?a *b*?>",
        ] {
            assert_eq!(as_inline(&format!("{html}*")), format!("{html}&#42;"));
        }
    }

    #[test]
    fn scripts_and_styles_are_raw_up_to_their_own_end() {
        for html in [
            "<script>a = '<b>*</b>'</script>",
            "<SCRIPT>a * b</script >",
            "<script>a * '</scripts>' * b</script>",
            "<style>a > * { }</style>",
            "<style/>*</style>",
        ] {
            assert_eq!(as_inline(&format!("{html}*")), format!("{html}&#42;"));
        }
    }

    #[test]
    fn other_elements_are_not_raw_for_the_start_of_their_names() {
        for name in ["style-guide", "scripts", "styled", "script-x"] {
            let html = as_inline(&format!("<{name}>*</{name}>"));
            assert_eq!(html, format!("<{name}>&#42;</{name}>"));
        }
    }

    #[test]
    fn what_never_ends_is_kept_whole() {
        for html in ["<a b=\"*", "<a *", "<!-- *", "<script>*", "<script"] {
            assert_eq!(as_inline(html), html);
        }
    }
}
