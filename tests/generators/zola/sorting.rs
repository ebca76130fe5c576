//! The order of pages in lists, by both engines.

use std::fs;
use std::path::Path;

use super::support::{Zola, pyfence, text_of, unescape};

/// What sections sort by. Without anything, and among sections of equal weight, Zola's order is chance.
const SORT_BY: [&str; 7] = [
    "date",
    "update_date",
    "title",
    "title_bytes",
    "weight",
    "slug",
    "permalink",
];

/// Pages that are alike, and such that lack what others have.
const PAGES: [(&str, &str); 10] = [
    ("b1", "title = 'T'\nweight = 1\ndate = 2020-01-01"),
    ("a10", "title = 'T'\nweight = 1\ndate = 2020-01-01"),
    ("a2", "title = 'T'\nweight = 1\ndate = 2020-01-01"),
    ("Zed", "title = 'T'\nweight = 1\ndate = 2020-01-01"),
    ("é", "title = 'T'\nweight = 1\ndate = 2020-01-01"),
    ("nothing", ""),
    (
        "x1",
        "title = 'b 10'\nweight = 0\ndate = 2021-01-01\nupdated = 2022-01-01",
    ),
    (
        "x2",
        "title = 'b 2'\nweight = 3\ndate = 2021-01-01T00:00:00Z",
    ),
    ("x3", "title = 'B 3'\nupdated = 2023-01-01"),
    (
        "x4",
        "title = 'É'\nslug = '1-slug'\ndate = '2021-01-01T01:00:00+02:00'",
    ),
];

pub fn pages_are_in_the_same_order(zola: &Zola) {
    let site = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("there is room");
        fs::write(path, text).expect("there is room");
    };
    write("config.toml", "base_url = 'https://example.org'\n");
    write("content/_index.md", "+++\n+++\n");
    write("templates/index.html", "");
    let list = "{% for page in section.pages %}{{ page.path }} behind {% if page.lower %}{{ page.lower.path }}{% endif %}\n{% endfor %}";
    write("templates/section.html", list);
    write("templates/page.html", "");
    for key in SORT_BY {
        write(
            &format!("content/{key}/_index.md"),
            &format!("+++\nsort_by = '{key}'\n+++\n"),
        );
        for (name, settings) in PAGES {
            let page = format!("+++\n{settings}\n+++\n");
            write(&format!("content/{key}/{name}.md"), &page);
        }
    }
    zola.build(site.path());
    let theirs = lists(site.path());
    let root = site.path().to_str().expect("it is UTF-8");
    let built = pyfence(
        &zola.path,
        &["build", "--engine", "embedded", "--root", root],
    );
    assert!(built.status.success(), "{}", text_of(&built));
    for (key, (ours, theirs)) in SORT_BY.iter().zip(lists(site.path()).iter().zip(&theirs)) {
        assert!(theirs.lines().count() >= 7, "{key}: {theirs}");
        assert_eq!(ours, theirs, "{key}");
    }
}

fn lists(site: &Path) -> Vec<String> {
    let list = |key: &&str| {
        let page = site.join("public").join(key).join("index.html");
        unescape(&fs::read_to_string(page).expect("it is built"))
    };
    SORT_BY.iter().map(list).collect()
}
