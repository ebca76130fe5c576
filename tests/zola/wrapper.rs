//! `pyfence build --engine zola`: the user's site, built by Zola.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{FoundBlock, Zola, blocks_of, copy_of, replace_all, text_of, unescape};

/// Code that is Zola's own syntax, in one dialect or the other.
const BRACES: &str = "print(\"{{ braces }} {% end %} {% endraw %} {# no comment #}\")";

fn pyfence(zola: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    command
        .env("PYFENCE_ZOLA", zola)
        .args(arguments)
        .output()
        .expect("pyfence runs")
}

fn build(zola: &Zola, root: &Path, flags: &[&str]) {
    let root = root.to_str().expect("UTF-8");
    let arguments = [&["build", "--engine", "zola", "--root", root], flags].concat();
    let output = pyfence(&zola.path, &arguments);
    assert!(output.status.success(), "{}", text_of(&output));
}

/// All files below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
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
    if !zola.has_shortcodes() {
        return;
    }
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
        // Words are counted and indexed with the code, which is one line in a block.
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
    let attributes = [
        "session=\"of the page\" height=\"3-20\"",
        "session=\"of the page\" height=\"5\"",
        "session=\"of the page\" height=\"3-20\"",
        "session=\"shortcode\" height=\"3-20\"",
        "session=\"of the page\" height=\"3-20\"",
    ];
    let expected: Vec<_> = attributes
        .iter()
        .zip(codes)
        .map(|(attributes, code)| FoundBlock {
            attributes: (*attributes).to_owned(),
            code: code.to_owned(),
        })
        .collect();
    assert_eq!(blocks_of(content), expected);
    assert_eq!(content.matches("<script type=\"module\"").count(), 1);
    let start = fs::read_to_string(public.join("index.html")).expect("a page");
    assert_eq!(blocks_of(&start)[0].code, BRACES);
    let runtime = pyfence::Assets::shipped();
    for file in runtime.files() {
        let published = fs::read(public.join(file.path())).expect("the runtime is published");
        assert_eq!(published, file.contents());
    }
}

/// Zola up to 0.22 expands them; for a later one pyfence does.
pub fn the_site_s_own_shortcodes_keep_working(zola: &Zola) {
    let site = copy_of("site");
    let shortcodes = site.path().join("templates/shortcodes");
    fs::create_dir_all(&shortcodes).expect("a folder");
    let note = "<aside class=\"{{ kind }}\">\n\n{{ body | markdown | safe }}</aside>";
    fs::write(shortcodes.join("note.html"), note).expect("a shortcode");
    fs::write(shortcodes.join("say.md"), "**{{ what }} {{ nth }}**").expect("a shortcode");
    let page = "+++\ntitle = \"x\"\ndate = 2026-01-03\n+++\n{% note(kind=\"k\") %}\nIn *it*:\n\n```pyodide\nif x:\n\n    1\n```\n{% end %}\n\nI {{ say(what=\"do\") }} and {{ say(what=\"did\") }}.\n";
    fs::write(site.path().join("content/blog/second.md"), page).expect("it is written");
    build(zola, site.path(), &[]);
    let built = site.path().join("public/blog/second/index.html");
    let built = fs::read_to_string(built).expect("a page");
    let aside = built.find("<aside class=\"k\">").expect("a note")
        ..built.find("</aside>").expect("its end");
    assert!(built[aside.clone()].contains("In <em>it</em>:"), "{built}");
    assert_eq!(
        blocks_of(&built[aside])[0].code,
        "if x:\n\n    1",
        "{built}"
    );
    assert!(
        built.contains("<p>I <strong>do 1</strong> and <strong>did 2</strong>.</p>"),
        "{built}"
    );
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
    assert!(
        said.contains("content/blog/second.md:11:12")
            && said.contains("content/blog/second.md:14:18"),
        "{said}"
    );
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

pub fn faults_are_clear_and_leave_nothing(zola: &Zola) {
    let site = copy_of("site");
    let root = site.path().to_str().expect("UTF-8");
    let arguments = ["build", "--engine", "zola", "--root", root];

    let output = pyfence(Path::new("/nowhere/zola"), &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text_of(&output).contains("/nowhere/zola: zola can't be run"),
        "{}",
        text_of(&output)
    );

    let temp = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    let command = command.env("PYFENCE_ZOLA", &zola.path).args(arguments);
    let output = command
        .env("TMPDIR", temp.path().join("gone"))
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text_of(&output).contains("no temporary folder can be made"),
        "{}",
        text_of(&output)
    );

    let output = command
        .env("TMPDIR", temp.path())
        .output()
        .expect("it runs");
    assert!(output.status.success());
    assert_eq!(fs::read_dir(temp.path()).expect("it is there").count(), 0);
}

#[cfg(unix)]
pub fn ctrl_c_ends_serving_and_leaves_nothing(zola: &Zola) {
    use std::net::TcpListener;
    use std::time::{Duration, Instant};

    let site = copy_of("site");
    let theme = tempfile::tempdir().expect("a folder");
    fs::create_dir(theme.path().join("static")).expect("a folder");
    fs::create_dir(theme.path().join("templates")).expect("a folder");
    fs::write(theme.path().join("theme.toml"), "name = \"linked\"").expect("it is written");
    fs::write(theme.path().join("static/of-the-theme.txt"), "first").expect("it is written");
    fs::create_dir(site.path().join("themes")).expect("a folder");
    std::os::unix::fs::symlink(theme.path(), site.path().join("themes/linked")).expect("a link");
    let config = site.path().join("config.toml");
    let text = fs::read_to_string(&config).expect("a configuration");
    fs::write(&config, format!("theme = \"linked\"\n{text}")).expect("it is written");
    let temp = tempfile::tempdir().expect("a folder");
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port().to_string();
    drop(free);
    let mut child = Command::new(env!("CARGO_BIN_EXE_pyfence"))
        .env("PYFENCE_ZOLA", &zola.path)
        .env("TMPDIR", temp.path())
        .args(["serve", "--engine", "zola", "--port", &port, "--root"])
        .arg(site.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    let address = format!("127.0.0.1:{port}");
    let deadline = Instant::now() + Duration::from_secs(60);
    let wait = |what: &str, done: &dyn Fn() -> bool| {
        while !done() {
            assert!(Instant::now() < deadline, "{what}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    wait("it serves", &|| {
        get(&address, "/blog/first/").contains("<pyodide-block")
    });
    assert!(get(&address, "/blog/first/").contains("src=\"/pyfence/"));

    let page = site.path().join("content/blog/first.md");
    let text = fs::read_to_string(&page).expect("a page");
    fs::write(&page, text.replace("summary = 1", "changed = 2")).expect("it is written");
    wait("a change is served", &|| {
        get(&address, "/blog/first/").contains("changed")
    });

    // A file of a theme that is a link changes outside of the site's folder.
    let outside = theme.path().join("static/of-the-theme.txt");
    fs::write(&outside, "second").expect("it is written");
    wait("a change in the theme is served", &|| {
        get(&address, "/of-the-theme.txt").ends_with("second")
    });
    assert_eq!(
        fs::read_to_string(&outside).expect("it is still there"),
        "second"
    );

    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.expect("kill runs").success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(fs::read_dir(temp.path()).expect("it is there").count(), 0);
}

#[cfg(unix)]
fn get(address: &str, path: &str) -> String {
    use std::io::{Read, Write};
    let mut answer = Vec::new();
    if let Ok(mut stream) = std::net::TcpStream::connect(address) {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        let sent = stream.write_all(request.as_bytes());
        let _ = sent.and_then(|()| stream.read_to_end(&mut answer).map(|_| ()));
    }
    String::from_utf8_lossy(&answer).into_owned()
}
