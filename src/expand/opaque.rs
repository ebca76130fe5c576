//! The `pyodide` fences of a page with shortcodes: stretches in which nothing is expanded.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::syntax::fence::{self, FENCE_WORD};
use crate::syntax::shortcode::{self, Call, Piece};

/// A `pyodide` fence of the page.
pub(super) struct OpaqueFence {
    pub span: Range<usize>,
    pub info: String,
    pub code: String,
}

/// The `pyodide` fences of `source`, as Markdown sees them.
///
/// Whichever opens first, fence or `pyodide` shortcode, holds what is inside it. So the code in
/// shortcodes is hidden from Markdown here (it may hold anything), except in those that turn out
/// to stand inside a fence.
pub(super) fn opaque_fences(source: &str, options: Options) -> Vec<OpaqueFence> {
    let mut hidden = Vec::new();
    collect_code_spans(&shortcode::parse(source, &[]).0, &mut hidden);
    loop {
        let fences = fences_in(&with_hidden(source, &hidden), options);
        let shown = hidden.len();
        hidden.retain(|span| {
            let after = fences.partition_point(|fence| fence.span.start <= span.start);
            after == 0 || fences[after - 1].span.end <= span.start
        });
        if hidden.len() == shown {
            return fences;
        }
    }
}

fn collect_code_spans(pieces: &[Piece], spans: &mut Vec<Range<usize>>) {
    for piece in pieces {
        match piece {
            Piece::Call(call) if call.name == FENCE_WORD => spans.push(call.span.clone()),
            Piece::Call(Call {
                body: Some(body), ..
            }) => collect_code_spans(&body.pieces, spans),
            _ => {}
        }
    }
}

/// `source` with each hidden span as one word and blanks, byte for byte as long.
fn with_hidden<'a>(source: &'a str, hidden: &[Range<usize>]) -> Cow<'a, str> {
    if hidden.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for span in hidden {
        text.push_str(&source[at..span.start]);
        text.push('x');
        for byte in source[span.clone()].bytes().skip(1) {
            text.push(if byte == b'\n' { '\n' } else { ' ' });
        }
        at = span.end;
    }
    text.push_str(&source[at..]);
    Cow::Owned(text)
}

fn fences_in(text: &str, options: Options) -> Vec<OpaqueFence> {
    let mut fences = Vec::new();
    let mut open: Option<OpaqueFence> = None;
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if fence::options_of(&info).is_some() =>
            {
                open = Some(OpaqueFence {
                    span,
                    info: info.into_string(),
                    code: String::new(),
                });
            }
            Event::Text(code) => {
                if let Some(fence) = &mut open {
                    fence.code.push_str(&code);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take().map(without_last_line_end)),
            _ => {}
        }
    }
    fences
}

fn without_last_line_end(mut fence: OpaqueFence) -> OpaqueFence {
    if fence.code.ends_with('\n') {
        fence.code.pop();
    }
    fence
}
