//! Calls of components, which content of Zola 0.23 has in the place of shortcodes.

use std::ops::Range;

/// Where a call such as `{% <note> %}` or `{{ <note /> }}` starts in a stretch of the text; the
/// call itself may go beyond the stretch.
pub(super) fn component_in(text: &str, stretch: Range<usize>) -> Option<Range<usize>> {
    let within = text.get(stretch.clone())?;
    ["{%", "{{"].into_iter().find_map(|mark| {
        within.match_indices(mark).find_map(|(at, _)| {
            let start = stretch.start + at;
            let inside = text[start + mark.len()..]
                .trim_start_matches('-')
                .trim_start();
            let name = inside.strip_prefix('<')?.trim_start_matches('/');
            let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic());
            let end = text.len() - name.len() + name.find(is_end_of_name).unwrap_or(name.len());
            is_name.then_some(start..end)
        })
    })
}

fn is_end_of_name(character: char) -> bool {
    !character.is_alphanumeric() && !['_', '.'].contains(&character)
}

#[cfg(test)]
mod tests {
    use super::component_in;

    #[test]
    fn calls_of_components_are_told_from_all_else() {
        let found =
            |text: &str| component_in(text, 0..text.len()).map(|range| text[range].to_owned());
        assert_eq!(
            found("a {% <ui.note n={3}> %}b").as_deref(),
            Some("{% <ui.note")
        );
        assert_eq!(found("a {{- <note /> }}").as_deref(), Some("{{- <note"));
        for text in ["{% note() %}", "{{ 1 < 2 }}", "{% <3 %}", "<note>"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
