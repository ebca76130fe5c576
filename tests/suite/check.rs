//! What `pyfence check` finds in the Python of blocks: each fixture in `tests/errors/check/` beside
//! what is said of it, and the command around it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use pyfence::check::check;
use pyfence::{PageContext, Renderer};
use serde_json::Value;

#[test]
fn findings() {
    let renderer = Renderer::builder().build().expect("it has no templates");
    insta::with_settings!({snapshot_path => "../errors/check", prepend_module_to_snapshot => false}, {
        insta::glob!("..", "errors/check/*.md", |path| {
            let markdown = fs::read_to_string(path).expect("the fixture is there");
            let name = path.file_name().expect("a file has a name").to_string_lossy();
            let context = PageContext::new(name);
            let page = renderer.parse(&markdown, &context).code();
            let said: Vec<_> = check(&page, &|file| !file.contains("missing"))
                .iter()
                .map(ToString::to_string)
                .collect();
            insta::assert_snapshot!(said.join("\n\n"));
        });
    });
}

#[test]
fn packages_are_those_of_the_locks() {
    for (line, npm) in [("314.0", "pyodide"), ("0.27", "pyodide-0.27")] {
        let read = |file: String| -> Value {
            let text = fs::read_to_string(file).expect("npm's packages are there: `make setup`");
            serde_json::from_str(&text).expect("it is JSON")
        };
        let lock = read(format!("node_modules/{npm}/pyodide-lock.json"));
        let packages = lock["packages"].as_object().expect("it lists packages");
        let imports = packages
            .values()
            .flat_map(|package| package["imports"].as_array());
        let modules = imports
            .flatten()
            .filter_map(|module| module.as_str()?.split('.').next());
        let modules: BTreeSet<_> = modules.collect();
        let known = read(format!("src/check/releases/{line}.json"));
        let known = known["packages"].as_object().expect("it has modules");
        let known: BTreeSet<_> = known.keys().map(String::as_str).collect();
        assert_eq!(known, modules, "`make generate` writes them");
    }
}

fn pyfence(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pyfence"))
        .args(["check", "--engine", "embedded"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("pyfence runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn site(page: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("it is in the site")).expect("there is room");
        fs::write(file, text).expect("there is room");
    };
    write("config.toml", "base_url = \"https://example.org/docs\"\n");
    write("static/data/there.csv", "1\n");
    write(
        "content/page.md",
        &format!("+++\ntitle = \"A page\"\n+++\n{page}"),
    );
    folder
}

#[test]
fn a_site_is_checked_with_the_lines_of_its_files() {
    let page = "\n```pyodide files=\"/data/there.csv,/data/gone.csv\"\nimport tkinter\n```\n";
    let site = site(page);
    let output = pyfence(site.path(), &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(found[0]["rule"], "missing-file");
    assert_eq!(found[0]["message"], "there is no file `/data/gone.csv`");
    assert_eq!(found[1]["rule"], "absent-module");
    assert_eq!(found[1]["file"], "content/page.md");
    assert_eq!(
        (&found[1]["line"], &found[1]["column"]),
        (&6.into(), &8.into())
    );
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    let summary = text(&output.stderr);
    assert!(
        summary.ends_with("with 1 block: 2 errors, 0 warnings\n"),
        "{summary}"
    );
}

#[test]
fn code_hosts_get_their_formats_and_warnings_count_when_asked() {
    let site = site("```pyodide\ndef f():\n    import tkinter\n```\n");
    let commands = pyfence(site.path(), &["--format", "github"]);
    assert_eq!(commands.status.code(), Some(0));
    let commands = text(&commands.stdout);
    let place = "::warning file=content/page.md,line=6,col=12,title=absent-module::Pyodide has no";
    assert!(commands.starts_with(place), "{commands}");

    let strict = pyfence(site.path(), &["--strict", "--format", "sarif"]);
    assert_eq!(strict.status.code(), Some(1));
    let sarif: Value = serde_json::from_slice(&strict.stdout).expect("it is JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        (&result["level"], &result["ruleId"]),
        (&"error".into(), &"absent-module".into())
    );
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 6);
}

#[test]
fn files_and_books_are_checked_where_there_is_no_site() {
    let folder = tempfile::tempdir().expect("there is room");
    let book = folder.path().join("book");
    fs::create_dir_all(book.join("src")).expect("there is room");
    let settings = "[book]\ntitle = \"A book\"\n[preprocessor.pyfence]\nsession = \"all\"\n";
    fs::write(book.join("book.toml"), settings).expect("there is room");
    fs::write(book.join("src/one.md"), "```pyodide\nprint(lost)\n```\n").expect("there is room");
    fs::write(folder.path().join("page.md"), "```pyodide\n1 +\n```\n").expect("there is room");
    let output = pyfence(folder.path(), &["book", "page.md"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains("error[undefined-name]") && told.contains("book/src/one.md:2:7"),
        "{told}"
    );
    assert!(
        told.contains("error[not-python]") && told.contains("page.md:2"),
        "{told}"
    );
    assert!(
        told.ends_with("Checked 2 files with 2 blocks: 2 errors, 0 warnings\n"),
        "{told}"
    );

    let no_book = pyfence(folder.path(), &["."]);
    assert_eq!(no_book.status.code(), Some(2));
}
