//! Fenced code as wholes, out of a Markdown parser's events.

use std::iter;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::page::heading_attributes;

/// A fenced code block.
pub(crate) struct FencedCode<'e> {
    pub info: CowStr<'e>,
    /// The code without its last line end.
    pub code: String,
    /// The fence, with the lines that open and close it.
    pub span: Range<usize>,
}

impl FencedCode<'_> {
    /// The fence without the text that it was found in.
    pub fn into_static(self) -> FencedCode<'static> {
        FencedCode {
            info: self.info.into_static(),
            code: self.code,
            span: self.span,
        }
    }
}

/// A fence, or an event that is part of none.
pub(crate) enum FenceOrEvent<'e> {
    Fence(FencedCode<'e>),
    Event(Event<'e>, Range<usize>),
}

/// The events, with each fence whose info string is `wanted` as one item.
pub(crate) fn join_fences<'e>(
    mut events: impl Iterator<Item = (Event<'e>, Range<usize>)>,
    wanted: impl Fn(&str) -> bool,
) -> impl Iterator<Item = FenceOrEvent<'e>> {
    iter::from_fn(move || {
        Some(match events.next()? {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), span) if wanted(&info) => {
                let code = code_of(&mut events);
                FenceOrEvent::Fence(FencedCode { info, code, span })
            }
            (event, span) => FenceOrEvent::Event(event, span),
        })
    })
}

/// The fences of a text whose info strings are `wanted`.
pub(crate) fn fences_in(
    text: &str,
    options: Options,
    wanted: impl Fn(&str) -> bool,
) -> Vec<FencedCode<'static>> {
    let text = heading_attributes::at_the_margin(text.into(), options);
    let events = Parser::new_ext(&text, options).into_offset_iter();
    let fences = join_fences(events, wanted).filter_map(|item| match item {
        FenceOrEvent::Fence(fence) => Some(fence.into_static()),
        FenceOrEvent::Event(..) => None,
    });
    fences.collect()
}

/// Reads to the end of an open fence.
fn code_of<'e>(events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>) -> String {
    let mut code = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) => code.push_str(&text),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    if code.ends_with('\n') {
        code.pop();
    }
    code
}
