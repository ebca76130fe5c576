//! Lines that end with a carriage return alone.

use std::borrow::Cow;

/// The text with line feeds for carriage returns that end a line alone, byte for byte as long. To
/// Markdown both are ends of a line; but pulldown-cmark, like everything here, looks for line feeds,
/// at worst at each line through all that is left of the text.
///
/// What takes Markdown does this itself; for hosts that count lines.
///
/// ```
/// assert_eq!(pyfence::with_line_feeds("one\rtwo\r\n"), "one\ntwo\r\n");
/// ```
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let is_lone = |rest: &str| !rest.starts_with('\n');
    if !text.split('\r').skip(1).any(is_lone) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('\r').peekable();
    let mut lines = String::with_capacity(text.len());
    while let Some(part) = parts.next() {
        lines.push_str(part);
        if let Some(rest) = parts.peek() {
            lines.push(if is_lone(rest) { '\n' } else { '\r' });
        }
    }
    Cow::Owned(lines)
}

#[cfg(test)]
mod tests {
    use super::with_line_feeds;

    #[test]
    fn lone_carriage_returns_become_line_feeds() {
        for (text, lines) in [
            ("a\rb\r", "a\nb\n"),
            ("\r\ra\r\n\r", "\n\na\r\n\n"),
            ("a\r\nb\n", "a\r\nb\n"),
            ("", ""),
        ] {
            assert_eq!(with_line_feeds(text), lines);
        }
    }
}
