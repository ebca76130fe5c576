//! The texts that fuzzing once found, and the seeds that it starts from, hold today.

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::select;

use crate::support::same_cases;

/// The texts in these folders.
fn texts(folders: &[&str]) -> Vec<String> {
    let mut folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        // A target without a find has no folder.
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                texts.extend(fs::read_to_string(path));
            }
        }
    }
    texts
}

#[test]
fn pages() {
    let texts = texts(&[
        "tests/spec",
        "tests/errors",
        "site-example/content",
        "fuzz/found",
    ]);
    assert!(texts.len() > 10);
    for text in texts {
        targets::render_page(&text);
        targets::rewrite_page(&text);
        targets::finished_html(&text);
    }
}

#[test]
fn python_and_locks() {
    for text in texts(&["tests/errors", "tests/spec", "fuzz/found"]) {
        targets::python(&text);
        targets::lock(&text);
    }
}

#[test]
fn option_lists_and_arguments() {
    for text in texts(&["tests/errors", "fuzz/found"]) {
        targets::option_list(&text);
        targets::shortcode(&text);
        targets::options_toml(&text);
    }
}

/// Marks of quotes and lists, with all that may stand behind them, and indentation.
const MARKS: &[&str] = &[
    ">", ">", "> ", "> ", ">\t", ">  ", "- ", "- ", "-  ", "-\t", "* ", "1. ", "1.\t", "12) ", "-",
    "1.", " ", "  ", "   ", "    ", "\t",
];

const CODE: &[&str] = &[
    "a",
    " b",
    "  c",
    "    d",
    "\te",
    "",
    "# f",
    "- g",
    "> h",
    "1. i",
    "<!-- j",
    "``` k",
    "[l]: m",
    "*n* _o_",
    "`p`",
    "~~q~~",
    "[r](s)",
    "![t](u)",
    "<b>v</b>",
    "&amp; \\*",
    "\"w\" -- 'x'",
    "<http://y>",
    "| z |",
];

/// What may follow on a call.
const AFTER: &[&str] = &[
    "",
    "\n",
    " f\n",
    "\n\ng\n",
    "\n    *h*\n",
    "\n</div>\n",
    "\n===\n",
    "\n2. i\n",
    "\n    > j\n",
];

/// Lines of text, with calls in them or without.
const TEXT: &[&str] = &[
    "a",
    "*b*",
    "",
    "",
    "c {% pyodide() %}*d* `e`{% end %}",
    "{% pyodide() %}f\n\n    *g*\n{% end %}",
    "{% pyodide() %}_h_{% end %} *i*",
    "{% pyodide() %}j{% end %} {% pyodide() %}[k](l){% end %}",
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "`m",
    "===",
    "---",
    "<b",
    "[n]: o",
    "{{ nth() }} *p*",
    "|q|r|",
    "|-|-|",
    "```",
    "- [ ] s",
    "[^t]: u",
];

/// A fence behind these marks; further lines have its quotes, and lists' widths as spaces or, with
/// `tabs`, tabs where they were.
fn fence_behind(marks: &[&str], code: &[&str], tabs: bool) -> String {
    let marks = marks.concat();
    let mut further = String::new();
    for mark in marks.chars() {
        match mark {
            '>' => further.push('>'),
            '\t' if tabs => further.push('\t'),
            '\t' => further.push_str(&" ".repeat(4 - further.chars().count() % 4)),
            _ => further.push(' '),
        }
    }
    let code: Vec<String> = code
        .iter()
        .map(|line| format!("{further}{line}\n"))
        .collect();
    format!(
        "{marks}```pyodide\n{}{further}```\n{further}text\n",
        code.concat()
    )
}

proptest! {
    #![proptest_config(same_cases(1_000))]

    #[test]
    fn fences_behind_any_marks(
        before in select(&["", "", "- a\n", "> - a\n", "1. a\n\n", "> a\n>\n"][..]),
        marks in proptest::collection::vec(select(MARKS), 0..6),
        code in proptest::collection::vec(select(CODE), 0..5),
        tabs in any::<bool>(),
    ) {
        targets::rewrite_page(&format!("{before}{}", fence_behind(&marks, &code, tabs)));
    }

    #[test]
    fn calls_behind_what_may_be_text(
        before in select(&["", "e\n", "> e\n", "- e\n", "> - e\n\n", "1. e\n", "# e\n", "- [ ] e\n", "[^e]: e\n", "<div>\n", "*e*\n", "<p>e"][..]),
        marks in proptest::collection::vec(select(MARKS), 0..6),
        code in proptest::collection::vec(select(CODE), 0..4),
        after in select(AFTER),
        call in select(&["pyodide", "note"][..]),
    ) {
        let call = format!("{{% {call}() %}}{}\n{{% end %}}", code.join("\n"));
        targets::rewrite_page(&format!("{before}{}{call}{after}", marks.concat()));
    }

    #[test]
    fn calls_in_the_middle_of_text(
        lines in proptest::collection::vec((proptest::collection::vec(select(MARKS), 0..4), select(TEXT)), 1..6),
    ) {
        let lines: Vec<String> = lines.iter().map(|(marks, text)| format!("{}{text}\n", marks.concat())).collect();
        targets::rewrite_page(&lines.concat());
    }
}
