//! Documents that hold a bit of everything, in any order and nesting.

use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::Options;

/// Lines that open, close or continue what Markdown and its extensions have.
const LINES: &[&str] = &[
    "",
    "",
    "text with *emphasis*, `code` and <b>HTML</b>",
    "text\\",
    "# Heading {#id .class}",
    "Setext",
    "---",
    "- item",
    "- [x] done",
    "1. one",
    "> quote",
    "> [!NOTE]",
    "    indented",
    "\tindented by a tab",
    "```rust",
    "```",
    "````md",
    "~~~",
    "<div>",
    "</div>",
    "<!-- a comment",
    "-->",
    "| a | b |",
    "|---|:-:|",
    "[^note]",
    "[^note]: the note",
    "[link][ref] ![image](a.png \"title\")",
    "[ref]: <https://example.org>",
    "Term",
    ": definition",
    "$x$ and $$y$$",
    "+++",
    "~~struck~~ H~2~O x^2^ ||spoiler|| [[wiki]]",
    "\"quotes\" -- dashes... \u{1F40D} \u{0}",
];

const BLOCK_LINES: &[&str] = &[
    "```pyodide",
    "```pyodide session=x",
    "~~~pyodide,height=5",
    "print(1 < 2)",
    "```",
    "```",
    "~~~",
];

const INDENTS: &[&str] = &["", "", "", "  ", "   ", "    ", "> ", "> > ", "- ", "1. "];

/// A document, with blocks or without.
pub fn any_document(with_blocks: bool) -> impl Strategy<Value = String> {
    let mut lines = LINES.to_vec();
    if with_blocks {
        lines.extend_from_slice(BLOCK_LINES);
        lines.extend_from_slice(BLOCK_LINES);
    }
    let line = (
        select(INDENTS),
        select(lines),
        select(&["\n", "\n", "\n", "\r\n"][..]),
    );
    let line = line.prop_map(|(indent, line, end)| format!("{indent}{line}{end}"));
    proptest::collection::vec(line, 0..24).prop_map(|lines| lines.concat())
}

/// A set of extensions.
pub fn any_options() -> impl Strategy<Value = Options> {
    any::<u32>().prop_map(Options::from_bits_truncate)
}
