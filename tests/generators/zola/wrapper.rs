//! `pyfence build --engine zola`: the user's site, built by Zola.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::support::{
    FoundBlock, Zola, blocks_of, copy_of, pyfence, replace_all, text_of, unescape,
};

/// Code that is Zola's own syntax, in one dialect or the other.
const BRACES: &str = "print(\"{{ braces }} {% end %} {% endraw %} {# no comment #}\")";

pub fn build(zola: &Zola, root: &Path, flags: &[&str]) {
    let root = root.to_str().expect("UTF-8");
    let arguments = [&["build", "--engine", "zola", "--root", root], flags].concat();
    let output = pyfence(&zola.path, &arguments);
    assert!(output.status.success(), "{}", text_of(&output));
}

/// All files below a folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            files.extend(
                self::files(&path)
                    .into_iter()
                    .map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)),
            );
        } else {
            files.insert(name, fs::read(&path).expect("it can be read"));
        }
    }
    files
}

/// Text with a word in the place of each block, whoever made it.
fn without_blocks(text: &str) -> String {
    // The HTML in a feed is escaped.
    let mut plain = match text.starts_with("<?xml") {
        true => unescape(text),
        false => text.to_owned(),
    };
    for (start, end, word) in [
        ("<!--", "-->", ""),
        (
            "<link rel=\"stylesheet\" href=\"https://example.org/docs/pyfence/",
            "</script>",
            "",
        ),
        ("<pyodide-block", "</pyodide-block>", "[block]"),
        // In feeds.
        ("<pre class=\"pyfence-code\">", "</pre>", "[block]"),
        // What Zola makes of a fence in a language that it doesn't know.
        (UNKNOWN_CODE, "</pre>", "[block]"),
    ] {
        plain = replace_all(&plain, start, end, word);
    }
    // Line ends beside blocks differ, and a paragraph around one is two.
    plain
        .replace("&#10;", "")
        .replace(
            "<p>Text [block] text.</p>",
            "<p>Text</p>[block]<p>text.</p>",
        )
        .lines()
        .map(str::trim)
        .collect()
}

const UNKNOWN_CODE: &str = "<pre class=\"giallo\" style=\"color: #24292E; background-color: #FFFFFF;\"><code data-lang=\"plain\"";

/// What Zola alone gives: pyodide fences are code in no language, shortcodes a template's.
fn built_by_zola_alone(zola: &Zola) -> BTreeMap<String, Vec<u8>> {
    let site = copy_of("site");
    let shortcodes = site.path().join("templates/shortcodes");
    fs::create_dir_all(&shortcodes).expect("a folder");
    // What Zola alone can't have in a fence.
    let start = site.path().join("content/_index.md");
    let text = fs::read_to_string(&start).expect("a page");
    fs::write(&start, text.replace(BRACES, "code")).expect("it is written");
    let template = "<pyodide-block>{{ body }}</pyodide-block>";
    fs::write(shortcodes.join("pyodide.html"), template).expect("a shortcode");
    zola.build(site.path());
    files(&site.path().join("public"))
}

pub fn all_but_the_blocks_is_as_zola_builds_it(zola: &Zola) {
    let site = copy_of("site");
    let sources = files(site.path());
    build(zola, site.path(), &[]);
    let mut built = files(&site.path().join("public"));
    fs::remove_dir_all(site.path().join("public")).expect("it was built");
    assert_eq!(
        files(site.path()),
        sources,
        "the user's files are as they were"
    );

    built.retain(|name, _| !name.starts_with("pyfence/"));
    let plain = built_by_zola_alone(zola);
    let names: Vec<_> = built.keys().collect();
    assert_eq!(names, plain.keys().collect::<Vec<_>>());
    for (name, ours) in &built {
        // Words are counted and indexed with the code: `computed_from_a_page` compares that.
        if name.contains("search_index") {
            continue;
        }
        match (
            String::from_utf8(ours.clone()),
            String::from_utf8(plain[name].clone()),
        ) {
            (Ok(ours), Ok(theirs)) => {
                assert_eq!(without_blocks(&ours), without_blocks(&theirs), "{name}");
            }
            _ => assert_eq!(*ours, plain[name], "{name}"),
        }
    }
}

pub fn blocks_are_those_of_the_author(zola: &Zola) {
    let site = copy_of("site");
    build(zola, site.path(), &[]);
    let public = site.path().join("public");
    let page = fs::read_to_string(public.join("blog/first/index.html")).expect("a page");
    let (_, content) = page
        .split_once("<hr>")
        .expect("the content follows the summary");
    let codes = [
        "summary = 1\n\n# a comment\n",
        "if x:\n\n    y = {1: {2: 3}}",
        "1",
        "def f():\n    return \"f\"",
        "1",
    ];
    // The page shows its summary as well, whose blocks have sessions of their own.
    let attributes = [
        "session=\"of the page (2)\" height=\"3-20\" data-least=\"3\" data-most=\"20\"",
        "session=\"of the page (2)\" height=\"5\" data-least=\"5\" data-most=\"5\"",
        "session=\"of the page (2)\" height=\"3-20\" data-least=\"3\" data-most=\"20\"",
        "session=\"shortcode (2)\" height=\"3-20\" data-least=\"3\" data-most=\"20\"",
        "session=\"of the page (2)\" height=\"3-20\" data-least=\"3\" data-most=\"20\"",
    ];
    let expected: Vec<_> = attributes
        .iter()
        .zip(codes)
        .map(|(attributes, code)| FoundBlock {
            attributes: (*attributes).to_owned(),
            code: code.to_owned(),
            recorded: String::new(),
        })
        .collect();
    assert_eq!(blocks_of(content), expected);
    assert_eq!(page.matches("<script type=\"module\"").count(), 1);
    let start = fs::read_to_string(public.join("index.html")).expect("a page");
    assert_eq!(blocks_of(&start)[0].code, BRACES);
    let runtime = pyfence::Assets::shipped();
    for file in runtime.files() {
        let published = fs::read(public.join(file.path())).expect("the runtime is published");
        assert_eq!(published, file.contents());
    }
}

pub fn flags_are_handed_on(zola: &Zola) {
    let site = copy_of("site");
    let output = tempfile::tempdir().expect("a folder");
    let published = output.path().join("site");
    let flags = [
        "--drafts",
        "--base-url",
        "https://other.test",
        "--output-dir",
        published.to_str().expect("UTF-8"),
    ];
    build(zola, site.path(), &flags);
    let draft = fs::read_to_string(published.join("blog/draft/index.html")).expect("the draft");
    assert!(
        draft.contains("src=\"https://other.test/pyfence/"),
        "{draft}"
    );
    assert!(!site.path().join("public").exists());
}

pub fn sources_are_never_written_over(zola: &Zola) {
    let site = copy_of("site");
    let root = site.path().to_str().expect("UTF-8");
    let refused = |flags: &[&str]| {
        let sources = files(site.path());
        let arguments = [&["build", "--engine", "zola", "--root", root], flags].concat();
        let output = pyfence(&zola.path, &arguments);
        assert!(!output.status.success(), "{}", text_of(&output));
        assert_eq!(files(site.path()), sources, "{flags:?}");
        text_of(&output)
    };
    let content = site.path().join("content/site");
    let flags = ["--force", "--output-dir", content.to_str().expect("UTF-8")];
    let said = refused(&flags);
    assert!(said.contains("own sources are in this folder"), "{said}");

    let config = site.path().join("config.toml");
    let text = fs::read_to_string(&config).expect("it is there");
    fs::write(&config, format!("output_dir = \"content\"\n{text}")).expect("it is written");
    let said = refused(&[]);
    assert!(said.contains("config.toml:1:14"), "{said}");
}

pub fn mistakes_in_blocks_are_all_reported(zola: &Zola) {
    let site = copy_of("site");
    let page = site.path().join("content/blog/second.md");
    let text = fs::read_to_string(&page).expect("a page");
    fs::write(
        &page,
        format!("{text}\n```pyodide hieght=3\n```\n\n```pyodide theme=nope\n```\n"),
    )
    .expect("it is written");
    let root = site.path().to_str().expect("UTF-8");
    let output = pyfence(&zola.path, &["build", "--engine", "zola", "--root", root]);
    let said = text_of(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for place in ["11:12", "14:18"] {
        // As the embedded engine names it.
        let place = format!("--> {root}/content/blog/second.md:{place}");
        assert!(said.contains(&place), "{said}");
    }
    assert!(!site.path().join("public").exists());
}

pub fn zola_s_own_errors_name_the_author_s_files(zola: &Zola) {
    let site = copy_of("site");
    let page = site.path().join("content/blog/second.md");
    fs::write(&page, "+++\ntitle = \"x\"\n+++\n[nowhere](@/nowhere.md)\n").expect("it is written");
    let root = site.path().canonicalize().expect("it is there");
    let output = pyfence(
        &zola.path,
        &[
            "check",
            "--engine",
            "zola",
            "--root",
            root.to_str().expect("UTF-8"),
        ],
    );
    let said = text_of(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains(
            page.canonicalize()
                .expect("it is there")
                .to_str()
                .expect("UTF-8")
        ),
        "{said}"
    );
    assert!(!said.contains("/pyfence-"), "{said}");
}

/// A list loads the runtime once and keeps the sessions of pages apart; in feeds code is plain.
pub fn lists_and_feeds(zola: &Zola) {
    let site = copy_of("every-template");
    let write = |name: &str, text: &str| fs::write(site.path().join(name), text).expect("a file");
    let config = fs::read_to_string(site.path().join("config.toml")).expect("it is there");
    write("config.toml", &format!("generate_feeds = true\n{config}"));
    write(
        "templates/section.html",
        "{% for page in section.pages %}{{ page.summary | safe }}{% endfor %}",
    );
    for name in ["one", "two"] {
        let text = format!(
            "+++\ntitle = \"{name}\"\ndate = 2026-01-01\n+++\n```pyodide\nif {name}: 1\n```\n\n<!-- more -->\n\nMore.\n"
        );
        write(&format!("content/blog/{name}.md"), &text);
    }
    build(zola, site.path(), &[]);
    let public = |name| fs::read_to_string(site.path().join("public").join(name)).expect("a file");
    let list = public("blog/index.html");
    assert_eq!(list.matches("<script type=\"module\"").count(), 1, "{list}");
    let blocks = blocks_of(&list);
    let sessions: Vec<_> = blocks.iter().map(|block| &block.attributes[..]).collect();
    assert_eq!(
        sessions,
        ["session=\"default\"", "session=\"default (2)\""],
        "{list}"
    );

    let feed = public("atom.xml");
    assert!(
        feed.contains("if one: 1") && feed.contains("if two: 1"),
        "{feed}"
    );
    for word in [
        "&lt;script",
        "<script",
        "pyfence.css",
        "pyodide-block",
        "c-k",
    ] {
        assert!(!feed.contains(word), "{word}: {feed}");
    }
}

/// Blocks that were written as HTML, in a page or in a template, are loaded like any other; files of
/// `static/` stay as they are.
pub fn blocks_that_are_html_get_the_loader(zola: &Zola) {
    let block = "<pyodide-block>\n<pre><code>print(1)</code></pre>\n</pyodide-block>";
    let site = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let file = site.path().join(name);
        fs::create_dir_all(file.parent().expect("it is in the site")).expect("a folder");
        fs::write(file, text).expect("it is written");
    };
    write("config.toml", "base_url = \"https://site.test\"\n");
    write("content/block.md", &format!("+++\n+++\n{block}\n"));
    write("content/plain.md", "+++\n+++\nNo block.\n");
    write("templates/page.html", "{{ page.content | safe }}");
    write("templates/404.html", block);
    write("templates/index.html", "no block");
    write("static/own.html", block);
    for engine in ["zola", "embedded"] {
        let root = site.path().to_str().expect("UTF-8");
        let arguments = ["build", "--engine", engine, "--root", root];
        let built = pyfence(&zola.path, &arguments);
        assert!(built.status.success(), "{}", text_of(&built));
        let scripts = ["block/index", "plain/index", "404", "own"].map(|name| {
            let file = site.path().join(format!("public/{name}.html"));
            let page = fs::read_to_string(file).expect("a page");
            page.matches("<script type=\"module\" src=\"https://site.test/pyfence/")
                .count()
        });
        assert_eq!(scripts, [1, 0, 1, 0], "{engine}");
    }
}

/// Word counts, reading times and `striptags` are what a plain fence gives.
pub fn computed_from_a_page(zola: &Zola) {
    let code = "\
def shout(text):
    \"\"\"Says ``text`` loudly.\"\"\"

    return f\"{text.upper()} {1 + 1}\"


print(shout(\"hello\"))
";
    let page = |fence: &str| {
        let item = code.replace('\n', "\n  ").trim_end().to_owned();
        format!(
            "+++\ntitle = \"A\"\n+++\nSome words before.\n\n```{fence}\n{code}```\n\nMore words.\n\n\
             - ```{fence}\n  {item}\n  ```\n\n  and its end\n\n  ```{fence}\n  {item}\n  ```\n"
        )
    };
    let built = |page: &str, wrapped: bool| {
        let site = tempfile::tempdir().expect("a folder");
        for folder in ["content", "templates"] {
            fs::create_dir(site.path().join(folder)).expect("a folder");
        }
        let write =
            |name: &str, text: &str| fs::write(site.path().join(name), text).expect("a file");
        write(
            "config.toml",
            "base_url = \"https://example.org\"\ncompile_sass = false\nbuild_search_index = true\n",
        );
        write("content/_index.md", "+++\n+++\n");
        write("content/a.md", page);
        write("templates/index.html", "");
        write(
            "templates/page.html",
            "{{ page.word_count }} {{ page.reading_time }}\n{{ page.content | striptags }}",
        );
        if wrapped {
            build(zola, site.path(), &[]);
        } else {
            zola.build(site.path());
        }
        ["a/index.html", "search_index.en.js"].map(|name| {
            let file = site.path().join("public").join(name);
            let text = fs::read_to_string(file).expect("it is built");
            // In the index a line end is written as an escape.
            let text = text.replace("\\n", " ");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    };
    // Our static code leaves quotes as they are, Zola's doesn't.
    let [text, index] = built(&page("python"), false);
    let plain = [text.replace("&amp;quot;", "&quot;"), index];
    // Zola indexes no code.
    assert!(
        plain[1].contains("Some words before. More words."),
        "{}",
        plain[1]
    );
    assert_eq!(built(&page("pyodide"), true), plain);

    let details = format!(
        "+++\ntitle = \"A\"\n+++\n<details>\n{{% pyodide() %}}\n{code}{{% end %}}\n</details>\n"
    );
    let [text, _] = built(&details, true);
    let words: Vec<_> = code.split_whitespace().collect();
    let code = words.join(" ").replace('"', "&quot;");
    assert!(text.contains(&code), "{text}");
}
