//! The shortcodes of a site itself: Zola up to 0.22 expands them, for a later one pyfence does.

use std::fs;
use std::path::Path;

use super::support::{Zola, blocks_of, copy_of, pyfence, text_of};
use super::wrapper::build;

/// A site with these shortcodes and this text on its page `blog/second`.
fn site_with(shortcodes: &[(&str, &str)], text: &str) -> tempfile::TempDir {
    let site = copy_of("site");
    let folder = site.path().join("templates/shortcodes");
    fs::create_dir_all(&folder).expect("a folder");
    for (name, template) in shortcodes {
        fs::write(folder.join(name), template).expect("a shortcode");
    }
    let front_matter = "title = \"x\"\ndate = 2026-01-03\n[extra]\nmood = \"calm\"\n";
    let page = format!("+++\n{front_matter}+++\n{text}");
    fs::write(site.path().join("content/blog/second.md"), page).expect("it is written");
    site
}

fn page_of(site: &Path) -> String {
    fs::read_to_string(site.join("public/blog/second/index.html")).expect("a page")
}

pub fn they_keep_working(zola: &Zola) {
    let note = "<aside class=\"{{ kind }}\">\n\n{{ body | markdown | safe }}</aside>";
    let site = site_with(
        &[("note.html", note), ("say.md", "**{{ what }} {{ nth }}**")],
        "{% note(kind=\"k\") %}\nIn *it*:\n\n```pyodide\nif x:\n\n    1\n```\n{% end %}\n\nI {{ say(what=\"do\") }} and {{ say(what=\"did\") }}, {{/* say(what=1) */}}.\n",
    );
    build(zola, site.path(), &[]);
    let built = page_of(site.path());
    let aside = built.find("<aside class=\"k\">").expect("a note")
        ..built.find("</aside>").expect("its end");
    assert!(built[aside.clone()].contains("In <em>it</em>:"), "{built}");
    assert_eq!(
        blocks_of(&built[aside])[0].code,
        "if x:\n\n    1",
        "{built}"
    );
    assert!(
        built.contains(
            "<p>I <strong>do 1</strong> and <strong>did 2</strong>, {{ say(what=1) }}.</p>"
        ),
        "{built}"
    );
}

pub fn they_see_the_page_and_the_configuration(zola: &Zola) {
    let about = "{{ page.title }}, {{ page.date }}, {{ page.extra.mood }}, {{ page.path }}, {{ page.permalink }}, {{ page.relative_path }}, {{ page.draft }}; {{ config.title }}, {{ config.base_url }}, {{ config.extra.pyfence.height }}, {{ lang }}";
    let site = site_with(&[("about.md", about)], "{{ about() }}\n");
    build(zola, site.path(), &[]);
    let built = page_of(site.path());
    assert!(
        built.contains("<p>x, 2026-01-03, calm, /blog/second/, https://example.org/docs/blog/second/, blog/second.md, false; A site that uses much of Zola, https://example.org/docs, 3-20, en</p>"),
        "{built}"
    );
}

pub fn one_that_needs_zola_is_a_clear_error(zola: &Zola) {
    let unreadable = ("never_called.html", "{% import 'm.html' as m %}");
    let site = site_with(&[unreadable], "Text.\n");
    let root = site.path().to_str().expect("UTF-8");
    let output = pyfence(&zola.path, &["build", "--engine", "zola", "--root", root]);
    let said = text_of(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("templates/shortcodes/never_called.html:1:4"),
        "{said}"
    );

    let link = "<a\n  href=\"{{ get_url(path=path) }}\">{{ path }}</a>";
    let site = site_with(
        &[("link.html", link)],
        "Text.\n\nA {{ link(path=\"file.txt\") }}.\n",
    );
    let root = site.path().to_str().expect("UTF-8");
    let output = pyfence(&zola.path, &["build", "--engine", "zola", "--root", root]);
    let said = text_of(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in [
        "content/blog/second.md:9:3",
        "shortcodes/link.html:2:12",
        "`get_url`",
        "component",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!site.path().join("public").exists());
}
