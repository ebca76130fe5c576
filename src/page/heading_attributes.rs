//! Attributes of a heading that stand alone in its last line: `{#id}` above a `---`.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The text with such attributes in front of the blanks that they stand behind, byte for byte as long. pulldown-cmark 0.13.6
/// panics where a list or a quote has blanks of its own and these are more: it takes the attributes out of a
/// text that begins behind where it ends. So does every generator that reads Markdown with it; a line of a paragraph
/// is the same without the blanks that it begins with.
pub(crate) fn at_the_margin(text: Cow<'_, str>, options: Options) -> Cow<'_, str> {
    if !options.contains(Options::ENABLE_HEADING_ATTRIBUTES) || !text.contains('}') {
        return text;
    }
    let mut found = attributes_above_rules(&text);
    if found.is_empty() {
        return text;
    }
    let headings = headings_in(&without_attributes(&text, &found), options);
    found.retain(|found| {
        let after = headings.partition_point(|heading| heading.start <= found.blanks.start);
        after > 0 && found.blanks.start < headings[after - 1].end
    });
    let mut moved = String::with_capacity(text.len());
    let mut at = 0;
    for Indented { blanks, end } in found {
        moved.push_str(&text[at..blanks.start]);
        moved.push_str(&text[blanks.end..end]);
        moved.push_str(&text[blanks]);
        at = end;
    }
    moved.push_str(&text[at..]);
    moved.into()
}

/// Attributes, and the blanks in front of them.
struct Indented {
    blanks: Range<usize>,
    end: usize,
}

/// Lines that have nothing but attributes, behind blanks, above one that could make a heading of them.
fn attributes_above_rules(text: &str) -> Vec<Indented> {
    let ends = text.match_indices('}').map(|(brace, _)| brace + 1);
    let lines = ends.filter_map(|end| {
        let behind = text[end..].trim_start_matches(BLANK);
        let below = behind.strip_prefix('\n')?.split('\n').next()?;
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let found = is_underline(below).then(|| indented_in(&text[start..end]))??;
        Some(Indented {
            blanks: start + found.start..start + found.end,
            end,
        })
    });
    lines.collect()
}

/// The blanks in front of the attributes that a line has nothing but.
fn indented_in(line: &str) -> Option<Range<usize>> {
    let attributes = line.trim_start_matches(is_margin);
    let blanks_end = line.len() - attributes.len();
    let quotes = line[..blanks_end].trim_end_matches(BLANK).len();
    let inner = attributes.strip_prefix('{')?.strip_suffix('}')?;
    let are_attributes = !inner.contains(['{', '}', '<', '>', '\\']);
    (are_attributes && quotes < blanks_end).then_some(quotes..blanks_end)
}

fn is_underline(line: &str) -> bool {
    let line = line.trim_start_matches(is_margin).trim_end_matches(BLANK);
    let without = |mark: char| line.trim_start_matches(mark).is_empty();
    !line.is_empty() && (without('=') || without('-'))
}

/// What pulldown-cmark takes for blank, and a carriage return that ends a line.
const BLANK: [char; 5] = [' ', '\t', '\u{b}', '\u{c}', '\r'];

/// Whether a quote or a list may have this in front of what a line says.
fn is_margin(char: char) -> bool {
    char == '>' || BLANK.contains(&char)
}

/// The text with a letter for the brace that opens these: what is a heading is one, and has no attributes.
fn without_attributes(text: &str, found: &[Indented]) -> String {
    let mut without = String::with_capacity(text.len());
    let mut at = 0;
    for Indented { blanks, .. } in found {
        without.push_str(&text[at..blanks.end]);
        without.push('x');
        at = blanks.end + 1;
    }
    without.push_str(&text[at..]);
    without
}

fn headings_in(text: &str, options: Options) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, options).into_offset_iter();
    events
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })))
        .map(|(_, span)| span)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use pulldown_cmark::{Options, Parser, html};

    use super::at_the_margin;

    const OPTIONS: Options = Options::ENABLE_HEADING_ATTRIBUTES;

    fn moved(text: &str) -> String {
        let moved = at_the_margin(Cow::Borrowed(text), OPTIONS);
        assert_eq!(moved.len(), text.len());
        moved.into_owned()
    }

    #[test]
    fn a_heading_takes_them_wherever_they_begin() {
        for (text, class) in [
            ("- a\n      {.b}\n  ---\n", "b"),
            ("> a\n>  {.b}\n> ===\n", "b"),
            ("> > a\n>     {.b} \t\n> > -\n", "b"),
            ("- > a\n\t\t{.b}\n  > --- \n", "b"),
            ("- a\r\n      {.b}\r\n  ---\r\n", "b"),
            ("> > a\n> {.b}\n> > =\r\n", "b"),
            ("- a\n    \u{c} {.b}\u{b}\n  -\u{c}\n", "b"),
            ("1. a\n       {#b .c d=e}\n   =\n\ntext\n", "c"),
        ] {
            let text = moved(text);
            let mut read = String::new();
            html::push_html(&mut read, Parser::new_ext(&text, OPTIONS));
            assert!(read.contains(&format!("class=\"{class}\"")), "{read}");
            assert!(!read.contains('{'), "{read}");
        }
    }

    #[test]
    fn other_lines_stay() {
        for text in [
            "a\n{.b}\n===\n\n```\n {.b}\n---\n```\n",
            "- a\n\n      {.b}\n  ---\n",
            "<pre>\n {.b}\n---\n</pre>\n",
            "- a\n    {{ b() }}\n  ---\n",
            "- a\n    {.b}\n",
        ] {
            assert_eq!(moved(text), text);
        }
        let text = "- a\n   {.b}\n  ---\n";
        assert_eq!(at_the_margin(Cow::Borrowed(text), Options::empty()), text);
    }
}
