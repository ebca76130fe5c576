//! The code between two tags of a shortcode that stand in a list or a quote.

/// Takes `quotes` quote markers and then the common indent off the lines, and blank lines off
/// both ends.
pub(crate) fn dedent(code: &str, quotes: usize) -> String {
    let lines: Vec<&str> = code.lines().map(|line| unquote(line, quotes)).collect();
    let is_text = |line: &&str| !line.trim().is_empty();
    let indent = lines
        .iter()
        .filter(|line| is_text(line))
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let first = lines.iter().position(&is_text).unwrap_or(0);
    let end = lines
        .iter()
        .rposition(is_text)
        .map_or(first, |last| last + 1);
    let kept = lines[first..end]
        .iter()
        .map(|line| line.get(indent..).unwrap_or(""));
    kept.collect::<Vec<_>>().join("\n")
}

fn unquote(mut line: &str, quotes: usize) -> &str {
    for _ in 0..quotes {
        match line.trim_start().strip_prefix('>') {
            Some(rest) => line = rest.strip_prefix(' ').unwrap_or(rest),
            None => return line,
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::dedent;

    #[test]
    fn code_loses_what_its_lines_share() {
        for (code, quotes, dedented) in [
            ("", 0, ""),
            ("\n\n", 0, ""),
            ("a", 0, "a"),
            ("\n  a\n    b\n\n  c\n", 0, "a\n  b\n\nc"),
            ("\ta\r\n\t\tb", 0, "a\n\tb"),
            ("\n> a\n>\n>   b\n", 1, "a\n\n  b"),
            ("\n> > a\n> b\n", 2, "a\nb"),
            ("\n>>> x\n", 0, ">>> x"),
            ("  é\n \u{3000}à", 0, " é\n\u{3000}à"),
        ] {
            assert_eq!(dedent(code, quotes), dedented, "{code:?}");
        }
    }
}
