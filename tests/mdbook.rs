//! Books, built by a real mdBook with our preprocessor: the one that `MDBOOK` names, else the one
//! that `make mdbook` installed. Without one, these tests are counted as ignored.

#[path = "mdbook/book.rs"]
mod book;

use std::fs;
use std::path::Path;

use book::{Book, installed_mdbook, preprocessor};
use libtest_mimic::{Arguments, Trial};
use pyfence::Assets;

fn main() {
    let mdbook = installed_mdbook();
    if mdbook.is_none() {
        eprintln!(
            "\n  NO MDBOOK: its tests are skipped. `make mdbook` installs one; MDBOOK names another.\n"
        );
    }
    let with_mdbook = |name: &str, test: fn(&Path)| match mdbook.clone() {
        Some(mdbook) => Trial::test(name, move || {
            test(&mdbook);
            Ok(())
        }),
        None => Trial::test(name, || Ok(())).with_ignored_flag(true),
    };
    let alone = |name: &str, test: fn()| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    let trials = vec![
        with_mdbook("a_course", a_course),
        with_mdbook(
            "the_runtime_is_found_from_every_page",
            the_runtime_is_found_from_every_page,
        ),
        with_mdbook(
            "the_runtime_is_that_of_the_binary",
            the_runtime_is_that_of_the_binary,
        ),
        with_mdbook(
            "a_page_for_the_lost_has_no_blocks",
            a_page_for_the_lost_has_no_blocks,
        ),
        with_mdbook(
            "mistakes_are_shown_in_the_chapters_files",
            mistakes_are_shown_in_the_chapters_files,
        ),
        with_mdbook(
            "a_book_without_a_browser_has_code_blocks",
            a_book_without_a_browser_has_code_blocks,
        ),
        with_mdbook(
            "defaults_of_the_book_are_checked",
            defaults_of_the_book_are_checked,
        ),
        alone("it_supports_every_renderer", it_supports_every_renderer),
        alone(
            "another_mdbook_is_warned_about_and_served",
            another_mdbook_is_warned_about_and_served,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn a_course(mdbook: &Path) {
    let book = Book::copied("course", mdbook);
    let built = book.build();
    assert!(built.succeeds, "{}", built.messages);
    assert!(!built.messages.contains("WARN"), "{}", built.messages);

    let page = book.page("part/loops.html");
    assert_eq!(page.matches("<pyodide-block").count(), 3);
    assert_eq!(page.matches("<script type=\"module\"").count(), 1);
    // The code is the author's, through Markdown twice and mdBook's own HTML.
    assert_eq!(
        book.codes("part/loops.html"),
        [
            "for word in [\"<b>\", \"&amp;\", \"*not emphasis*\"]:\n\n    print(word)",
            "print(word)\n\n# a comment, not a heading",
            "sum(range(10))",
        ]
    );
    assert!(page.contains("<p>A loop right behind a paragraph, text right behind the loop:</p>"));
    assert!(page.contains("<p>Still the same page. In a list:</p>"));
    assert!(page.contains("<li>two</li>"), "the list stays tight");
    assert!(page.contains("<code class=\"language-md\">```pyodide\n1\n```\n</code>"));
    assert!(page.contains("session=\"loops\" height=\"5\""));

    let plain = book.page("part/plain.html");
    assert!(
        !plain.contains("pyfence"),
        "a page without blocks is left alone"
    );
}

fn the_runtime_is_found_from_every_page(mdbook: &Path) {
    let book = Book::copied("course", mdbook);
    assert!(book.build().succeeds);
    for page in [
        "index.html",
        "part/loops.html",
        "part/deep/while.html",
        "print.html",
    ] {
        for address in book.addresses_of_runtime(page) {
            assert!(book.output(&address).is_file(), "{page} asks for {address}");
        }
    }
    let built = book.output(Assets::shipped().folder());
    assert_eq!(
        fs::read_dir(built).expect("it is there").count(),
        Assets::shipped().files().len()
    );

    // mdBook makes index.html of the first chapter, wherever that is.
    let summary = "- [Loops](part/loops.md)\n- [No Python](part/plain.md)\n";
    book.write("src/SUMMARY.md", summary);
    assert!(book.build().succeeds);
    for address in book.addresses_of_runtime("index.html") {
        assert!(book.output(&address).is_file(), "{address}");
    }
}

fn the_runtime_is_that_of_the_binary(mdbook: &Path) {
    let book = Book::copied("course", mdbook);
    for earlier in ["src/pyfence", "src/part/pyfence"] {
        book.write(&format!("{earlier}/0123456789ab/pyfence.js"), "");
        book.write(&format!("{earlier}/notes.txt"), "of the author");
    }
    assert!(book.build().succeeds);
    for earlier in ["src/pyfence", "src/part/pyfence"] {
        assert!(!book.source(earlier).join("0123456789ab").exists());
        assert!(book.source(earlier).join("notes.txt").exists());
    }

    let runtime = Assets::shipped().folder();
    let scripts = ["src", "src/part"].map(|folder| book.source(folder).join(runtime));
    let written = || {
        scripts.clone().map(|folder| {
            let script = fs::metadata(folder.join("pyfence.js"));
            script
                .and_then(|file| file.modified())
                .expect("it is there")
        })
    };
    let before = written();
    assert!(book.build().succeeds);
    assert_eq!(before, written(), "a watching mdBook would build for ever");

    for chapter in ["part/loops.md", "part/deep/while.md", "README.md"] {
        book.write(&format!("src/{chapter}"), "# No Python any more\n");
    }
    assert!(book.build().succeeds);
    assert!(scripts.iter().all(|folder| !folder.exists()));
}

fn a_page_for_the_lost_has_no_blocks(mdbook: &Path) {
    let book = Book::copied("course", mdbook);
    book.write("src/404.md", "# Lost\n\n```pyodide\n1\n```\n");
    let built = book.build();
    assert!(built.succeeds, "{}", built.messages);
    assert!(
        built.messages.contains("warning: src/404.md: mdBook hands"),
        "{}",
        built.messages
    );
    assert!(!book.page("404.html").contains("pyfence"));
}

fn mistakes_are_shown_in_the_chapters_files(mdbook: &Path) {
    let book = Book::copied("mistakes", mdbook);
    let built = book.build();
    assert!(!built.succeeds);
    let messages = built.messages.replace('\\', "/");
    for place in ["--> src/sums.md:7:14", "--> src/words.md:3:19"] {
        assert!(messages.contains(place), "{place} in {messages}");
    }
}

fn a_book_without_a_browser_has_code_blocks(mdbook: &Path) {
    let book = Book::copied("course", mdbook);
    book.write(
        "book.toml",
        "[book]\ntitle = \"Loops\"\n[preprocessor.pyfence]\n[output.markdown]\n",
    );
    let built = book.build();
    assert!(built.succeeds, "{}", built.messages);
    let page = book.page("part/loops.md");
    assert_eq!(page.matches("```python\n").count(), 3);
    assert!(page.contains("> ```python\n> sum(range(10))\n> ```\n"));
    assert!(page.contains("````md\n```pyodide\n1\n```\n````"));
    assert!(!book.source("src/pyfence").exists());
}

fn defaults_of_the_book_are_checked(mdbook: &Path) {
    let book = Book::copied("course", mdbook);
    book.write(
        "book.toml",
        "[book]\n[preprocessor.pyfence]\nafter = [\"links\"]\nhieght = 3\n",
    );
    let built = book.build();
    assert!(!built.succeeds);
    let message =
        "book.toml: [preprocessor.pyfence]: unknown option `hieght`; did you mean `height`?";
    assert!(built.messages.contains(message), "{}", built.messages);
}

fn it_supports_every_renderer() {
    for renderer in ["html", "epub", "pdf"] {
        let answer = preprocessor(&["supports", renderer], "");
        assert!(answer.status.success() && answer.stdout.is_empty());
    }
    let answer = preprocessor(&["suports"], "");
    assert_eq!(answer.status.code(), Some(2));
    assert!(answer.stdout.is_empty());
}

fn another_mdbook_is_warned_about_and_served() {
    let input = r#"[
        {"root": "/", "config": {}, "renderer": "html", "mdbook_version": "0.99.0"},
        {"items": [{"Chapter": {"name": "A", "content": "text", "number": null, "sub_items": [],
            "path": "a.md", "source_path": "a.md", "parent_names": []}}]}
    ]"#;
    let answer = preprocessor(&[], input);
    assert!(answer.status.success());
    let messages = String::from_utf8_lossy(&answer.stderr);
    assert!(messages.contains("not 0.99.0"), "{messages}");
    let book: serde_json::Value = serde_json::from_slice(&answer.stdout).expect("only JSON");
    assert_eq!(book["items"][0]["Chapter"]["content"], "text");

    let answer = preprocessor(&[], "no book");
    assert_eq!(answer.status.code(), Some(2));
    assert!(answer.stdout.is_empty());
}
