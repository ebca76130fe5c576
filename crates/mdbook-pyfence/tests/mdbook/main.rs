//! Books, built by a real mdBook with our preprocessor: the one that `MDBOOK` names, else the one
//! that `make mdbook` installed. Without one, these tests are counted as ignored: libtest can't say
//! so at run time, libtest-mimic can. The preprocessor by itself is tested in any case.

#![deny(dead_code)]

mod book;
mod preprocessor;

use std::fs;

use book::{Book, Mdbook};
use libtest_mimic::{Arguments, Trial};
use pyfence::Assets;

/// A lock without packages.
const LOCK: &str = r#"
lock-version = "1.0"
created-by = "pyfence"
pyodide = "314.0.7"

[[releases]]
version = "314.0.7"
python = "3.14"
platform = "pyemscripten_2026_0_wasm32"
files = []
requirements = {}
"#;

/// Each test with its name: one that no list names doesn't compile, as dead code.
macro_rules! tests {
    ($($test:path),* $(,)?) => {
        [$((stringify!($test), $test)),*]
    };
}

/// A test that is handed the command.
type TestOfBook = fn(&Mdbook);

fn main() {
    let mdbook = Mdbook::find();
    if mdbook.is_none() {
        eprintln!(
            "\n  NO MDBOOK: its tests are skipped. `make mdbook` installs one; MDBOOK names another.\n"
        );
    }
    let alone: [(&str, fn()); 2] = tests![
        preprocessor::it_supports_every_renderer,
        preprocessor::another_mdbook_is_warned_about_and_served,
    ];
    let with_mdbook: [(&str, TestOfBook); 12] = tests![
        a_course,
        a_fence_names_its_hidden_lines,
        ordinary_fences_that_stay_code_are_told,
        blocks_that_are_html_get_the_loader,
        blocks_that_ask_for_what_is_not_locked_are_refused,
        the_runtime_is_found_from_every_page,
        the_runtime_is_that_of_the_binary,
        a_page_for_the_lost_has_no_blocks,
        mistakes_are_shown_in_the_chapters_files,
        a_book_without_a_browser_has_code_blocks,
        lines_may_end_with_a_carriage_return_alone,
        defaults_of_the_book_are_checked,
    ];
    let alone = alone.map(|(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    });
    let with_mdbook = with_mdbook.map(|(name, test)| {
        let is_missing = mdbook.is_none();
        let mdbook = mdbook.clone();
        let run = move || {
            mdbook.iter().for_each(test);
            Ok(())
        };
        Trial::test(name, run).with_ignored_flag(is_missing)
    });
    let trials = alone.into_iter().chain(with_mdbook).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn a_course(mdbook: &Mdbook) {
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

    // A line that the book hides runs and isn't shown.
    let hides = book.page("part/deep/while.html");
    assert!(hides.contains("<span hidden"), "{hides}");
    let code = &book.codes("part/deep/while.html")[0];
    assert!(code.starts_with("start = 27\nn = start\n"), "{code}");

    let plain = book.page("part/plain.html");
    assert!(
        !plain.contains("pyfence"),
        "a page without blocks is left alone"
    );
}

fn a_fence_names_its_hidden_lines(mdbook: &Mdbook) {
    let book = Book::copied("course", mdbook);
    book.write(
        "src/part/plain.md",
        "```pyodide,hidelines=!\n!import math\nx = ~1\n```\n",
    );
    let built = book.build();
    assert!(built.succeeds, "{}", built.messages);
    let page = book.page("part/plain.html");
    assert!(page.contains("<span hidden"), "{page}");
    assert_eq!(book.codes("part/plain.html"), ["import math\nx = ~1"]);
}

fn ordinary_fences_that_stay_code_are_told(mdbook: &Mdbook) {
    let book = Book::copied("course", mdbook);
    let fences = "```python\n1\n```\n\n```python,pyodide=run\n2\n```\n";
    book.write("src/part/plain.md", fences);
    let built = book.build();
    assert!(built.succeeds, "{}", built.messages);
    let told = built.messages.replace('\\', "/");
    assert_eq!(told.matches("this fence stays code").count(), 1, "{told}");
    assert!(told.contains("--> src/part/plain.md:5:1"), "{told}");
    assert!(!book.page("part/plain.html").contains("pyodide-block"));
}

fn blocks_that_are_html_get_the_loader(mdbook: &Mdbook) {
    let book = Book::copied("course", mdbook);
    let block = "<pyodide-block>\n<pre><code>print(1)</code></pre>\n</pyodide-block>";
    let leaves = block.replace("-block>\n", "-block assets=\"no\">\n");
    let loaded = format!("<script src=\"x/pyfence.js\" type=\"module\"></script>\n\n{block}");
    for (chapter, scripts) in [
        (block, 1),
        (&format!("In text: {}", block.replace('\n', "")), 1),
        (&format!("{block}\n\n```pyodide\n2\n```\n"), 1),
        (&format!("````html\n{block}\n````\n"), 0),
        (&leaves, 0),
        (&loaded, 1),
    ] {
        book.write("src/part/plain.md", &format!("# By hand\n\n{chapter}\n"));
        let built = book.build();
        assert!(built.succeeds, "{}", built.messages);
        let page = book.page("part/plain.html");
        let found = page.matches("/pyfence.js\"").count();
        assert_eq!(found, scripts, "{chapter}: {page}");
    }
    book.write("src/part/loops.md", "# None\n");
    book.write("src/part/plain.md", block);
    assert!(book.build().succeeds);
    for address in book.addresses_of_runtime("part/plain.html") {
        assert!(book.output(&address).is_file(), "{address}");
    }
}

fn blocks_that_ask_for_what_is_not_locked_are_refused(mdbook: &Mdbook) {
    let book = Book::copied("course", mdbook);
    book.write("pyfence.lock", LOCK);
    let block = "<pyodide-block install=\"cowsay\"><pre><code>1</code></pre></pyodide-block>";
    for chapter in [
        block,
        &format!("In text: {block}"),
        "```python,pyodide=run,install=cowsay\n1\n```",
        "```pyodide install=cowsay\n1\n```",
    ] {
        book.write("src/part/plain.md", &format!("# By hand\n\n{chapter}\n"));
        let built = book.build();
        let messages = built.messages.replace('\\', "/");
        assert!(!built.succeeds, "{chapter}");
        let told = messages
            .matches("`cowsay` is not in the site's lock")
            .count();
        assert_eq!(told, 1, "{messages}");
        assert!(messages.contains("--> src/part/plain.md:3:"), "{messages}");
    }
    book.write(
        "src/part/plain.md",
        &block.replace(" install=\"cowsay\"", ""),
    );
    let built = book.build();
    assert!(built.succeeds, "{}", built.messages);
}

fn the_runtime_is_found_from_every_page(mdbook: &Mdbook) {
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
    for file in Assets::shipped().files() {
        assert!(book.output(file.path()).is_file(), "{}", file.path());
    }

    // mdBook makes index.html of the first chapter, wherever that is.
    let summary = "- [Loops](part/loops.md)\n- [No Python](part/plain.md)\n";
    book.write("src/SUMMARY.md", summary);
    assert!(book.build().succeeds);
    for address in book.addresses_of_runtime("index.html") {
        assert!(book.output(&address).is_file(), "{address}");
    }
}

fn the_runtime_is_that_of_the_binary(mdbook: &Mdbook) {
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

fn a_page_for_the_lost_has_no_blocks(mdbook: &Mdbook) {
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

fn mistakes_are_shown_in_the_chapters_files(mdbook: &Mdbook) {
    let book = Book::copied("mistakes", mdbook);
    let built = book.build();
    assert!(!built.succeeds);
    let messages = built.messages.replace('\\', "/");
    for place in ["--> src/sums.md:7:14", "--> src/words.md:3:19"] {
        assert!(messages.contains(place), "{place} in {messages}");
    }
}

fn a_book_without_a_browser_has_code_blocks(mdbook: &Mdbook) {
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

fn lines_may_end_with_a_carriage_return_alone(mdbook: &Mdbook) {
    let book = Book::copied("course", mdbook);
    let chapter = "# A\r\r{{#include ../b.md}}\r\r```pyodide hieght=3\r1\r```\r";
    book.write("b.md", "included\r\rtext\n");
    book.write("src/part/loops.md", chapter);
    let built = book.build();
    assert!(!built.succeeds);
    let messages = built.messages.replace('\\', "/");
    assert!(
        messages.contains("--> src/part/loops.md:5:12"),
        "{messages}"
    );
    book.write("src/part/loops.md", &chapter.replace("hieght", "height"));
    assert!(book.build().succeeds);
    assert_eq!(book.codes("part/loops.html"), ["1"]);
}

fn defaults_of_the_book_are_checked(mdbook: &Mdbook) {
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
