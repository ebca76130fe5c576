//! Calls of components, which content of Zola from 0.23 on has in the place of shortcodes:
//! `{{ <name key="x" /> }}` and `{% <name key={3}> %}body{% </name> %}`. What is between a call's ends
//! is Tera's to read.

use std::ops::Range;

/// A call of a component.
#[derive(Debug, PartialEq)]
pub(crate) struct ComponentCall<'t> {
    pub name: &'t str,
    /// The whole call, with its body and end; of one that never ends, its mark and name.
    pub span: Range<usize>,
    pub ends: bool,
}

/// How long a tag may be: text in which nothing ends is read once, not from each of its starts.
const MAX_TAG_BYTES: usize = 10_000;

/// The calls in `text`, those in bodies of others left out; what stands in `code` (sorted, apart) is
/// shown there and not called.
pub(crate) fn component_calls<'t>(text: &'t str, code: &[Range<usize>]) -> Vec<ComponentCall<'t>> {
    let mut calls = Vec::new();
    // The calls whose bodies are open, the outermost first.
    let mut open: Vec<TagStart> = Vec::new();
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        let next = code.partition_point(|code| code.end <= tag.start);
        let in_code = code.get(next).filter(|code| code.start <= tag.start);
        if let Some(code) = in_code.filter(|_| open.is_empty()) {
            at = code.end;
            continue;
        }
        let end = end_of_tag(text, &tag);
        at = end.unwrap_or(tag.name_span.end);
        let name = |tag: &TagStart| &text[tag.name_span.clone()];
        let mut call = |tag: &TagStart, end: Option<usize>| {
            calls.push(ComponentCall {
                name: name(tag),
                span: tag.start..end.unwrap_or(tag.name_span.end),
                ends: end.is_some(),
            });
        };
        match (open.last(), end) {
            (Some(opened), Some(_)) if tag.closes => {
                if name(opened) == name(&tag)
                    && let Some(opened) = open.pop()
                    && open.is_empty()
                {
                    call(&opened, end);
                }
            }
            (_, Some(_)) if tag.is_statement && !tag.closes => open.push(tag),
            (None, _) => call(&tag, end.filter(|_| !tag.closes)),
            (Some(_), _) => {}
        }
    }
    if let Some(tag) = open.first() {
        calls.push(ComponentCall {
            name: &text[tag.name_span.clone()],
            span: tag.start..tag.name_span.end,
            ends: false,
        });
    }
    calls
}

/// The start of a tag: `{{ <name`, `{% <name` or `{% </name`.
struct TagStart {
    start: usize,
    is_statement: bool,
    closes: bool,
    name_span: Range<usize>,
}

/// The first one from `at` on.
fn next_tag(text: &str, at: usize) -> Option<TagStart> {
    let mut from = at;
    while let Some(start) = text[from..].find('{').map(|found| from + found) {
        from = start + 1;
        let mark = &text[start..];
        if !(mark.starts_with("{{") || mark.starts_with("{%")) {
            continue;
        }
        let inside = mark[2..].trim_start_matches('-').trim_start();
        let Some(name) = inside.strip_prefix('<') else {
            continue;
        };
        let closes = name.starts_with('/');
        let name = name.trim_start_matches('/');
        let length = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
        let length = length.unwrap_or(name.len());
        if name.starts_with(|first: char| first.is_alphabetic()) {
            let name_start = text.len() - name.len();
            return Some(TagStart {
                start,
                is_statement: mark.starts_with("{%"),
                closes,
                name_span: name_start..name_start + length,
            });
        }
    }
    None
}

/// Where a tag ends: quoted text and values in braces may hold what looks like its end.
fn end_of_tag(text: &str, tag: &TagStart) -> Option<usize> {
    let end = if tag.is_statement { "%}" } else { "}}" };
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, character) in text[tag.name_span.end..].char_indices() {
        if at > MAX_TAG_BYTES {
            return None;
        }
        let at = tag.name_span.end + at;
        match (quote, character) {
            (Some(open), other) if open == other => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(character),
            (None, _) if depth == 0 && text[at..].starts_with(end) => return Some(at + end.len()),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.checked_sub(1)?,
            (None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::component_calls;

    fn found(text: &str) -> Vec<(String, bool)> {
        let calls = component_calls(text, &[]).into_iter();
        calls
            .map(|call| (text[call.span].to_owned(), call.ends))
            .collect()
    }

    #[test]
    fn calls_are_found_whole() {
        let [inline, body] = [
            "{{- <ui.key n={3} text=\"}} /> }}\" /> -}}",
            "{% <note of={ {\"a\": 1} }> %}a {% <note> %}b{% </note> %} {{ x }}{% </note> %}",
        ];
        let text = format!("one {inline} two {body} three");
        assert_eq!(
            found(&text),
            [(inline.to_owned(), true), (body.to_owned(), true)]
        );
    }

    #[test]
    fn what_never_ends_is_told_from_what_is_none() {
        assert_eq!(found("{% <note> %} a"), [("{% <note".to_owned(), false)]);
        assert_eq!(found("a {% </note> %}"), [("{% </note".to_owned(), false)]);
        for text in [
            "{% note() %}",
            "{{ 1 < 2 }}",
            "{% <3 %}",
            "<note>",
            "{ <a/> }",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_code_shows_is_not_called() {
        let text = "`{{ <a /> }}` {{ <b /> }}";
        let calls = component_calls(text, std::slice::from_ref(&(0..13)));
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].name, "b");
    }
}
