//! The `pyodide` fences of a page with shortcodes: stretches in which nothing is expanded.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Options;

use crate::page::join_fences::{FencedCode, fences_in};
use crate::syntax::fence::{self, FENCE_WORD};
use crate::syntax::line_prefix::containers_of;
use crate::syntax::shortcode::{self, Piece};

/// A `pyodide` fence of the page.
pub(super) type OpaqueFence = FencedCode<'static>;

/// How often the page is read until fences and shortcodes agree on what holds what. Pages that
/// people write need two readings; more are needed only where each shows a fence that the last one
/// hid.
const MAX_READINGS: usize = 8;

/// The fences of a page, and the shortcode that they don't agree with, if there is one.
pub(super) struct OpaqueFences {
    pub fences: Vec<OpaqueFence>,
    pub unsettled: Option<Range<usize>>,
}

/// The `pyodide` fences of `source`, as Markdown sees them.
///
/// Whichever opens first, fence or shortcode, holds what is inside it. So the code in `pyodide`
/// shortcodes and the arguments of all shortcodes are hidden from Markdown here (they may hold
/// anything), except in those that turn out to stand inside a fence.
pub(super) fn opaque_fences(source: &str, options: Options) -> OpaqueFences {
    let mut hidden = Vec::new();
    collect_hidden(source, &shortcode::parse(source, &[]).0, &mut hidden);
    for _ in 1..MAX_READINGS {
        let fences = pyodide_fences(&with_hidden(source, &hidden), options);
        let shown = hidden.len();
        hidden.retain(|span| !is_in_fence(span, &fences));
        if hidden.len() == shown {
            return OpaqueFences {
                fences,
                unsettled: None,
            };
        }
    }
    let fences = pyodide_fences(&with_hidden(source, &hidden), options);
    let unsettled = hidden.into_iter().find(|span| is_in_fence(span, &fences));
    OpaqueFences { fences, unsettled }
}

fn is_in_fence(span: &Range<usize>, fences: &[OpaqueFence]) -> bool {
    let after = fences.partition_point(|fence| fence.span.start <= span.start);
    after > 0 && span.start < fences[after - 1].span.end
}

fn collect_hidden(source: &str, pieces: &[Piece], spans: &mut Vec<Range<usize>>) {
    for piece in pieces {
        let Piece::Call(call) = piece else {
            continue;
        };
        if call.name == FENCE_WORD {
            spans.push(call.span.clone());
            continue;
        }
        // In a tag of one line nothing opens a fence, but it can be a word of a fence's own line.
        if source[call.tag.clone()].contains('\n') {
            spans.push(call.tag.clone());
        }
        if let Some(body) = &call.body {
            collect_hidden(source, &body.pieces, spans);
        }
    }
}

/// `source` with each hidden span as one word and blanks, byte for byte as long. The quotes that it begins in hold its
/// further lines, too: a line without their marks would end them, and the fences in them.
fn with_hidden<'a>(source: &'a str, hidden: &[Range<usize>]) -> Cow<'a, str> {
    if hidden.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for span in hidden {
        text.push_str(&source[at..span.start]);
        text.push('x');
        let call = &source[span.start + 1..span.end];
        let (first, further) = call.split_at(call.find('\n').unwrap_or(call.len()));
        push_blank(&mut text, first, 0);
        if !further.is_empty() {
            let quotes = quotes_around(source, span.start);
            for line in further.split_inclusive('\n') {
                push_blank(&mut text, line, quotes);
            }
        }
        at = span.end;
    }
    text.push_str(&source[at..]);
    Cow::Owned(text)
}

/// In how many quotes the call stands that begins there.
fn quotes_around(source: &str, at: usize) -> usize {
    let line_start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let containers = containers_of(&source[line_start..at]);
    containers.matches('>').count()
}

/// A line of blanks, but for so many marks of quotes at its start and for its end.
fn push_blank(text: &mut String, line: &str, mut quotes: usize) {
    text.extend(line.bytes().map(|byte| match byte {
        b'\n' => '\n',
        b'>' if quotes > 0 => {
            quotes -= 1;
            '>'
        }
        // In front of a mark it is as wide as it was.
        b'\t' if quotes > 0 => '\t',
        b' ' => ' ',
        _ => {
            quotes = 0;
            ' '
        }
    }));
}

fn pyodide_fences(text: &str, options: Options) -> Vec<OpaqueFence> {
    fences_in(text, options, |info| fence::options_of(info).is_some())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Options;

    use super::{OpaqueFences, opaque_fences};

    #[test]
    fn a_fence_holds_any_number_of_calls() {
        let calls = [
            "{% pyodide() %}",
            "# a",
            "{% end %}",
            "{{ b(c=1,",
            "d=2) }}",
        ];
        for (marks, further) in [
            ("", ""),
            ("> ", "> "),
            (">> ", ">>"),
            ("- > ", "  > "),
            ("> 1. ", ">    "),
            ("> - > ", ">\t> "),
        ] {
            let lines = calls.repeat(200).join(&format!("\n{further}"));
            let page = format!("{marks}```pyodide\n{further}{lines}\n{further}```\n\ntext\n");
            let OpaqueFences { fences, unsettled } = opaque_fences(&page, Options::empty());
            assert_eq!(unsettled, None, "{marks}");
            assert_eq!(fences.len(), 1, "{marks}");
            assert_eq!(fences[0].code, calls.repeat(200).join("\n"), "{marks}");
        }
    }
}
