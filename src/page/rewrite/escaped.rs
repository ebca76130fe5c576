//! Calls that are text, so that no generator takes them for more.

/// Text in which a template engine finds nothing.
pub(super) fn raw(text: &str) -> String {
    format!("{{% raw %}}{text}{{% endraw %}}")
}

/// `{% a() %}..{% end %}` as `{%/* a() */%}..{%/* end */%}`, which stands for the former.
pub(super) fn escaped_call(written: &str) -> String {
    let escaped = |tag: &str| {
        let inner = &tag[2..tag.len() - 2];
        format!("{}/*{inner}*/{}", &tag[..2], &tag[tag.len() - 2..])
    };
    match written.rfind("{%").filter(|end| *end > 0) {
        Some(end) if written.starts_with("{%") => {
            let open = written.find("%}").map_or(end, |at| at + 2);
            format!(
                "{}{}{}",
                escaped(&written[..open]),
                &written[open..end],
                escaped(&written[end..])
            )
        }
        _ => escaped(written),
    }
}
