//! The components of a page among its shortcodes.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::html::templates::Templates;
use crate::syntax::component::{ComponentCall, component_calls};
use crate::syntax::shortcode::Piece;

use super::Found;

/// The calls of a page; none is one that Markdown shows as code.
pub(super) fn of_page(text: &str, options: Options) -> Vec<ComponentCall<'_>> {
    if component_calls(text, &[]).is_empty() {
        return Vec::new();
    }
    let events = Parser::new_ext(text, options).into_offset_iter();
    let code: Vec<Range<usize>> = events
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, span)| span)
        .collect();
    component_calls(text, &code)
}

/// What a page has of shortcodes, with its components, whose bodies are Tera's; and where the calls
/// stand that aren't read.
pub(super) fn among(
    (mut pieces, mut mistakes): Found,
    calls: Vec<ComponentCall<'_>>,
    templates: &Templates,
) -> (Found, Vec<Range<usize>>) {
    let (calls, unread): (Vec<_>, Vec<_>) = calls.into_iter().partition(|call| {
        call.ends && templates.has_component(call.name) && !is_in_one(&call.span, &pieces)
    });
    let unread = unread.into_iter().map(|call| call.span).collect();
    let spans: Vec<_> = calls.into_iter().map(|call| call.span).collect();
    let is_in_body = |at: usize| {
        let after = spans.partition_point(|span| span.start <= at);
        after > 0 && at < spans[after - 1].end
    };
    pieces.retain(|piece| !is_in_body(piece.span().start));
    mistakes.retain(|mistake| !is_in_body(mistake.span.start));
    pieces.extend(spans.iter().cloned().map(|span| Piece::Component { span }));
    pieces.sort_by_key(|piece| piece.span().start);
    ((pieces, mistakes), unread)
}

/// Whether a call stands in a shortcode, or in a `pyodide` fence.
fn is_in_one(call: &Range<usize>, pieces: &[Piece]) -> bool {
    let after = pieces.partition_point(|piece| piece.span().start <= call.start);
    after > 0 && call.start < pieces[after - 1].span().end
}
