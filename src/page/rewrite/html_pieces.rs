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
        let (kind, length) = match text {
            Some((kind, length)) if length > 0 => (kind, length),
            _ => match markup(self.rest) {
                Some(kind) => (kind, markup_length(self.rest, kind)),
                None => (PieceKind::Text, length_to_markup(self.rest)),
            },
        };
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
    // Most tags are those of coloured code, which begin in another way.
    let first = tag.as_bytes().get(1)?.to_ascii_lowercase();
    if !matches!(first, b'i' | b'n' | b's' | b't' | b'x') {
        return None;
    }
    let mut elements = ELEMENTS_OF_TEXT.into_iter();
    elements.find(|(name, _)| opens(tag, name))
}

/// Whether `html` begins with the opening tag of an element of code.
pub(super) fn opens_code(html: &str) -> bool {
    matches!(opened_by(html), Some((_, PieceKind::RawText)))
}

/// Whether `html` begins with the opening tag of this element.
pub(super) fn opens(html: &str, name: &str) -> bool {
    html.starts_with('<') && has_name(&html[1..], name)
}

/// Whether `html` begins with the end tag of this element.
pub(super) fn ends(html: &str, name: &str) -> bool {
    html.starts_with("</") && has_name(&html[2..], name)
}

/// Whether a tag, without its `<` or `</`, has this name.
fn has_name(tag: &str, name: &str) -> bool {
    let Some((start, rest)) = tag.as_bytes().split_at_checked(name.len()) else {
        return false;
    };
    let is_whole = matches!(
        rest,
        [] | [b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>', ..]
    );
    is_whole && start.eq_ignore_ascii_case(name.as_bytes())
}

/// Up to the end tag of the element `name`: other tags are text in it.
fn text_length(html: &str, name: &str) -> usize {
    let mut ends = html.match_indices("</").map(|(at, _)| at);
    ends.find(|at| has_name(&html[at + 2..], name))
        .unwrap_or(html.len())
}

/// Whether `html` starts with a tag or with a comment.
fn markup(html: &str) -> Option<PieceKind> {
    match *html.as_bytes() {
        [b'<', b'!' | b'?', ..] => Some(PieceKind::Unseen),
        [b'<', b'/', first, ..] | [b'<', first, ..] if first.is_ascii_alphabetic() => {
            Some(PieceKind::Tag)
        }
        _ => None,
    }
}

/// How long the tag or the comment is that `html` starts with.
fn markup_length(html: &str, kind: PieceKind) -> usize {
    if kind == PieceKind::Tag {
        return tag_length(html);
    }
    let length = match html.starts_with("<!--") {
        true => comment_length(html),
        false => html.find('>').map(|end| end + 1),
    };
    length.unwrap_or(html.len())
}

/// How much of `html` is text before the next tag or comment.
fn length_to_markup(html: &str) -> usize {
    let mut starts = html.match_indices('<').map(|(at, _)| at);
    let markup = starts.find(|&at| markup(&html[at..]).is_some());
    markup.unwrap_or(html.len())
}

/// A `>` in a quoted value ends no tag. A quote anywhere but behind `=` begins no value.
fn tag_length(html: &str) -> usize {
    let mut at = 0;
    let mut end = 0;
    loop {
        if end <= at {
            let Some(length) = html[at..].find('>') else {
                break;
            };
            end = at + length + 1;
        }
        let Some(length) = html[at..end].find('=') else {
            return end;
        };
        at += length + 1;
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
