//! The shipped shortcode gives the same block under Tera 1 (Zola up to 0.22) and Tera 2.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use serde_json::json;
use tera::{Kwargs, State, TeraResult};

fn shortcode() -> String {
    fs::read_to_string("shortcodes/pyodide.html").expect("the shortcode is there")
}

#[test]
fn the_same_block() {
    let all = [
        ("loader", "<link rel=\"stylesheet\" href=\"/x.css\">\n"),
        ("recorded", ""),
        ("code", "<c-n>1</c-n> &lt; 2"),
        ("session", "a <b> & \"c\" / 'd'"),
        ("install", "pkg[a]>=1,https://example.org/x.whl"),
        ("files", "data.csv,/site/b.csv"),
        ("title", "a \"b\" & c.py"),
        ("id", "first"),
        ("height", "5-30"),
        ("theme", "tomorrow,tomorrow_night"),
        ("linenumbers", "yes"),
        ("autorun", "no"),
        ("readonly", "on"),
        ("persist", "1"),
        ("output", "text"),
        ("autoload", "off"),
        ("version", "0.27.7"),
    ];
    for used in [4, all.len()] {
        let variables: BTreeMap<_, _> = all[..used].iter().copied().collect();
        let block = under_tera_2(&variables).expect("it renders");
        assert_eq!(
            unescape(&under_tera_1(&variables).expect("it renders")),
            unescape(&block)
        );
        assert!(
            block.contains("session=\"a &lt;b&gt; &amp; &quot;c&quot; / "),
            "{block}"
        );
    }
}

#[test]
fn the_same_parts_of_an_exercise() {
    for role in ["check", "hint", "solution"] {
        let part = [
            ("code", "1 &lt; 2"),
            ("loader", ""),
            (role, "a \"b\""),
            ("title", "<i>"),
        ];
        let part = part.into_iter().collect();
        let html = under_tera_2(&part).expect("it renders");
        assert_eq!(
            unescape(&under_tera_1(&part).expect("it renders")),
            unescape(&html)
        );
        assert!(
            html.contains(&format!(" {role}=\"a &quot;b&quot;\"")),
            "{html}"
        );
        assert_eq!(html.contains(" hidden"), role == "check", "{html}");
        assert_eq!(
            html.contains("<details><summary>&lt;i&gt;</summary>"),
            role != "check",
            "{html}"
        );
    }
}

#[test]
fn every_option_is_an_attribute() {
    let every = [
        ("code", "1"),
        ("loader", ""),
        ("recorded", ""),
        ("files", "data.csv,/site/b.csv"),
        ("hidden", "true"),
        ("autorun", "no"),
        ("linenumbers", "yes"),
        ("autoload", "no"),
    ];
    let block = under_tera_2(&every.into_iter().collect()).expect("it renders");
    assert_eq!(
        block.split_once('>').expect("it has a tag").0.trim(),
        "<pyodide-block session=\"default\" files=\"data.csv,/site/b.csv\" linenumbers hidden autoload=\"no\""
    );
}

#[test]
fn a_copied_shortcode_says_where_its_block_is_where_the_site_wants_it() {
    let block = |sources: bool, kind: &str| {
        let mut tera = tera1::Tera::default();
        let url = |_: &HashMap<String, tera1::Value>| Ok("/x".into());
        tera.register_function("get_url", url);
        tera.register_function("get_hash", url);
        let text = |text: &tera1::Value, _: &HashMap<String, tera1::Value>| Ok(text.clone());
        tera.register_filter("markdown", text);
        tera.add_raw_template("pyodide.html", &shortcode())
            .expect("it parses");
        let mut context = tera1::Context::new();
        context.insert("body", "1");
        context.insert("nth", &1);
        context.insert(kind, &json!({ "relative_path": "a \"b\"/über.md" }));
        let settings = json!({ "extra": { "pyfence": { "sources": sources } } });
        context.insert("config", &settings);
        tera.render("pyodide.html", &context).expect("it renders")
    };
    for kind in ["page", "section"] {
        let stated = block(true, kind);
        assert!(
            stated.contains(
                "<pyodide-block data-source=\"content/a &quot;b&quot;&#x2F;über.md\" session="
            ),
            "{stated}"
        );
        assert!(!block(false, kind).contains("data-source"));
    }
}

pub(super) fn under_tera_1(variables: &BTreeMap<&str, &str>) -> Result<String, String> {
    let mut tera = tera1::Tera::default();
    tera.add_raw_template("shortcodes/pyodide.html", &shortcode())
        .expect("it parses");
    let context = tera1::Context::from_serialize(variables).expect("they are text");
    tera.render("shortcodes/pyodide.html", &context)
        .map_err(|error| format!("{error:?}"))
}

pub(super) fn under_tera_2(variables: &BTreeMap<&str, &str>) -> Result<String, String> {
    let mut tera = tera::Tera::new();
    // Tera 2 asks for what a template names when it is added; only a block without `code` calls it.
    for function in ["get_url", "get_hash"] {
        tera.register_function(function, |_: Kwargs, _: &State<'_>| -> TeraResult<String> {
            Err(tera::Error::message("it is called"))
        });
    }
    tera.register_filter(
        "markdown",
        |_: &str, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
            Err(tera::Error::message("it is called"))
        },
    );
    tera.add_raw_template("shortcodes/pyodide.html", &shortcode())
        .expect("it parses");
    let context = tera::Context::from_serialize(variables).expect("they are text");
    tera.render("shortcodes/pyodide.html", &context)
        .map_err(|error| format!("{error:?}"))
}

/// The two escape different characters (Tera 1 also `/`); the browser reads the same.
fn unescape(html: &str) -> String {
    html.replace("&#x2F;", "/")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
}
