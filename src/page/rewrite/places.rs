//! Where things stand in a page's Markdown that say how HTML may stand beside them.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::page::fences_to_blocks::{Item, SpannedItem};
use crate::syntax::html_comment::CommentReader;

use super::margin::Containers;

/// All of them are bytes of the source, sorted and apart.
pub(super) struct Places {
    /// Their cells can't have lines of their own.
    tables: Vec<Range<usize>>,
    /// Markdown reads nothing in code, references neither.
    pub code: Vec<Range<usize>>,
    /// Code that is so by its indentation.
    pub indented_code: Vec<Range<usize>>,
    /// Blocks of HTML, which a blank line would end.
    pub html_blocks: Vec<Range<usize>>,
    /// Comments in those: one of ours would end them.
    pub comments: Vec<Range<usize>>,
    /// Text.
    pub text: Vec<Range<usize>>,
    /// Text that runs on: paragraphs, and as much of the items of tight lists.
    pub prose: Vec<Range<usize>>,
    /// Quotes and items, which stand in each other.
    pub containers: Containers,
}

impl Places {
    pub fn new(source: &str, items: &[SpannedItem<'_>], prose: Vec<Range<usize>>) -> Self {
        let html_blocks = spans_of(items, |event| matches!(event, Event::Start(Tag::HtmlBlock)));
        Self {
            tables: spans_of(items, |event| matches!(event, Event::Start(Tag::Table(_)))),
            code: spans_of(items, |event| {
                matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)))
            }),
            indented_code: spans_of(items, |event| {
                matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)))
            }),
            comments: comments_in(source, &html_blocks),
            html_blocks,
            text: spans_of(items, |event| matches!(event, Event::Text(_))),
            prose,
            containers: Containers::new(items),
        }
    }

    /// Whether `span` stands in one of `outer`.
    pub fn hold(outer: &[Range<usize>], span: &Range<usize>) -> bool {
        around(outer, span.start).is_some()
    }

    /// The HTML around `at` which a blank line would end. What begins with a tag of code, a comment or a declaration
    /// is HTML up to the end of that (CommonMark 0.31, HTML blocks).
    pub fn in_html_up_to_blank_line(&self, source: &str, at: usize) -> bool {
        around(&self.html_blocks, at).is_some_and(|html| {
            let start = source[html.clone()].trim_start().to_ascii_lowercase();
            !["<pre", "<script", "<style", "<textarea", "<!", "<?"]
                .iter()
                .any(|other| start.starts_with(other))
        })
    }

    /// The table around `at`.
    pub fn table_around(&self, at: usize) -> Option<&Range<usize>> {
        around(&self.tables, at)
    }

    /// The text that runs on around `at`.
    pub fn prose_around(&self, at: usize) -> Option<&Range<usize>> {
        around(&self.prose, at)
    }
}

/// The one of `outer`, which are sorted and apart, in which `at` stands.
fn around(outer: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = outer.partition_point(|outer| outer.start <= at);
    outer[..after].last().filter(|outer| at < outer.end)
}

/// Where these events stand in the source.
fn spans_of(items: &[SpannedItem<'_>], is: impl Fn(&Event<'_>) -> bool) -> Vec<Range<usize>> {
    let spans = items.iter().filter_map(|placed| match &placed.item {
        Item::Event(event) if is(event) => Some(placed.span.clone()),
        _ => None,
    });
    spans.collect()
}

/// Where comments stand in these parts of the source.
fn comments_in(source: &str, html_blocks: &[Range<usize>]) -> Vec<Range<usize>> {
    let comments = html_blocks.iter().flat_map(|part| {
        let comments = CommentReader::default().read(&source[part.clone()]);
        let in_source =
            move |comment: Range<usize>| part.start + comment.start..part.start + comment.end;
        comments.into_iter().map(in_source)
    });
    comments.collect()
}
