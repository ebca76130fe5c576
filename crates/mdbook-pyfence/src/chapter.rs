//! What a chapter has beside its fences: nothing but code for renderers without a browser, and blocks
//! that its author wrote as HTML.

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

/// Whether the chapter has blocks that are HTML already, and no loader for them.
pub(crate) fn lacks_loader(chapter: &str, options: Options) -> bool {
    let events = Parser::new_ext(chapter, options);
    let html: String = events
        .filter_map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Some(html.into_string()),
            _ => None,
        })
        .collect();
    let mut tags = html.split("<pyodide-block").skip(1);
    let has_block = tags.any(|rest| {
        let tag = rest.split('>').next().unwrap_or_default();
        !tag.contains("assets=\"no\"")
    });
    has_block && !html.contains("pyfence.js")
}

fn opens_block(info: &str) -> bool {
    info.strip_prefix(FENCE_WORD).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|next: char| next == ',' || next.is_whitespace())
    })
}
