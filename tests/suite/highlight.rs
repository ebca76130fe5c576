//! The colours of Python: `tests/spec/highlight.md` says what they are, the rest holds what has to
//! be true of any text, Python or not.

use std::fs;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::support::same_cases;

fn coloured(code: &str) -> String {
    let html = pyfence::highlight(code, "python");
    html.expect("Python is known")
}

#[test]
fn the_spec_holds() {
    let spec = fs::read_to_string("tests/spec/highlight.md").expect("the spec is there");
    let blocks = fenced_blocks(&spec);
    let (examples, rest) = blocks.as_chunks::<2>();
    assert!(examples.len() > 10 && rest.is_empty(), "the spec has pairs");
    for [python, html] in examples {
        assert_eq!((&*python.language, &*html.language), ("python", "html"));
        // A block's code comes without the line end before the closing fence.
        assert_eq!(coloured(python.text.trim_end()), html.text.trim_end());
    }
}

#[derive(Default)]
struct FencedBlock {
    language: String,
    text: String,
}

fn fenced_blocks(markdown: &str) -> Vec<FencedBlock> {
    let mut blocks = Vec::new();
    let mut open = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let language = info.into_string();
                open = Some(FencedBlock {
                    language,
                    ..FencedBlock::default()
                });
            }
            Event::Text(text) => open.iter_mut().for_each(|block| block.text.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

#[test]
fn a_language_is_known_by_each_of_its_names() {
    for name in ["python", "py", "python3", "pyodide", "Python"] {
        assert!(pyfence::highlight("1", name).is_some(), "{name}");
    }
    for name in ["", "python2.7", "pythonic", "basic"] {
        assert_eq!(pyfence::highlight("1", name), None, "{name}");
    }
}

#[test]
fn threads_share_one_grammar() {
    let code = "print(f'{1 + 1}')\n".repeat(50);
    let expected = coloured(&code);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(pyfence::highlight(&code, "py").as_ref(), Some(&expected)));
        }
    });
}

/// Lines of 100 kB, each the worst for some rule: nothing may take more than linear time.
#[test]
fn a_line_may_be_very_long() {
    let parts = [
        "_1",
        "\"",
        "\\\"",
        "f'{",
        "f\"{x:{",
        "((",
        "{{",
        "'''",
        "\u{1F40D} ",
        "x = 'y' + 1; ",
        ". .",
        "match ",
    ];
    for part in parts {
        let line = part.repeat(100_000 / part.len());
        let code = format!("{line}\nf'''{{{line}");
        assert_eq!(text_of(&coloured(&code)), code);
    }
}

proptest! {
    #![proptest_config(same_cases(256))]

    #[test]
    fn any_text_stays_itself(code in any::<String>()) {
        prop_assert_eq!(text_of(&coloured(&code)), code);
    }

    #[test]
    fn pieces_of_python_stay_themselves(pieces in vec(select(PIECES), 0..60)) {
        let code = pieces.concat();
        prop_assert_eq!(text_of(&coloured(&code)), code);
    }

    /// What a reader sees of a line must not depend on how the page writes its line ends.
    #[test]
    fn carriage_returns_change_no_colour(pieces in vec(select(PIECES), 0..60)) {
        let code = pieces.concat().replace('\r', "");
        let windows = coloured(&code.replace('\n', "\r\n"));
        prop_assert_eq!(windows.replace("&#13;", ""), coloured(&code));
    }
}

const PIECES: &[&str] = &[
    "\n",
    "\n    ",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\0",
    "\\",
    "\\\n",
    "\\N{DASH}",
    "\\x41",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "''",
    "f",
    "F",
    "rb",
    "rf",
    "t",
    "u",
    "f\"",
    "f'''",
    "Rt\"",
    "{",
    "}",
    "{{",
    "}}",
    "{x",
    "!r",
    ":",
    ":>{",
    "=",
    "(",
    ")",
    "[",
    "]",
    ",",
    "#",
    "# note",
    "@",
    "@a.b",
    ".",
    "...",
    "->",
    "def ",
    "def f",
    "class ",
    "class A",
    "match ",
    "case _",
    "case _:",
    "type X",
    "type ",
    "lambda",
    "if",
    "is not",
    "None",
    "print",
    "self",
    ".format",
    "name",
    "ñandú",
    "\u{1F40D}",
    "\u{2028}",
    "\u{FEFF}",
    "0",
    "0x_f",
    "1_0.5e-3j",
    ".5",
    "1.",
    "<b>",
    "&amp;",
    "</span>",
    "]]>",
];

/// The text of coloured code; fails on what an HTML parser could take for anything but text and
/// balanced elements of coloured code, on elements that hold nothing visible, and on those that
/// could have been one.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut closed = None;
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&', '>', '\r']) {
        let (before, mark) = rest.split_at(at);
        text.push_str(before);
        if !before.is_empty() {
            closed = None;
        }
        if let Some(after) = mark.strip_prefix("</c-") {
            let (role, after) = after.split_once('>').expect("a tag ends");
            let (opened, start): (&str, usize) =
                open.pop().expect("an element is closed that was open");
            assert_eq!(opened, role, "in {html:?}");
            assert!(
                !text[start..].trim().is_empty(),
                "an empty element in {html:?}"
            );
            closed = Some(role);
            rest = after;
        } else if let Some(after) = mark.strip_prefix("<c-") {
            let (role, after) = after.split_once('>').expect("a tag ends");
            assert!(
                role.len() == 1 && role.bytes().all(|byte| byte.is_ascii_lowercase()),
                "{role:?}"
            );
            assert_ne!(
                closed,
                Some(role),
                "an element that could have gone on, in {html:?}"
            );
            open.push((role, text.len()));
            rest = after;
        } else {
            let references = [
                ("&lt;", '<'),
                ("&gt;", '>'),
                ("&amp;", '&'),
                ("&#13;", '\r'),
            ];
            let known = references
                .iter()
                .find(|(reference, _)| mark.starts_with(reference));
            let (reference, character) = known.unwrap_or_else(|| panic!("{mark:?} in {html:?}"));
            text.push(*character);
            closed = None;
            rest = &mark[reference.len()..];
        }
    }
    assert!(open.is_empty(), "an element stays open in {html:?}");
    text.push_str(rest);
    text
}

/// Spans of classes made a block of the course up to five times its code.
#[test]
fn a_block_is_at_most_twice_its_code_and_a_little() {
    let mut blocks = 0;
    for page in pages_below("tests/golden".as_ref()) {
        for block in page.split("<pyodide-block ").skip(1) {
            let block = block.split("</pyodide-block>").next().unwrap_or_default();
            // What a block is recorded to show stands behind its code.
            let block = block.split("<div class=\"pyfence-output\"").next();
            let block = block.unwrap_or_default();
            let code = block.split("<code class=\"language-python\">").nth(1);
            let code = code.and_then(|code| code.strip_suffix("</code></pre>"));
            let code = text_of(code.expect("a block has its code"));
            let bytes = block.len() + "<pyodide-block </pyodide-block>".len();
            assert!(
                bytes <= 2 * code.len() + 400,
                "{bytes} bytes of HTML for {} of code: {block}",
                code.len()
            );
            blocks += 1;
        }
    }
    assert!(blocks > 80, "the course has blocks: {blocks}");
}

fn pages_below(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                pages_below(&path)
            } else {
                vec![std::fs::read_to_string(path).expect("it is text")]
            }
        })
        .collect()
}
