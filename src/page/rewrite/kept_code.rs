//! Whether the code of scripts and style sheets is still the same: a browser reads no references in it.

use pulldown_cmark::{Options, Parser, html::push_html};

use super::html_lines::TEMPLATE_STARTS;
use super::html_pieces::{HtmlPieces, PieceKind, opens_code};
use super::written::ReadAs;
use crate::page::dialect::Dialect;
use crate::syntax::shortcode;

/// Whether all code in `html` is the same when `lines`, which stand for it in Markdown, are read so.
pub(super) fn keeps_code(
    html: &str,
    lines: &str,
    read_as: ReadAs,
    dialect: Dialect,
    options: Options,
) -> bool {
    // Most HTML has none, and isn't read once more.
    let mut tags = html.match_indices('<').map(|(at, _)| &html[at..]);
    if !tags.any(opens_code) {
        return true;
    }
    let codes = codes(html);
    if codes.is_empty() {
        return true;
    }
    match read_as {
        ReadAs::Block => {
            codes == self::codes(lines) && codes.iter().all(|code| can_be_protected(code, dialect))
        }
        ReadAs::Line => codes == self::codes(&read_in_line(lines, options)),
    }
}

/// The texts of the scripts and style sheets.
fn codes(html: &str) -> Vec<String> {
    let pieces = HtmlPieces::of(html).filter(|piece| piece.kind == PieceKind::RawText);
    pieces.map(|piece| piece.html.replace('\r', "")).collect()
}

/// What Markdown makes of a part of a line.
fn read_in_line(line: &str, options: Options) -> String {
    let mut read = String::new();
    // A tag at the start of a line would begin a block.
    let line = format!("a {line}");
    push_html(&mut read, Parser::new_ext(&line, options));
    read
}

/// Whether code can be handed to a generator such that it reads nothing in it.
fn can_be_protected(code: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Markdown => true,
        Dialect::Shortcodes => {
            let (calls, mistakes) = shortcode::parse(code, &[]);
            calls.is_empty() && mistakes.is_empty()
        }
        Dialect::Templates => !(opens_template(code) && code.contains("endraw")),
    }
}

/// Whether a template engine would read something in it.
pub(super) fn opens_template(text: &str) -> bool {
    TEMPLATE_STARTS.iter().any(|start| text.contains(start))
}
