//! HTML on lines of Markdown, such that the Markdown parser passes it on as it is, a template
//! engine finds nothing in it, and what a site computes from the page's text is what a plain code
//! fence gives.

use std::borrow::Cow;
use std::ops::Range;

use super::html_pieces::{HtmlPiece, HtmlPieces, PieceKind, ends, opens};

/// Opens and ends the lines of HTML that hold code.
///
/// An HTML block that starts with a comment ends with the line that ends the comment (CommonMark
/// 0.31, HTML blocks, start condition 2), so the first line may stand wherever a line may start,
/// and no blank line is needed behind it: that would make a list loose and end a quote.
///
/// Zola counts words in the Markdown and leaves out what stands between one "```" and the next
/// (`get_reading_analytics`): with the marks in the comments it counts none of the HTML.
const CODE_MARK: &str = "<!--```-->";

/// Opens a line of HTML without code: see [`CODE_MARK`].
const LINE_MARK: &str = "<!---->";

/// What opens a template.
pub(super) const TEMPLATE_STARTS: [&str; 3] = ["{{", "{%", "{#"];

/// HTML in which `<pre>`, `<script>` and `<style>` have their own line ends, each from the start of
/// a line on: that opens an HTML block which only the end tag ends, so that blank lines may stand
/// in it (CommonMark 0.31, HTML blocks, start condition 1). All else is on the lines around them.
///
/// References for the line ends would do as well for code, but a template's `content | striptags`
/// leaves them as text for readers and search engines to see; in scripts and styles there are none.
pub(super) fn html_lines(html: &str) -> String {
    let html = html.trim();
    let holds_code = html.contains("</pre>");
    let mark = if holds_code { CODE_MARK } else { LINE_MARK };
    let mut lines = String::from(mark);
    let mut done = 0;
    for element in elements_of_lines(html) {
        lines.push_str(&tags_on_one_line(&html[done..element.start]));
        lines.push('\n');
        lines.push_str(&on_lines(&html[element.clone()]));
        done = element.end;
    }
    lines.push_str(&one_line(&html[done..]));
    if holds_code {
        lines.push_str(CODE_MARK);
    }
    lines
}

/// The same within HTML that a blank line would end: comments stand in those of code. Nothing where scripts have some.
pub(super) fn html_lines_without_blank(html: &str) -> Option<String> {
    let is_blank = |line: &str| line.trim().is_empty();
    let other_has_blank = elements_of_lines(html).into_iter().any(|element| {
        let element = &html[element];
        !opens(element, "pre") && element.lines().any(is_blank)
    });
    let lines = html_lines(html);
    let lines = lines.split('\n').map(|line| match is_blank(line) {
        true => format!("{LINE_MARK}{line}"),
        false => line.to_owned(),
    });
    (!other_has_blank).then(|| lines.collect::<Vec<_>>().join("\n"))
}

/// Where each element stands whose lines Markdown leaves as they are, if it has an end tag.
fn elements_of_lines(html: &str) -> Vec<Range<usize>> {
    const ELEMENTS: [&str; 3] = ["pre", "script", "style"];
    let mut found = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for HtmlPiece { kind, html: piece } in HtmlPieces::of(html) {
        let start = at;
        at += piece.len();
        if kind != PieceKind::Tag {
            continue;
        }
        match open {
            Some((name, element)) if ends(piece, name) => {
                found.push(element..at);
                open = None;
            }
            Some(_) => {}
            None => {
                let mut names = ELEMENTS.into_iter();
                open = names
                    .find(|name| opens(piece, name))
                    .map(|name| (name, start));
            }
        }
    }
    found
}

/// The same on a single line, where further lines can't be had: line ends are references.
pub(super) fn html_line(html: &str) -> String {
    if html.contains("</pre>") {
        let start_of_code = elements_of_lines(html)
            .into_iter()
            .find(|element| opens(&html[element.clone()], "pre"))
            .map_or(0, |element| element.start);
        let (tags, code) = html.split_at(start_of_code);
        let tags = tags_on_one_line(tags);
        format!("{CODE_MARK}{tags}{}{CODE_MARK}", one_line(code))
    } else {
        format!("{LINE_MARK}{}", one_line(html))
    }
}

/// HTML on one line, in which no template begins: line ends and braces are references, but line ends between the
/// attributes of a tag, where there are none. Nor are there in the code of scripts and style sheets: with further lines
/// it is no longer the same (see [`keeps_code`](super::kept_code::keeps_code)).
pub(super) fn one_line(html: &str) -> String {
    let pieces = HtmlPieces::of(html.trim());
    pieces.map(piece_on_one_line).collect()
}

/// The tags before code: line ends between them mean nothing, those of the code do.
fn tags_on_one_line(html: &str) -> String {
    let is_between_tags = |piece: &HtmlPiece<'_>| piece.html == "\n";
    let pieces = HtmlPieces::of(html.trim()).filter(|piece| !is_between_tags(piece));
    pieces.map(piece_on_one_line).collect()
}

pub(super) fn piece_on_one_line(HtmlPiece { kind, html }: HtmlPiece<'_>) -> String {
    match kind {
        PieceKind::Tag => with_references(&attributes_on_one_line(html)),
        PieceKind::Text | PieceKind::EscapableText => with_references(html),
        PieceKind::RawText => html.replace('\n', "&#10;"),
        PieceKind::Unseen => apart(&html.replace('\n', " ")),
    }
}

fn with_references(html: &str) -> String {
    html.replace('\r', "")
        .replace('\n', "&#10;")
        .replace('{', "&#123;")
        .replace("```", "&#96;&#96;&#96;")
}

/// What nobody sees, with a space in what would open a template.
fn apart(unseen: &str) -> String {
    split_starts(&unseen.replace("```", "`` `"), " ")
}

/// A tag with spaces for the line ends outside of quotes.
fn attributes_on_one_line(tag: &str) -> String {
    let mut quote = None;
    let mut last = ' ';
    let characters = tag.chars().map(|character| {
        if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && last == '=' && ['"', '\''].contains(&character) {
            quote = Some(character);
        }
        if !character.is_whitespace() {
            last = character;
        }
        match character {
            '\n' if quote.is_none() => ' ',
            other => other,
        }
    });
    characters.collect()
}

/// An element with its own line ends, in which no template begins but in the code of scripts and style sheets, and no
/// mark of a fence stands: in text a comment comes between, which is no part of it.
fn on_lines(element: &str) -> Cow<'_, str> {
    // Most of them are so already.
    let end_tag = element.rfind("</").unwrap_or_default();
    let is_ended = !element[end_tag..].contains(|c: char| c.is_ascii_uppercase());
    let is_changed = element.contains('\r')
        || element.contains("```")
        || TEMPLATE_STARTS.iter().any(|start| element.contains(start));
    if is_ended && !is_changed {
        return element.into();
    }
    let element = element.replace('\r', "");
    let pieces = HtmlPieces::of(&element).map(|HtmlPiece { kind, html }| match kind {
        PieceKind::Text => {
            let (mark, apart) = ("```", "``<!---->`");
            let code = html.replace(mark, apart).replace(mark, apart);
            split_starts(&code, "<!---->")
        }
        // pulldown-cmark finds the end of a block of HTML by tags in lower case alone.
        PieceKind::Tag if html.starts_with("</") => html.to_ascii_lowercase(),
        PieceKind::Tag | PieceKind::EscapableText => html
            .replace('{', "&#123;")
            .replace("```", "&#96;&#96;&#96;"),
        PieceKind::RawText => html.to_owned(),
        PieceKind::Unseen => apart(html),
    });
    pieces.collect::<String>().into()
}

/// A second pass reaches what overlaps with the matches of the first, such as the middle of `{{{`.
fn split_starts(text: &str, between: &str) -> String {
    let mut split = text.to_owned();
    for start in TEMPLATE_STARTS {
        if split.contains(start) {
            let (brace, rest) = start.split_at(1);
            let apart = format!("{brace}{between}{rest}");
            split = split.replace(start, &apart).replace(start, &apart);
        }
    }
    split
}
