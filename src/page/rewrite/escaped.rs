//! Calls that are text, so that no generator takes them for more.

use crate::syntax::shortcode::{self, Piece};

/// Text in which a template engine finds nothing.
pub(super) fn raw(text: &str) -> String {
    format!("{{% raw %}}{text}{{% endraw %}}")
}

/// `{% a() %}..{% end %}` as `{%/* a() */%}..{%/* end */%}`, which stands for the former. What is no call stays.
pub(super) fn escaped_call(written: &str) -> String {
    let (pieces, _) = shortcode::parse(written, &[]);
    let Some(Piece::Call(call)) = pieces.first() else {
        return written.to_owned();
    };
    let end = call
        .body
        .as_ref()
        .map_or(written.len(), |body| body.span.end);
    format!(
        "{}{}{}",
        escaped_tag(&written[call.tag.clone()]),
        &written[call.tag.end..end],
        escaped_tag(&written[end..]),
    )
}

fn escaped_tag(tag: &str) -> String {
    match (tag.get(..2), tag.get(2..tag.len().saturating_sub(2))) {
        (Some(opening), Some(inner)) => {
            format!("{opening}/*{inner}*/{}", &tag[tag.len() - 2..])
        }
        _ => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::escaped_call;

    #[test]
    fn tags_end_where_they_end() {
        for (call, escaped) in [
            ("{{ a() }}", "{{/* a() */}}"),
            (
                "{% a(b=\"%}\") %}1{% end %}",
                "{%/* a(b=\"%}\") */%}1{%/* end */%}",
            ),
            (
                "{% a() %}{{ b() }}{% c() %}{% end %}{% end %}",
                "{%/* a() */%}{{ b() }}{% c() %}{% end %}{%/* end */%}",
            ),
            ("```pyodide\n1\n```", "```pyodide\n1\n```"),
        ] {
            assert_eq!(escaped_call(call), escaped);
        }
    }
}
