//! The text of one chapter: its `pyodide` fences, and what comes in their place.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use pyfence::Fence;

use crate::file_place::FilePlaces;

/// The word that opens a block, and what it is where there is no browser.
const FENCE_WORD: &str = "pyodide";
const PLAIN_WORD: &str = "python";

/// A fence whose info string begins with the word: whether it is a block, the renderer says.
pub(crate) struct ChapterFence {
    info: String,
    code: String,
    span: Range<usize>,
}

impl ChapterFence {
    /// The fence as the renderer takes it.
    pub fn at(&self, places: &FilePlaces<'_>) -> Fence<'_> {
        let (line, column) = places.of(self.span.start);
        Fence::new(&self.info, &self.code).at(line, column)
    }
}

/// The fences of a chapter that may be blocks.
pub(crate) fn fences(chapter: &str, options: Options) -> Vec<ChapterFence> {
    let mut fences = Vec::new();
    let mut open: Option<ChapterFence> = None;
    for (event, span) in Parser::new_ext(chapter, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.starts_with(FENCE_WORD) =>
            {
                let length = chapter[span.clone()].trim_end_matches('\n').len();
                open = Some(ChapterFence {
                    info: info.into_string(),
                    code: String::new(),
                    span: span.start..span.start + length,
                });
            }
            Event::Text(text) => {
                if let Some(fence) = &mut open {
                    fence.code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}

/// The chapter with blocks where their fences were, and the loader tags before the first.
pub(crate) fn with_blocks<'h>(
    chapter: &str,
    fences: &[ChapterFence],
    blocks: impl Iterator<Item = Option<&'h str>>,
    mut loader_tags: &str,
) -> String {
    replaced(chapter, fences.iter().zip(blocks), |block| {
        let (fence, block) = block;
        let html = block?;
        let line = as_html_line(loader_tags, html);
        loader_tags = "";
        Some((fence.span.clone(), line))
    })
}

/// The chapter with ordinary Python code where blocks were.
pub(crate) fn with_plain_fences(chapter: &str, options: Options) -> String {
    replaced(chapter, fences(chapter, options), |fence| {
        let rest = fence.info[FENCE_WORD.len()..].chars().next();
        if rest.is_some_and(|next| next != ',' && !next.is_whitespace()) {
            return None;
        }
        let opening = chapter[fence.span.clone()].lines().next()?;
        let word = fence.span.start + opening.find(FENCE_WORD)?;
        Some((
            word..fence.span.start + opening.len(),
            PLAIN_WORD.to_owned(),
        ))
    })
}

fn replaced<T>(
    text: &str,
    parts: impl IntoIterator<Item = T>,
    mut replace: impl FnMut(T) -> Option<(Range<usize>, String)>,
) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in parts.into_iter().filter_map(&mut replace) {
        result.push_str(&text[at..span.start]);
        result.push_str(&new);
        at = span.end;
    }
    result.push_str(&text[at..]);
    result
}

/// HTML that is read by Markdown once more, in a list, a quote or after a paragraph, and stays
/// what it is: a block of HTML that begins with a comment ends with the line that ends the comment.
fn as_html_line(loader_tags: &str, block: &str) -> String {
    let loader_tags = loader_tags.replace('\n', "");
    let block = block.trim_end().replace('\n', "&#10;");
    format!("<!-- pyfence -->{loader_tags}{block}")
}
