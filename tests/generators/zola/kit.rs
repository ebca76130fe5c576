//! The files that themes copy, in a site built by Zola alone.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pyfence::Assets;
use sha2::{Digest, Sha384};

use super::support::{FoundBlock, Zola, blocks_of, copy_folder, copy_of, pyfence, text_of};

const CODE: [&str; 3] = [
    "print(\"one < two & three\")",
    "# a comment with ~~~~ and ``` and `````\n\n~~~~~~~~~~\nif {1: {2: \"{{ x }} {%d%} {# #}\"}}:\n\n    pass",
    "if 2 > 1:\n\n    print(2)",
];

const ATTRIBUTES: [&str; 3] = [
    "session=\"default\"",
    "session=\"a \"b\" <c>\" install=\"griffe,dep>=1\" height=\"12\" data-least=\"12\" data-most=\"12\" theme=\"tomorrow,tomorrow_night\" version=\"0.27.7\"",
    "session=\"quoted\"",
];

pub fn gives_blocks(zola: &Zola) {
    let page = built(zola);
    let expected: Vec<_> = ATTRIBUTES
        .iter()
        .zip(CODE)
        .map(|(attributes, code)| FoundBlock {
            attributes: (*attributes).to_owned(),
            code: code.to_owned(),
            recorded: String::new(),
        })
        .collect();
    assert_eq!(blocks_of(&page), expected, "{page}");
    let list = page.find("<li>").expect("a list")..page.find("</li>").expect("its end");
    assert!(
        page[list].contains("<pyodide-block"),
        "the list holds its block: {page}"
    );
    let quote =
        page.find("<blockquote>").expect("a quote")..page.find("</blockquote>").expect("its end");
    assert!(
        page[quote].contains("<pyodide-block"),
        "the quote holds its block: {page}"
    );
    if zola.has_shortcodes() {
        assert!(
            page.contains("<span style="),
            "Zola colours the code: {page}"
        );
    }
}

pub fn loads_the_runtime_once(zola: &Zola) {
    let page = built(zola);
    for file in ["pyfence.css", "pyfence.js"] {
        let version = env!("CARGO_PKG_VERSION");
        let address = format!("\"https://example.org/docs/pyfence/{version}/{file}\" integrity=\"");
        assert_eq!(page.matches(&address).count(), 1, "{page}");
        let copied = fs::read(Path::new("runtime").join(file)).expect("it is in the kit");
        let digest = STANDARD.encode(Sha384::digest(copied));
        let tag = format!("{address}sha384-{digest}\"");
        assert!(page.contains(&tag), "{page}");
    }
    let loader = page.find("<script").expect("a script");
    assert!(loader < page.find("<pyodide-block").expect("a block"));
}

/// One base template makes pages, sections, lists of taxonomies and the page for lost readers, with a
/// `page` of the theme's own: the lines that documents and `pyfence add` print hold in all of them.
pub fn lines_hold_in_every_template(zola: &Zola) {
    let site = copy_of("every-template");
    let root = site.path().to_str().expect("UTF-8");
    let output = pyfence(&zola.path, &["add", "--root", root]);
    let said = text_of(&output);
    assert!(output.status.success(), "{said}");
    let printed = said.lines().filter_map(|line| line.strip_prefix("    "));
    let printed = printed.map(|line| format!("{line}\n")).collect::<String>();
    let start = printed
        .find("{% if page is defined and page.content is defined and \"data-pyodide\"")
        .expect("the lines");
    // Documents have the same, with the folder of a copy made by hand.
    let (own, by_hand) = (Assets::shipped().folder(), env!("CARGO_PKG_VERSION"));
    let stock = printed[start..].replace(own, &format!("pyfence/{by_hand}"));
    let docs = fs::read_to_string("docs/zola.md").expect("it is there");
    assert!(docs.contains(&stock), "{stock}");
    let base = site.path().join("templates/base.html");
    let text = fs::read_to_string(&base).expect("a template");
    fs::write(&base, text.replace("<!-- loader -->", &printed)).expect("it is written");
    zola.build(site.path());
    for (page, loads) in [
        ("index.html", true),
        ("blog/index.html", false),
        ("blog/stock/index.html", true),
        ("tags/index.html", false),
        ("tags/one/index.html", false),
        ("404.html", false),
    ] {
        let html = fs::read_to_string(site.path().join("public").join(page)).expect(page);
        assert_eq!(
            html.contains("<script type=\"module\""),
            loads,
            "{page}: {html}"
        );
    }
}

/// The page of the site with the kit as its documentation says: two copies.
fn built(zola: &Zola) -> String {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (fixture, kit) = match zola.has_shortcodes() {
        true => ("kit/0.22", "shortcodes/pyodide.html"),
        false => ("kit/0.23", "shortcodes/components/pyodide.html"),
    };
    let site = copy_of(fixture);
    let target = match zola.has_shortcodes() {
        true => site.path().join("templates/shortcodes"),
        false => site.path().join("templates/components"),
    };
    fs::create_dir_all(&target).expect("a folder");
    fs::copy(project.join(kit), target.join("pyodide.html")).expect("the kit is copied");
    let version = env!("CARGO_PKG_VERSION");
    copy_folder(
        &project.join("runtime"),
        &site.path().join("static/pyfence").join(version),
    );
    zola.build(site.path());
    fs::read_to_string(site.path().join("public/index.html")).expect("a page")
}
