//! HTML for the middle of a line of Markdown: what is text in it stays text.

use pulldown_cmark::{Event, Parser, Tag};

use super::html_lines::piece_on_one_line;
use super::html_pieces::{HtmlPieces, PieceKind};

/// `html` on one line, with references in the place of all that Markdown could read something into.
/// Tags are HTML to Markdown as well. What they hold is text to it, the code of scripts and style sheets too: there it
/// reads references, which a browser wouldn't, and writes others for `<`, `>` and `&`.
pub(crate) fn as_inline(html: &str) -> String {
    let mut inline = String::with_capacity(html.len() * 2);
    for piece in HtmlPieces::of(html.trim()) {
        match piece.kind {
            PieceKind::RawText => push_text(&mut inline, piece.html, |_| 0),
            // They would end the cell of a table, or begin code.
            PieceKind::Tag | PieceKind::Unseen => {
                let markup = piece_on_one_line(piece).replace('|', "&#124;");
                inline.push_str(&markup.replace('`', "&#96;"));
            }
            PieceKind::Text | PieceKind::EscapableText => {
                push_text(&mut inline, piece.html, reference_length);
            }
        }
    }
    inline
}

/// Text in which the reference stays that it starts with at any place, if it has this length there.
fn push_text(inline: &mut String, text: &str, reference_length: fn(&str) -> usize) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '&' => reference_length(rest),
            _ => 0,
        };
        if length > 0 {
            inline.push_str(&rest[..length]);
        } else if first.is_ascii_punctuation() || first == '\n' {
            inline.push_str(&format!("&#{};", u32::from(first)));
        } else if first != '\r' {
            inline.push(first);
        }
        rest = &rest[length.max(first.len_utf8())..];
    }
}

/// Whether a line that begins with this HTML and goes on is a block of HTML to Markdown, up to the next blank line.
pub(crate) fn begins_block(inline: &str) -> bool {
    let line = format!("{inline}a");
    let first = Parser::new(&line).next();
    matches!(first, Some(Event::Start(Tag::HtmlBlock)))
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
    fn markdown_reads_references_in_code() {
        assert_eq!(
            as_inline("<script>a\n&amp;*</script>*"),
            "<script>a&#10;&#38;amp&#59;&#42;</script>&#42;"
        );
    }

    #[test]
    fn what_never_ends_is_kept_whole() {
        for html in ["<a b=\"*", "<a *", "<!-- *", "<script"] {
            assert_eq!(as_inline(html), html);
        }
    }
}
