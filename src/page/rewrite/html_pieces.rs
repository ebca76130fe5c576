//! HTML in pieces, as a browser takes it apart
//! (<https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments>).

use crate::syntax::html_comment::comment_length;

/// What a piece of HTML is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Tag,
    /// Text with references.
    Text,
    /// The text of `<textarea>` and `<title>`: references are read in it, tags and comments are not.
    EscapableText,
    /// Code, or `<xmp>`: read as it stands, with no references.
    RawText,
    /// A comment, a declaration, or the text of an element that no browser shows.
    Unseen,
}

pub(super) struct HtmlPiece<'h> {
    pub kind: PieceKind,
    pub html: &'h str,
}

/// Elements whose text holds no tags.
const ELEMENTS_OF_TEXT: [(&str, PieceKind); 8] = [
    ("iframe", PieceKind::Unseen),
    ("noembed", PieceKind::Unseen),
    ("noframes", PieceKind::Unseen),
    ("script", PieceKind::RawText),
    ("style", PieceKind::RawText),
    ("textarea", PieceKind::EscapableText),
    ("title", PieceKind::EscapableText),
    ("xmp", PieceKind::RawText),
];

/// The pieces of HTML, one behind the other.
pub(super) struct HtmlPieces<'h> {
    rest: &'h str,
    /// The element that has been opened, whose text comes next.
    opened: Option<(&'static str, PieceKind)>,
}

impl<'h> HtmlPieces<'h> {
    pub fn of(html: &'h str) -> Self {
        Self {
            rest: html,
            opened: None,
        }
    }
}

impl<'h> Iterator for HtmlPieces<'h> {
    type Item = HtmlPiece<'h>;

    fn next(&mut self) -> Option<Self::Item> {
        let opened = self.opened.take();
        let text = opened.map(|(name, kind)| (kind, text_length(self.rest, name)));
        let (kind, length) = text
            .filter(|(_, length)| *length > 0)
            .or_else(|| markup(self.rest))
            .unwrap_or_else(|| (PieceKind::Text, length_to_markup(self.rest)));
        let (html, rest) = self.rest.split_at(length);
        self.rest = rest;
        if kind == PieceKind::Tag {
            self.opened = opened_by(html);
        }
        (length > 0).then_some(HtmlPiece { kind, html })
    }
}

/// The element of text that a tag opens.
fn opened_by(tag: &str) -> Option<(&'static str, PieceKind)> {
    let opened = name_of(tag.strip_prefix('<')?);
    let mut elements = ELEMENTS_OF_TEXT.into_iter();
    elements.find(|(name, _)| opened.eq_ignore_ascii_case(name))
}

/// Whether `html` begins with the opening tag of this element.
pub(super) fn opens(html: &str, name: &str) -> bool {
    let tag = html.strip_prefix('<');
    tag.is_some_and(|tag| name_of(tag).eq_ignore_ascii_case(name))
}

/// Whether `html` begins with the end tag of this element.
pub(super) fn ends(html: &str, name: &str) -> bool {
    let tag = html.strip_prefix("</");
    tag.is_some_and(|tag| name_of(tag).eq_ignore_ascii_case(name))
}

/// The name that a tag, without its `<` or `</`, starts with.
fn name_of(tag: &str) -> &str {
    let ends = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>');
    let end = tag.bytes().position(ends);
    &tag[..end.unwrap_or(tag.len())]
}

/// Up to the end tag of the element `name`: other tags are text in it.
fn text_length(html: &str, name: &str) -> usize {
    let mut ends = html.match_indices("</").map(|(at, _)| at);
    ends.find(|at| name_of(&html[at + 2..]).eq_ignore_ascii_case(name))
        .unwrap_or(html.len())
}

/// The tag or the comment that `html` starts with, and how long it is.
fn markup(html: &str) -> Option<(PieceKind, usize)> {
    let mut following = html.strip_prefix('<')?.chars();
    match following.next()? {
        '!' if html.starts_with("<!--") => {
            let length = comment_length(html).unwrap_or(html.len());
            Some((PieceKind::Unseen, length))
        }
        '!' | '?' => {
            let length = html.find('>').map_or(html.len(), |end| end + 1);
            Some((PieceKind::Unseen, length))
        }
        '/' if following.next().is_some_and(|c| c.is_ascii_alphabetic()) => {
            Some((PieceKind::Tag, tag_length(html)))
        }
        first if first.is_ascii_alphabetic() => Some((PieceKind::Tag, tag_length(html))),
        _ => None,
    }
}

/// How much of `html` is text before the next tag or comment.
fn length_to_markup(html: &str) -> usize {
    let mut starts = html.match_indices('<').map(|(at, _)| at);
    starts
        .find(|&at| markup(&html[at..]).is_some())
        .unwrap_or(html.len())
}

/// A `>` in a quoted value ends no tag. A quote anywhere but behind `=` begins no value.
fn tag_length(html: &str) -> usize {
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

#[cfg(test)]
mod tests {
    use super::{HtmlPieces, PieceKind};

    fn pieces(html: &str) -> Vec<(PieceKind, &str)> {
        let pieces = HtmlPieces::of(html);
        pieces.map(|piece| (piece.kind, piece.html)).collect()
    }

    #[test]
    fn tags_comments_and_text() {
        use PieceKind::{Tag, Text, Unseen};
        assert_eq!(
            pieces("1 < 2<a b='>'>c</a ><!-- <d> -->e<?f?></ g"),
            [
                (Text, "1 < 2"),
                (Tag, "<a b='>'>"),
                (Text, "c"),
                (Tag, "</a >"),
                (Unseen, "<!-- <d> -->"),
                (Text, "e"),
                (Unseen, "<?f?>"),
                (Text, "</ g"),
            ]
        );
    }

    #[test]
    fn text_of_scripts_goes_up_to_their_own_end() {
        use PieceKind::{EscapableText, RawText, Tag, Unseen};
        for (tag, text, kind) in [
            ("<script>", "a = '<b>*</b>'", RawText),
            ("<SCRIPT src=x>", "a * '</scripts>' * b", RawText),
            ("<style/>", "a > * {}", RawText),
            ("<textarea>", "<b> &amp;", EscapableText),
            ("<iframe>", "\n", Unseen),
        ] {
            let name = tag.trim_matches(['<', '/', '>']).split(' ').next();
            let end = format!("</{}>", name.unwrap_or_default());
            let html = format!("{tag}{text}{end}");
            assert_eq!(
                pieces(&html),
                [(Tag, tag), (kind, text), (Tag, end.as_str())]
            );
        }
        assert_eq!(pieces("<script></script>").len(), 2);
        for name in ["style-guide", "scripts", "styled", "script-x"] {
            assert_eq!(pieces(&format!("<{name}><b></{name}>"))[1], (Tag, "<b>"));
        }
    }

    #[test]
    fn what_never_ends_is_one_piece() {
        for html in ["<a b=\"*", "<a *", "<!-- *", "<script"] {
            assert_eq!(pieces(html).len(), 1, "{html}");
        }
        assert_eq!(pieces("<script>*<b>").len(), 2);
    }
}
