//! A chapter for renderers without a browser.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The word that opens a block, and what it is where there is no browser.
const FENCE_WORD: &str = "pyodide";
const PLAIN_WORD: &str = "python";

/// The chapter with ordinary Python code where blocks were.
pub(crate) fn with_plain_fences(chapter: &str, options: Options) -> String {
    let mut plain = String::with_capacity(chapter.len());
    let mut at = 0;
    for (event, span) in Parser::new_ext(chapter, options).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else {
            continue;
        };
        let opening = chapter[span.clone()].lines().next().unwrap_or_default();
        if let Some(word) = opening.find(FENCE_WORD).filter(|_| opens_block(&info)) {
            plain.push_str(&chapter[at..span.start + word]);
            plain.push_str(PLAIN_WORD);
            at = span.start + opening.len();
        }
    }
    plain.push_str(&chapter[at..]);
    plain
}

fn opens_block(info: &str) -> bool {
    info.strip_prefix(FENCE_WORD).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|next: char| next == ',' || next.is_whitespace())
    })
}
