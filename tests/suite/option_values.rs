//! Holds the library and the templates that themes copy to `tests/spec/option_values.md`.
//! `tests/unit/option-values.test.js` holds the runtime to it.

use std::collections::BTreeMap;
use std::fs;

use pyfence::{BlockOptions, Height};

use super::{component, engines};

/// The rows of the tables with this head, each with its cells, without the backticks of code.
fn rows(head: &str) -> Vec<Vec<String>> {
    let spec = fs::read_to_string("tests/spec/option_values.md").expect("the spec is there");
    let head = format!("| {head} |");
    let mut rows = Vec::new();
    let mut lines = spec.lines();
    while lines.by_ref().any(|line| line == head) {
        let table = lines
            .by_ref()
            .skip(1)
            .take_while(|line| line.starts_with('|'));
        for line in table {
            let cells = line.trim_matches('|').split(" | ");
            rows.push(cells.map(|cell| code(cell).to_owned()).collect());
        }
    }
    assert!(rows.len() >= 3, "the spec has rows for {head}");
    rows
}

fn code(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('`')
        .and_then(|cell| cell.strip_suffix('`'))
        .unwrap_or(cell)
}

fn set(name: &str, written: &str) -> Result<BlockOptions, pyfence::OptionError> {
    let mut options = BlockOptions::default();
    options.set(name, written).map(|()| options)
}

/// The opening tag of the block, as each template writes it for an option; the error of one that
/// refuses the value.
fn tags(name: &str, written: &str) -> [(&'static str, Result<String, String>); 3] {
    let variables = BTreeMap::from([
        (name, written),
        ("code", "1"),
        ("loader", ""),
        ("recorded", ""),
    ]);
    let call = format!("{{% <pyodide {name}='{written}'> %}}1{{% </pyodide> %}}");
    [
        ("Tera 1", engines::under_tera_1(&variables)),
        ("Tera 2", engines::under_tera_2(&variables)),
        ("component", component::zola_0_23(&call)),
    ]
    .map(|(engine, html)| {
        let tag = |html: String| {
            let start = html.find("<pyodide-block").expect("it is a block");
            html[start..]
                .split_once('>')
                .expect("its tag ends")
                .0
                .to_owned()
        };
        (engine, html.map(tag))
    })
}

fn assert_refused(name: &str, written: &str) {
    assert!(set(name, written).is_err(), "{name}=`{written}`");
    for (engine, tag) in tags(name, written) {
        assert!(tag.is_err(), "{name}=`{written}` under {engine}: {tag:?}");
    }
}

#[test]
fn lists() {
    for row in rows("written | items") {
        let items: Vec<String> = serde_json::from_str(&row[1]).expect("a list");
        for name in ["install", "files"] {
            let options = set(name, &row[0]).expect("it is a list");
            let list = if name == "install" {
                options.install
            } else {
                options.files
            };
            assert_eq!(list, Some(items.clone()), "{name}=`{}`", row[0]);
        }
    }
    for row in rows("written | items in the page") {
        for name in ["install", "files"] {
            assert!(set(name, &row[0]).is_err(), "{name}=`{}`", row[0]);
        }
    }
}

#[test]
fn switches() {
    for row in rows("written | means") {
        let options = set("linenumbers", &row[0]).expect("it is yes or no");
        let is_yes = row[1] == "yes";
        assert_eq!(options.linenumbers, Some(is_yes), "`{}`", row[0]);
        for (engine, tag) in tags("linenumbers", &row[0]) {
            let tag = tag.expect("it renders");
            let expected = if is_yes { " linenumbers" } else { "" };
            assert_eq!(
                tag,
                format!("<pyodide-block session=\"default\"{expected}"),
                "`{}` under {engine}",
                row[0]
            );
        }
        for (engine, tag) in tags("autoload", &row[0]) {
            let has_it = tag.expect("it renders").contains(" autoload=\"no\"");
            assert_eq!(has_it, !is_yes, "autoload=`{}` under {engine}", row[0]);
        }
    }
    for row in rows("not yes or no") {
        assert_refused("linenumbers", &row[0]);
        assert_refused("assets", &row[0]);
    }
}

#[test]
fn heights() {
    for row in rows("written | fewest | most") {
        let [written, least, most] = &row[..] else {
            panic!("three cells: {row:?}");
        };
        let options = set("height", written).expect("it is a height");
        let height = options.height.expect("it is set");
        match height {
            Height::Auto => assert_eq!((least.as_str(), most.as_str()), ("auto", "auto")),
            Height::Lines(lines) => {
                assert_eq!((&lines.to_string(), &lines.to_string()), (least, most))
            }
            Height::Between(from, to) => {
                assert_eq!((&from.to_string(), &to.to_string()), (least, most))
            }
            other => panic!("`{written}` is {other}"),
        }
        let lines = match least.as_str() {
            "auto" => String::new(),
            _ => format!(" data-least=\"{least}\" data-most=\"{most}\""),
        };
        let expected = format!("<pyodide-block session=\"default\" height=\"{height}\"{lines}");
        for (engine, tag) in tags("height", written) {
            let tag = tag.expect("it renders");
            assert_eq!(tag, expected, "`{written}` under {engine}");
        }
    }
    for row in rows("not a height") {
        assert_refused("height", &row[0]);
    }
}
