//! What `pyfence check` finds in the Python of blocks: each fixture in `tests/errors/check/` beside
//! what is said of it, and the command around it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use pyfence::check::{ListedFile, Listing, Needed, PageNeeds, check, wheels_missing};
use pyfence::{PageContext, PageRecords, Record, Renderer};
use serde_json::{Value, json};

use crate::support::write_in;

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

/// `tests/prelude/test_notebook_syntax.py` holds the runtime to the same rows.
#[test]
fn code_with_a_margin_is_read_as_it_runs() {
    let renderer = Renderer::builder().build().expect("it has no templates");
    let said = |cell: &str| -> Vec<_> {
        let code: String = serde_json::from_str(cell.trim().trim_matches('`')).expect("a text");
        let markdown = format!("```pyodide\n{code}\n```\n");
        let page = renderer.parse(&markdown, &PageContext::new("a.md")).code();
        let findings = check(&page, &|_| true);
        let what = findings
            .iter()
            .map(|error| (error.message().to_owned(), error.line()));
        what.collect()
    };
    let spec = fs::read_to_string("tests/spec/margin.md").expect("the spec is there");
    let rows = spec.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut found = 0;
    for row in rows {
        let (written, runs) = row
            .trim_end_matches(" |")
            .split_once(" | ")
            .expect("two cells");
        let expected = said(runs);
        assert!(!expected.is_empty(), "{row}");
        assert_eq!(said(written), expected, "{row}");
        found += 1;
    }
    assert!(found > 9, "the spec has rows");
}

#[test]
fn lines_that_install_packages_ask_for_what_the_spec_says() {
    let renderer = Renderer::builder().build().expect("it has no templates");
    let spec = fs::read_to_string("tests/spec/pip_lines.md").expect("the spec is there");
    let rows = spec.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut count = 0;
    for row in rows {
        let (line, asked) = row.split_once("` |").expect("two cells");
        let markdown = format!("```pyodide\n{}\n```\n", line.replace(r"\|", "|"));
        let page = renderer.parse(&markdown, &PageContext::new("a.md")).code();
        let needs = PageNeeds::of(&page).needs.into_iter();
        let found = needs.filter_map(|need| match need.what {
            Needed::Requirement(requirement) => Some(requirement),
            _ => None,
        });
        let asked = asked.trim_end_matches('|').trim().trim_matches('`');
        assert_eq!(found.collect::<Vec<_>>().join(" "), asked, "{line}");
        count += 1;
    }
    assert!(count > 20, "the spec has rows");
}

#[test]
fn findings_of_stale_records() {
    let renderer = Renderer::builder().build().expect("it has no templates");
    let file = "tests/errors/check/records/stale.md";
    let markdown = fs::read_to_string(file).expect("the fixture is there");
    let mut context = PageContext::new("stale.md");
    let then = markdown.replace("n = 2", "n = 1");
    let page = renderer.parse(&then, &context).code();
    let records =
        (0..page.blocks().len()).map(|index| Record::new(page.record_key(index), "", Vec::new()));
    context.records = Some(PageRecords::new(records.collect()));
    let page = renderer.parse(&markdown, &context).code();
    let said: Vec<_> = check(&page, &|_| true)
        .iter()
        .map(ToString::to_string)
        .collect();
    insta::with_settings!({snapshot_path => "../errors/check/records", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("findings@stale.md", said.join("\n\n"));
    });
}

#[test]
fn of_a_release_that_is_to_come_only_the_python_is_checked() {
    let renderer = Renderer::builder().build().expect("it has no templates");
    let context = PageContext::new("a.md");
    let block =
        |version: &str, code: &str| format!("```pyodide version=\"{version}\"\n{code}\n```\n");
    let found = |version: &str, code: &str| {
        let page = block(version, code);
        let page = renderer.parse(&page, &context);
        let diagnostics = page.render().diagnostics;
        assert!(!diagnostics.has_errors(), "{diagnostics}");
        let is_told = diagnostics.to_string().contains("runs unverified");
        assert_eq!(is_told, version != "314.0.7", "{diagnostics}");
        let found = check(&page.code(), &|_| true);
        found
            .iter()
            .filter_map(|error| error.rule().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    for version in ["314.1.0", "315.0.0", "316.2.3"] {
        assert!(
            found(version, "import nothing_of_the_kind").is_empty(),
            "{version}"
        );
        assert_eq!(found(version, "1 +"), ["not-python"], "{version}");
    }
    assert_eq!(found("314.0.7", "import nothing_of_the_kind").len(), 1);
}

/// What an index says in this file's tests, by the names of packages.
fn listing(name: &str) -> Option<Vec<(&'static str, Option<&'static str>, bool)>> {
    Some(match name {
        "cowsay" => vec![("cowsay-6.1-py3-none-any.whl", Some(">=3.8"), false)],
        "psycopg2" => vec![("psycopg2-2.9-cp314-cp314-win_amd64.whl", None, false)],
        "compiled-for-us" => vec![(
            "compiled_for_us-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
            None,
            false,
        )],
        "only-source" => vec![("only-source-1.0.tar.gz", None, false)],
        "too-new" => vec![("too_new-1.0-py3-none-any.whl", Some(">=3.99"), false)],
        "taken-back" => vec![("taken_back-1.0-py3-none-any.whl", None, true)],
        _ => return None,
    })
}

#[test]
fn findings_of_the_package_index() {
    let renderer = Renderer::builder().build().expect("it has no templates");
    let file = "tests/errors/check/online/wheels.md";
    let markdown = fs::read_to_string(file).expect("the fixture is there");
    let context = PageContext::new("wheels.md");
    let page = renderer.parse(&markdown, &context);
    let listing = |name: &str| match listing(name) {
        None => Listing::Absent,
        Some(files) => {
            let files = files.into_iter().map(|(name, requires_python, is_yanked)| {
                let mut file = ListedFile::new(name);
                file.requires_python = requires_python.map(str::to_owned);
                file.is_yanked = is_yanked;
                file
            });
            Listing::Files(files.collect())
        }
    };
    let said: Vec<_> = wheels_missing(&page.code(), &listing)
        .iter()
        .map(ToString::to_string)
        .collect();
    insta::with_settings!({snapshot_path => "../errors/check/online", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("findings@wheels.md", said.join("\n\n"));
    });
}

/// Answers as a package index does, in JSON; gives its address.
fn stub_index() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = listener.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let request = lines.next().unwrap_or_default();
            let asks_for_json = lines
                .take_while(|line| !line.is_empty())
                .any(|line| line.contains("application/vnd.pypi.simple.v1+json"));
            let name = request.split('/').nth(2).unwrap_or_default();
            let (status, body) = match listing(name).filter(|_| asks_for_json) {
                None => ("404 Not Found", String::new()),
                Some(files) => {
                    let files = files.iter().map(|(name, python, yanked)| {
                        json!({ "filename": name, "requires-python": python, "yanked": yanked })
                    });
                    let files: Vec<_> = files.collect();
                    (
                        "200 OK",
                        json!({ "name": name, "files": files }).to_string(),
                    )
                }
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            (&stream).write_all(answer.as_bytes()).ok();
        }
    });
    format!("http://{address}/simple")
}

#[test]
fn the_package_index_is_asked_where_that_is_wanted() {
    let page = "```pyodide install=\"cowsay,psycopg2,numpy,nobody-has-this\"\nimport cowsay, psycopg2, nobody_has_this\n```\n";
    let site = site(page);
    let offline = pyfence(site.path(), &[]);
    assert_eq!(offline.status.code(), Some(0), "{}", text(&offline.stderr));

    let index = stub_index();
    let online = pyfence(site.path(), &["--online", "--index-url", &index]);
    let told = text(&online.stderr);
    assert_eq!(online.status.code(), Some(1), "{told}");
    for part in [
        "error[no-wheel]: the package index has no wheel of `psycopg2`",
        "error[no-wheel]: the package index has no `nobody-has-this`",
        "content/page.md:4",
        "2 errors, 0 warnings",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }

    // Nobody listens at a port that was just given up.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let gone = format!("http://{}/simple", port.expect("there is a port"));
    let failed = pyfence(site.path(), &["--online", "--index-url", &gone]);
    let told = text(&failed.stderr);
    assert_eq!(failed.status.code(), Some(0), "{told}");
    for part in [
        &format!("warning: {gone}/"),
        "the package index can't be asked: 3 packages aren't checked",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
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
    let write = |name: &str, text: &str| write_in(folder.path(), name, text);
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
fn programs_get_every_place_of_what_is_told_once() {
    let site = site(&"```pyodide\nimport tkinter\n```\n".repeat(5));
    let drawn = text(&pyfence(site.path(), &[]).stderr);
    assert_eq!(drawn.matches("error[absent-module]").count(), 1, "{drawn}");
    assert!(drawn.contains("= note: and in 2 more places"), "{drawn}");
    assert!(
        drawn.ends_with("with 5 blocks: 5 errors, 0 warnings\n"),
        "{drawn}"
    );

    let json = pyfence(site.path(), &["--format", "json"]);
    let found: Value = serde_json::from_slice(&json.stdout).expect("it is JSON");
    let lines = found.as_array().into_iter().flatten();
    let lines: Vec<_> = lines.map(|found| found["line"].as_u64()).collect();
    assert_eq!(lines, [5, 8, 11, 14, 17].map(Some));

    let strict = pyfence(site.path(), &["--strict", "--format", "github"]);
    let commands = text(&strict.stdout);
    assert_eq!(commands.matches("::error file=").count(), 5, "{commands}");
}

#[test]
fn code_that_is_as_deep_as_it_is_long_is_checked() {
    let levels = 20_000;
    let chains = [
        ("y", ".a"),
        ("y", "()"),
        ("y", "[0]"),
        ("1", "+1"),
        ("", "-"),
        ("", "not "),
        ("", "lambda: "),
    ];
    let page: String = chains
        .map(|(start, part)| format!("```pyodide\ny = {start}{}1\n```\n", part.repeat(levels)))
        .concat();
    let page = page.replace("()1", "()").replace("]1", "]");
    let folder = site(&page);
    let output = pyfence(folder.path(), &[]);
    let told = text(&output.stderr);
    assert!(told.ends_with("7 blocks: 0 errors, 0 warnings\n"), "{told}");
}

#[test]
fn files_and_books_are_checked_where_there_is_no_site() {
    let folder = tempfile::tempdir().expect("there is room");
    let book = folder.path().join("book");
    fs::create_dir_all(&book).expect("there is room");
    let settings = "[book]\ntitle = \"A book\"\n[preprocessor.pyfence]\nsession = \"all\"\n";
    fs::write(book.join("book.toml"), settings).expect("there is room");
    let lost = "# Lost\n\nNo call: {{ name() }}\n\n{{#include ../shared.md}}\n";
    for (name, text) in [
        ("src/SUMMARY.md", "- [One](./one.md)\n- [Two](two.md)\n"),
        ("src/one.md", lost),
        ("src/two.md", lost),
        ("src/no-chapter.md", "```pyodide\n1 +\n```\n"),
        // Lines that end with a carriage return alone are none to mdBook's include.
        (
            "shared.md",
            "Shared.\rOne.\n\n```pyodide\nprint(lost)\n```\n",
        ),
    ] {
        write_in(&book, name, text);
    }
    fs::write(folder.path().join("page.md"), "```pyodide\r1 +\r```\r").expect("there is room");
    let output = pyfence(folder.path(), &["book", "page.md"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains("error[undefined-name]") && told.contains("book/shared.md:4:7"),
        "{told}"
    );
    assert!(
        told.contains("error[not-python]") && told.contains("page.md:2"),
        "{told}"
    );
    assert!(
        told.ends_with("Checked 3 files with 3 blocks: 2 errors, 0 warnings\n"),
        "{told}"
    );

    let alone = pyfence(folder.path(), &["--root", "book"]);
    assert!(
        text(&alone.stderr).ends_with("Checked 2 files with 2 blocks: 1 error, 0 warnings\n"),
        "{}",
        text(&alone.stderr)
    );

    let settings = "[preprocessor.pyfence]\ncommand = \"a\"\nheigth = 5\n";
    fs::write(book.join("book.toml"), settings).expect("there is room");
    let misspelt = pyfence(folder.path(), &["book"]);
    assert_eq!(misspelt.status.code(), Some(1));
    let told = text(&misspelt.stderr);
    assert!(
        told.contains("[preprocessor.pyfence]") && told.contains("height"),
        "{told}"
    );

    let no_book = pyfence(folder.path(), &["."]);
    assert_eq!(no_book.status.code(), Some(2));
}

#[test]
fn records_of_a_page_that_is_gone_are_told() {
    let site = tempfile::tempdir().expect("there is room");
    let root = site.path();
    write_in(root, "config.toml", "base_url = \"https://site.test\"\n");
    for page in ["kept.md", "text.en.md", "draft.md"] {
        let text = match page {
            "draft.md" => "+++\ntitle = \"Draft\"\ndraft = true\n+++\n",
            _ => "+++\ntitle = \"Page\"\n+++\n",
        };
        write_in(root, &format!("content/{page}"), text);
    }
    let records = "# The recorded outputs of a page.\n";
    for file in ["kept.toml", "text.en.toml", "draft.toml", "renamed.toml"] {
        write_in(root, &format!("records/{file}"), records);
    }
    let output = pyfence(root, &["--format", "json"]);
    let found: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let found = found.as_array().expect("it is a list");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["rule"], "stale-record");
    let file = found[0]["file"].as_str().expect("it has a file");
    assert!(file.ends_with("records/renamed.toml"), "{file}");
    assert!(output.status.success());
}
