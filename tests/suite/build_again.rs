//! A build with what the build before has kept gives what a fresh one gives, whatever has changed.

use std::fs;
use std::path::Path;

use pyfence::site::{Kept, Output, Site, SiteOptions};
use pyfence::{Errors, PageRecords, Record, RecordFolder, RecordedOutput};

use crate::support::write_in;

const EDITS: usize = 120;

/// A page without calls, with what the rest of a site may change: links, blocks, headings, a summary.
fn page(title: usize, body: usize) -> String {
    format!(
        "+++\ntitle = \"Title {title}\"\n[extra.pyfence]\nheight = {}\n+++\n# Heading {body}\n\n\
         \"Quoted\" :smile: [start](@/start.md#heading-0) and [out](https://example.org)\n\n<!-- more -->\n\n\
         ```pyodide session=s{body}\nprint({body})\n```\n",
        body % 7 + 1
    )
}

fn write_site(root: &Path) {
    write_in(root, "config.toml", &config(0));
    let list = "{% for page in section.pages %}{{ page.title }} {{ page.summary | default(value='') | safe }}{% endfor %}";
    write_in(root, "templates/section.html", list);
    write_in(root, "templates/index.html", "{{ section.content | safe }}");
    write_in(root, "templates/page.html", &template(0));
    write_in(root, "templates/shortcodes/data.html", &shortcode(0));
    write_in(root, "static/data.txt", "0");
    write_in(root, "content/start.md", &page(0, 0));
    write_in(root, "content/called.md", "+++\n+++\n{{ data() }}\n");
    write_in(root, "content/list/_index.md", &section("none"));
    for number in 0..6 {
        write_in(root, &format!("content/list/{number}.md"), &page(number, 0));
    }
}

fn config(number: usize) -> String {
    format!(
        "base_url = \"https://example.org/{}\"\n[markdown]\nsmart_punctuation = {}\nrender_emoji = {}\n\
         [extra.pyfence]\nlinenumbers = {}\n",
        number % 3,
        number.is_multiple_of(2),
        number.is_multiple_of(3),
        number.is_multiple_of(5)
    )
}

fn template(number: usize) -> String {
    format!(
        "{number} {{% set start = get_page(path=\"start.md\") %}}{{{{ start.title }}}} {{{{ page.content | safe }}}}\
         {{{{ page.lower.title | default(value='') }}}} {{{{ page.backlinks | length }}}}"
    )
}

fn shortcode(number: usize) -> String {
    format!(
        "{number} {{{{ load_data(path=\"static/data.txt\") }}}}\
         {{% set start = get_page(path=\"start.md\") %}}{{{{ start.title }}}}"
    )
}

fn section(anchors: &str) -> String {
    format!(
        "+++\ntitle = \"List\"\nsort_by = \"title\"\ninsert_anchor_links = \"{anchors}\"\n+++\n"
    )
}

/// Some change, which may be a mistake that a later one mends.
fn edit(root: &Path, number: usize, random: usize) {
    let some_page = format!("content/list/{}.md", random % 6);
    let remove = |name: &str| drop(fs::remove_file(root.join(name)));
    match number % 15 {
        0 | 1 => write_in(root, &some_page, &page(random % 6, random)),
        2 => write_in(root, &some_page, &page(random, 0)),
        3 => write_in(
            root,
            &format!("content/list/new-{random}.md"),
            &page(random, 1),
        ),
        4 => remove(&some_page),
        5 => write_in(root, "templates/page.html", &template(random)),
        6 => write_in(root, "templates/shortcodes/data.html", &shortcode(random)),
        7 => write_in(root, "static/data.txt", &random.to_string()),
        8 => write_in(root, "config.toml", &config(random)),
        9 => {
            let slug =
                format!("+++\nslug = \"start-{random}\"\ntitle = \"Start\"\n+++\n# Heading 0\n");
            write_in(root, "content/start.md", &slug);
        }
        10 => {
            let anchors = ["none", "left", "right", "heading"][random % 4];
            write_in(root, "content/list/_index.md", &section(anchors));
        }
        11 => {
            let shown = vec![RecordedOutput::text("stdout", random.to_string())];
            let records = PageRecords::new(vec![Record::new("a key", "print(0)", shown)]);
            let folder = RecordFolder::new(root, "content");
            let written = folder.write(&some_page, &records, &[]);
            written.expect("there is room");
        }
        12 if random.is_multiple_of(2) => {
            let link = "{% set start = get_page(path=\"start.md\") %}{{ start.title }} {{ id }}";
            write_in(root, "templates/anchor-link.html", link);
        }
        12 => remove("templates/anchor-link.html"),
        // A link to nowhere, and its end.
        13 => write_in(
            root,
            "content/broken.md",
            "+++\n+++\n[nowhere](@/nowhere.md)\n",
        ),
        _ => remove("content/broken.md"),
    }
}

fn built(root: &Path, kept: &mut Kept) -> Result<Output, Errors> {
    Site::load(root, &SiteOptions::default())?.build_again(kept)
}

#[test]
fn whatever_has_changed_the_result_is_that_of_a_fresh_build() {
    let site = tempfile::tempdir().expect("there is room");
    let root = site.path();
    write_site(root);
    let mut kept = Kept::default();
    let (mut good, mut random) = (0, 1_usize);
    for number in 0..EDITS {
        let (again, fresh) = (built(root, &mut kept), built(root, &mut Kept::default()));
        match (again, fresh) {
            (Ok(again), Ok(fresh)) => {
                good += 1;
                for (path, file) in &fresh.files {
                    assert_eq!(again.files.get(path), Some(file), "{path}, edit {number}");
                }
                assert_eq!(again.files.len(), fresh.files.len());
                assert_eq!(again.warnings.to_string(), fresh.warnings.to_string());
            }
            (Err(again), Err(fresh)) => assert_eq!(again.to_string(), fresh.to_string()),
            (again, _) => panic!("only one of them fails: {:?}", again.err()),
        }
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        edit(root, number, (random >> 33) % 1000);
    }
    assert!(good > EDITS / 2, "{good} of {EDITS} are without mistakes");
}
