//! The embedded engine from outside: small sites in `tests/site/`, and what becomes of them.

use std::fs;
use std::path::Path;
use std::process::Command;

use pyfence::site::{Output, Preserve, Site, SiteOptions};
use pyfence::{Assets, Error, Errors};

use crate::support::write_in;

fn load(name: &str, options: &SiteOptions) -> Result<Site, Errors> {
    Site::load(Path::new("tests/site").join(name), options)
}

fn build(name: &str) -> Result<Output, Errors> {
    load(name, &SiteOptions::default())?.build()
}

/// The text files of a site, one after the other, and the names of all others. What changes with
/// every version of the runtime is left out.
fn shown(output: &Output) -> String {
    let runtime = Assets::shipped();
    let mut shown = String::new();
    for (path, file) in &output.files {
        if path.starts_with(runtime.folder()) {
            continue;
        }
        let bytes = file.read().expect("the file is there");
        let text = String::from_utf8(bytes).expect("fixtures are text");
        shown.push_str(&format!("=== {path}\n{}\n", text.trim()));
    }
    for file in runtime.files() {
        shown = shown.replace(file.integrity(), "sha384-...");
    }
    shown.replace(runtime.folder(), "pyfence/HASH")
}

fn messages(errors: &[Error]) -> String {
    let drawn: Vec<String> = errors.iter().map(ToString::to_string).collect();
    drawn.join("\n\n")
}

#[test]
fn everything() {
    let output = build("everything").expect("the site is good");
    assert_eq!(messages(&output.warnings), "");
    insta::with_settings!({snapshot_path => "../site", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("everything", shown(&output));
    });
    let runtime = Assets::shipped();
    assert!(
        runtime
            .files()
            .all(|file| output.files.contains_key(file.path()))
    );
}

#[test]
fn messages_name_all_that_is_wrong() {
    for entry in sites("tests/site/wrong") {
        let said = match build(&format!("wrong/{entry}")) {
            Ok(output) => format!("BUILT\n\n{}", messages(&output.warnings)),
            Err(errors) => messages(&errors),
        };
        insta::with_settings!({snapshot_path => "../site/wrong", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(entry, said);
        });
    }
}

fn sites(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let folders = entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let is_site = entry.path().is_dir();
        is_site.then(|| entry.file_name().to_string_lossy().into_owned())
    });
    let mut names: Vec<String> = folders.collect();
    names.sort();
    names
}

#[test]
fn drafts_are_built_when_asked_for() {
    let mut options = SiteOptions::default();
    options.drafts = true;
    let site = load("everything", &options).expect("the site is good");
    let output = site.build().expect("the site is good");
    for path in [
        "lessons/secret/index.html",
        "notes/unfinished/index.html",
        "notes/unfinished/page/index.html",
    ] {
        assert!(output.files.contains_key(path), "{path}");
    }
}

#[test]
fn another_base_url_moves_every_link() {
    let mut options = SiteOptions::default();
    options.base_url = Some("http://localhost:1111".to_owned());
    let site = load("everything", &options).expect("the site is good");
    let shown = shown(&site.build().expect("the site is good"));
    assert!(!shown.contains("https://example.org/sub"));
    assert!(shown.contains("http://localhost:1111/lessons/loops/#again"));
    assert!(shown.contains("src=\"http://localhost:1111/pyfence/HASH/pyfence.js\""));
}

#[test]
fn a_build_is_the_same_every_time() {
    let first = build("everything").expect("the site is good");
    let second = build("everything").expect("the site is good");
    assert_eq!(first.files, second.files);
}

#[test]
fn the_folder_becomes_exactly_the_site() {
    let folder = tempfile::tempdir().expect("there is room");
    let public = folder.path().join("public");
    fs::create_dir_all(public.join(".well-known")).expect("there is room");
    fs::write(public.join("stale.html"), "from an earlier build").expect("there is room");
    let output = build("everything").expect("the site is good");

    output
        .write_to(&public, Preserve::Dotfiles)
        .expect("there is room");
    assert!(public.join(".well-known").is_dir());
    assert!(!public.join("stale.html").exists());
    assert!(public.join("lessons/lists/img/plot.svg").is_file());

    output
        .write_to(&public, Preserve::Nothing)
        .expect("there is room");
    assert!(!public.join(".well-known").exists());
    let left: Vec<_> = fs::read_dir(folder.path()).expect("it is there").collect();
    assert_eq!(left.len(), 1, "nothing is left beside the site");
}

/// A list loads the runtime once, and blocks of different pages share no session in it.
#[test]
fn a_list_of_several_pages_with_blocks() {
    let folder = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| write_in(folder.path(), name, text);
    write("config.toml", "base_url = \"https://a.test\"\n");
    let list = "{% for page in section.pages %}{{ page.summary | safe }}{% endfor %}";
    write("templates/index.html", list);
    for name in ["one", "two"] {
        let text = "+++\n+++\n```pyodide session=\"s\"\n1\n```\n\n<!-- more -->\n\nMore.\n";
        write(&format!("content/{name}.md"), text);
    }
    let site = Site::load(folder.path(), &SiteOptions::default()).expect("the site is good");
    let shown = shown(&site.build().expect("the site is good"));
    let list = shown.split("=== index.html").nth(1).expect("a list");
    let list = list.split("===").next().expect("its text");
    assert_eq!(list.matches("<script").count(), 1, "{list}");
    assert!(
        list.contains("session=\"s\"") && list.contains("session=\"s (2)\""),
        "{list}"
    );
}

/// What a link leads to is published, wherever it is; a theme may be where it is developed.
#[test]
#[cfg(unix)]
fn links_out_of_the_site_are_told() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| write_in(folder.path(), name, text);
    write("elsewhere/secret.txt", "a secret");
    write("elsewhere/page.md", "+++\n+++\nA page.\n");
    write("developed/theme.toml", "name = \"mine\"");
    write("developed/static/style.css", "");
    write(
        "site/config.toml",
        "base_url = \"https://a.test\"\ntheme = \"mine\"\n",
    );
    write("site/content/page/index.md", "+++\n+++\n");
    write("site/static/own.txt", "");
    write("site/themes/other/theme.toml", "name = \"other\"");
    let site = folder.path().join("site");
    for (target, link) in [
        ("developed", "themes/mine"),
        ("elsewhere/page.md", "content/linked.md"),
        ("site/static/own.txt", "static/inner.txt"),
        ("elsewhere", "static/folder"),
        ("elsewhere/secret.txt", "content/page/secret.txt"),
    ] {
        symlink(folder.path().join(target), site.join(link)).expect("a link");
    }
    let built = Site::load(&site, &SiteOptions::default()).and_then(|site| site.build());
    let output = built.expect("the site is good");
    let said = messages(&output.warnings);
    assert_eq!(output.warnings.len(), 2, "{said}");
    for link in [
        "static/folder: this is a link out",
        "content/page/secret.txt: this is a link out",
    ] {
        assert!(said.contains(link), "{said}");
    }
}

/// As Zola passes over them; a pipe would be read for ever.
#[test]
#[cfg(unix)]
fn what_has_nothing_to_read_is_passed_over() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| write_in(folder.path(), name, text);
    write("config.toml", "base_url = \"https://a.test\"\n");
    write("content/_index.md", "+++\n+++\n");
    write("static/style.css", "");
    write("templates/index.html", "A page.");
    for part in ["content", "static", "templates"] {
        let link = |target, name| symlink(target, folder.path().join(part).join(name));
        for (target, name) in [
            ("itself.md", "itself.md"),
            ("/nowhere", "gone.md"),
            ("..", "up"),
        ] {
            link(target, name).expect("a link");
        }
        let pipe = folder.path().join(part).join("pipe.md");
        let made = Command::new("mkfifo").arg(pipe).status();
        assert!(made.is_ok_and(|status| status.success()));
    }
    let built = Site::load(folder.path(), &SiteOptions::default()).and_then(|site| site.build());
    built.expect("the site is good");
}

#[test]
fn a_site_s_own_sources_are_never_written_over() {
    let folder = tempfile::tempdir().expect("there is room");
    let root = folder.path().join("site");
    fs::create_dir_all(root.join("content")).expect("there is room");
    fs::create_dir_all(root.join("themes/mine/static")).expect("there is room");
    let page = root.join("content/_index.md");
    fs::write(&page, "+++\n+++\nWritten by hand.\n").expect("there is room");
    fs::write(
        root.join("config.toml"),
        "base_url = \"https://example.org\"\n",
    )
    .expect("there is room");
    let site = Site::load(&root, &SiteOptions::default()).expect("the site is good");
    let output = site.build().expect("the site is good");

    for unsafe_folder in [
        "",
        "..",
        "content",
        "content/site",
        "missing/../content",
        "static",
        "themes/mine",
        "config.toml",
    ] {
        let target = root.join(unsafe_folder);
        let mut options = SiteOptions::default();
        options.output_dir = Some(target.clone());
        let early = Site::load(&root, &options).map(drop);
        assert!(
            early.is_err(),
            "`{unsafe_folder}` is refused before a build"
        );
        let late = output.write_to(&target, Preserve::Nothing);
        assert!(late.is_err(), "`{unsafe_folder}` is refused after it");
    }
    assert!(page.is_file() && root.join("config.toml").is_file());
    for folder in ["public", "docs/content", "../content"] {
        let written = output.write_to(&root.join(folder), Preserve::Nothing);
        assert!(written.is_ok(), "{folder}: {written:?}");
    }
}
