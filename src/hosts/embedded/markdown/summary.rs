//! The part of a page before `<!-- more -->`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd, html};

use super::footnotes::REFERENCE;
use crate::syntax::html_comment::CommentReader;

/// Where in raw HTML the comment stands that ends the summary.
pub(crate) fn divider_in(html: &str) -> Option<Range<usize>> {
    let mut comments = CommentReader::default().read(html).into_iter();
    comments.find(|comment| {
        let text = html[comment.clone()].strip_prefix("<!--");
        let text = text.and_then(|text| text.strip_suffix("-->"));
        text.is_some_and(|text| text.trim().eq_ignore_ascii_case("more"))
    })
}

/// What stands in the page where the summary ends, to link to.
pub(crate) const CONTINUE: &str = "<span id=\"continue-reading\"></span>";

/// The HTML of the events before the divider. `cutoff` is added if they end inside something,
/// such as a paragraph, which is then closed.
pub(crate) fn summary(events: &[Event<'_>], cutoff: impl FnOnce(&str) -> String) -> String {
    let mut rendered = String::new();
    // The notes are further down the page, where a list of summaries doesn't reach.
    let without_notes = events.iter().filter(|event| !is_reference(event));
    html::push_html(&mut rendered, without_notes.cloned());
    rendered.truncate(rendered.trim_end().len());
    let open = open_tags(events);
    if !open.is_empty() {
        let cutoff = cutoff(&rendered);
        rendered.push_str(&cutoff);
    }
    html::push_html(&mut rendered, open.into_iter().rev().map(Event::End));
    rendered
}

fn is_reference(event: &Event<'_>) -> bool {
    match event {
        Event::FootnoteReference(_) => true,
        Event::InlineHtml(html) => html.starts_with(REFERENCE),
        _ => false,
    }
}

fn open_tags(events: &[Event<'_>]) -> Vec<TagEnd> {
    let mut open = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(tag) => open.push(tag.to_end()),
            // A link out of the site starts as raw HTML, so its end closes nothing here.
            Event::End(tag) => {
                open.pop_if(|last| last == tag);
            }
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::divider_in;

    #[test]
    fn a_comment_of_one_word_divides() {
        assert_eq!(divider_in("<!-- a --><!-->b<!--More-->"), Some(16..27));
        assert_eq!(divider_in("<!-->"), None);
        assert_eq!(divider_in("<!-- more"), None);
    }
}
