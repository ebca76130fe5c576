//! Text beside a block, which has a line for itself now that the block has its own.

/// A space that Markdown takes for text: what follows it doesn't begin a line, and what it follows isn't all of one.
pub(super) const NO_MARK: &str = "&#32;";

/// HTML that shows nothing.
pub(super) const NO_HTML: &str = "<!---->";

/// Whether a line that begins so may be no paragraph: behind a block its author meant text.
pub(super) fn may_open_block(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit() || "`~#>-+*=_|<[:".contains(first))
}

/// Whether text that has a line for itself, now that the block behind it has its own, may be a rule, an underline, the
/// mark of an empty item, or a tag that begins a block of HTML.
pub(super) fn may_be_more_than_text(line: &str) -> bool {
    !line.contains(char::is_alphabetic) || line.trim_end().ends_with('>')
}
