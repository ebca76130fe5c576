//! The same three blocks written each way, in a site that is built with the Zola at hand (and by
//! pyfence alone): the pages have the same blocks, and load the runtime once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::support::{
    Zola, blocks_of, copy_folder, copy_of, pyfence, text_content, text_of, unescape,
};
use super::wrapper::files;

/// What a page has to have, in this order.
#[derive(Debug, Deserialize, PartialEq)]
struct Block {
    attributes: BTreeMap<String, String>,
    code: String,
}

/// How the blocks come into the site.
#[derive(Debug, Clone, Copy)]
enum Way {
    CopiedKit,
    StockFences,
    Wrapper,
    Embedded,
}

pub fn all_ways_give_the_same_blocks(zola: &Zola) {
    let expected = fs::read_to_string("tests/zola/ways/blocks.json").expect("the blocks");
    let expected: Vec<Block> = serde_json::from_str(&expected).expect("it is JSON");
    for way in [
        Way::CopiedKit,
        Way::StockFences,
        Way::Wrapper,
        Way::Embedded,
    ] {
        let site = way.built(zola);
        let page = |name| fs::read_to_string(site.path().join("public").join(name));
        let html = page("index.html").expect("a page");
        assert_eq!(way.blocks_of(&html), expected, "{way:?}: {html}");
        for tag in ["<link rel=\"stylesheet\"", "<script type=\"module\""] {
            assert_eq!(html.matches(tag).count(), 1, "{way:?}: {html}");
        }
        let loader = html.find("<script").expect("a script");
        let main = html.find("In text.").expect("the text");
        let first = main + html[main..].find("<code").expect("a block");
        assert!(loader < first, "{way:?}: {html}");
        let plain = page("plain/index.html").expect("a page");
        assert!(!plain.contains("<script"), "{way:?}: {plain}");
    }
}

/// Ordinary fences need a theme for code: without one, Zola drops their options.
pub fn stock_fences_need_a_theme_for_code(zola: &Zola) {
    let site = copy_of("ways/site");
    let root = site.path();
    copy_folder(Path::new("tests/zola/ways/stock"), root);
    let config = root.join("config.toml");
    let built = || {
        zola.build(root);
        fs::read_to_string(root.join("public/index.html")).expect("a page")
    };
    let check = || {
        let root = root.to_str().expect("UTF-8");
        let arguments = ["check", "--engine", "zola", "--root", root];
        text_of(&pyfence(&zola.path, &arguments))
    };
    assert_eq!(built().matches("data-pyodide").count(), 3);
    assert!(!check().contains("stays code"));

    fs::write(&config, "base_url = \"https://site.test\"\n").expect("it is written");
    let page = built();
    assert!(!page.contains("data-pyodide"), "{page}");
    assert!(!page.contains("<script"), "{page}");
    let said = check();
    assert_eq!(said.matches("this fence stays code").count(), 3, "{said}");
    assert!(said.contains("content/_index.md:6:1"), "{said}");
    assert!(said.contains("[markdown.highlighting]"), "{said}");
}

/// A page that isn't a template may hold fences with any code.
pub fn stock_fences_hold_braces_where_pages_are_no_templates(zola: &Zola) {
    let site = copy_of("ways/site");
    copy_folder(Path::new("tests/zola/ways/stock"), site.path());
    let write = |name: &str, text: &str| {
        let file = site.path().join(name);
        fs::create_dir_all(file.parent().expect("it is in the site")).expect("a folder");
        fs::write(file, text).expect("it is written");
    };
    let config = fs::read_to_string(site.path().join("config.toml")).expect("it is there");
    let skip = "skip_content_templating = [\"blog/**\"]\n";
    write("config.toml", &format!("{skip}{config}"));
    write("content/blog/_index.md", "+++\n+++\n");
    let code = "print(f\"{{x}} {% y %} {# z #}\")";
    let fence = format!("+++\n+++\n```python,pyodide=run\n{code}\n```\n");
    write("content/blog/braces.md", &fence);
    zola.build(site.path());
    let page = fs::read_to_string(site.path().join("public/blog/braces/index.html"));
    let blocks = Way::StockFences.blocks_of(&page.expect("a page"));
    assert_eq!(blocks[0].code, code);
}

/// The example course with its theme: 0.22, 0.23 and pyfence alone give the same blocks.
pub fn the_example_course_has_the_same_blocks(zola: &Zola) {
    let [driven, alone] = ["zola", "embedded"].map(|engine| {
        let output = tempfile::tempdir().expect("a folder");
        let folder = output.path().join(engine);
        let to = folder.to_str().expect("UTF-8");
        let flags = ["build", "--engine", engine, "--output-dir", to];
        run(zola, Path::new("site-example"), &flags);
        let pages = files(&folder).into_iter();
        let pages = pages.filter(|(name, _)| name.ends_with(".html"));
        let blocks = |html: Vec<u8>| blocks_of(&String::from_utf8(html).expect("UTF-8"));
        let blocks: BTreeMap<_, _> = pages.map(|(name, html)| (name, blocks(html))).collect();
        blocks
    });
    assert!(driven.values().flatten().count() > 50);
    assert_eq!(driven, alone);
}

impl Way {
    /// The site of this way, built into its folder `public`.
    fn built(self, zola: &Zola) -> tempfile::TempDir {
        let site = copy_of("ways/site");
        let root = site.path();
        let pages = match self {
            Way::CopiedKit if zola.has_shortcodes() => "shortcode",
            Way::CopiedKit => "component",
            Way::StockFences => "stock",
            Way::Wrapper | Way::Embedded => "fence",
        };
        copy_folder(&Path::new("tests/zola/ways").join(pages), root);
        match self {
            Way::CopiedKit => {
                run(zola, root, &["add"]);
                zola.build(root);
            }
            Way::StockFences => {
                let version = env!("CARGO_PKG_VERSION");
                copy_folder(
                    Path::new("runtime"),
                    &root.join("static/pyfence").join(version),
                );
                zola.build(root);
            }
            Way::Wrapper => run(zola, root, &["build", "--engine", "zola"]),
            Way::Embedded => run(zola, root, &["build", "--engine", "embedded"]),
        }
        site
    }

    /// The blocks of a page, once the loader has made those of ordinary fences.
    fn blocks_of(self, html: &str) -> Vec<Block> {
        let (opening, end) = match self {
            Way::StockFences => ("<code data-lang=\"python\" data-", "</code>"),
            _ => ("<pyodide-block ", "</pyodide-block>"),
        };
        let found = html.split(opening).skip(1).map(|part| {
            let block = part.split(end).next().expect("a first part");
            let (attributes, inside) = block.split_once('>').expect("its tag ends");
            let mut block = Block {
                attributes: attributes_of(attributes),
                // The code is the text of the `<code>`: what stands before it is white space.
                code: text_content(inside.find("<code").map_or(inside, |at| &inside[at..])),
            };
            match self {
                Way::StockFences => block.upgrade(),
                // What follows from the options is for the stylesheet.
                _ => block
                    .attributes
                    .retain(|name, _| !name.starts_with("data-")),
            }
            block
        });
        found.collect()
    }
}

impl Block {
    /// What `runtime/on-demand/stock-fences.js` makes of a fence.
    fn upgrade(&mut self) {
        let data = std::mem::take(&mut self.attributes);
        let options = data.into_iter().map(|(name, value)| {
            let name = name.trim_start_matches("data-").to_owned();
            (name, value.replace('+', ","))
        });
        self.attributes = options.filter(|(name, _)| name != "pyodide").collect();
        let session = self.attributes.entry("session".to_owned());
        session.or_insert("default".to_owned());
        self.code.truncate(self.code.trim_end_matches('\n').len());
    }
}

fn attributes_of(tag: &str) -> BTreeMap<String, String> {
    let pairs = tag.split_inclusive("\" ").map(|pair| {
        let (name, value) = pair.trim().split_once('=').expect("it has a value");
        (name.to_owned(), unescape(value.trim_matches('"')))
    });
    pairs.collect()
}

fn run(zola: &Zola, root: &Path, arguments: &[&str]) {
    let root = root.to_str().expect("UTF-8");
    let output = pyfence(&zola.path, &[arguments, &["--root", root]].concat());
    assert!(output.status.success(), "{}", text_of(&output));
}
