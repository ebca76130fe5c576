//! What makes a recorded output stale: each thing that it depends on, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pyfence::{Lock, PageCode, PageContext, PageRecords, Record, RecordFolder, Renderer};

const PAGE: &str = r#"
Prose.

```pyodide hidden=yes
unit = "cm"
```

```pyodide
import cowsay
```

```pyodide files="/sizes.csv" stdin="Ada"
print(unit, input())
```

```pyodide session="other" install="tabulate>=0.9"
1
```
"#;

const LOCK: &str = r#"
lock-version = "1.0"
created-by = "pyfence"
pyodide = "314.0.1"

[[releases]]
version = "314.0.1"
python = "3.14"
platform = "pyemscripten_2026_0_wasm32"
files = []
requirements = { "tabulate>=0.9" = "tabulate", "rich" = "rich" }

[[packages]]
name = "cowsay"
version = "6.1"
pyodide = "314.0.1"
imports = ["cowsay"]
dependencies = [{ name = "colorama" }]
wheels = [{ name = "cowsay.whl", url = "https://files.test/cowsay.whl", hashes = { sha256 = "c0" } }]

[[packages]]
name = "colorama"
version = "0.4.6"
pyodide = "314.0.1"
imports = ["colorama"]
wheels = [{ name = "colorama.whl", url = "https://files.test/colorama.whl", hashes = { sha256 = "c1" } }]

[[packages]]
name = "tabulate"
version = "0.9.0"
pyodide = "314.0.1"
imports = ["tabulate"]
wheels = [{ name = "tabulate.whl", url = "https://files.test/tabulate.whl", hashes = { sha256 = "7a" } }]

[[packages]]
name = "rich"
version = "14.3.3"
pyodide = "314.0.1"
imports = ["rich"]
wheels = [{ name = "rich.whl", url = "https://files.test/rich.whl", hashes = { sha256 = "51" } }]
"#;

/// The page as a host reads it, with the records that the site has.
fn read(root: &Path, page: &str, lock: &str) -> PageCode {
    // Digests have 64 digits; two tell them apart.
    let digits = ["c0", "c1", "c2", "7a", "7b", "51", "52"];
    let lock = digits.iter().fold(lock.to_owned(), |lock, two| {
        lock.replace(&format!("\"{two}\""), &format!("\"{}\"", two.repeat(32)))
    });
    let lock = Lock::read("pyfence.lock", &lock).expect("it is a lock");
    let renderer = Renderer::builder().lock(lock).build().expect("it is built");
    let mut context = PageContext::new("content/page.md");
    let records = RecordFolder::new(root, "content");
    context.records = records.read(&context.name).expect("they can be read");
    renderer.parse(page, &context).code()
}

/// The blocks whose records are fresh, of those that are shown.
fn fresh(page: &PageCode) -> Vec<usize> {
    let records = page.records().expect("the page has records");
    let shown = 1..page.blocks().len();
    shown
        .filter(|index| records.get(page.record_key(*index)).is_some())
        .collect()
}

#[test]
fn a_record_is_stale_when_something_changes_that_it_depends_on_and_only_then() {
    let site = tempfile::tempdir().expect("there is room");
    let root = site.path();
    fs::create_dir_all(root.join("static")).expect("there is room");
    fs::write(root.join("static/sizes.csv"), "1,2").expect("there is room");
    let folder = RecordFolder::new(root, "content");
    let page = read(root, PAGE, LOCK);
    let records = page.blocks().iter().enumerate().map(|(index, block)| {
        let record = Record::new(page.record_key(index), block.code(), Vec::new());
        record.with_files(folder.digests(&page, index))
    });
    folder
        .write(page.name(), &PageRecords::new(records.collect()), &[])
        .expect("there is room");
    assert_eq!(fresh(&read(root, PAGE, LOCK)), [1, 2, 3]);

    for (what, from, to, left) in [
        (
            "prose",
            "Prose.",
            "Other prose, above it.\n\nMore.",
            vec![1, 2, 3],
        ),
        ("a title", "files=", "title=\"T\" files=", vec![1, 2, 3]),
        ("the block", "input())", "input(), 1)", vec![1, 3]),
        (
            "an earlier block of the session",
            "import cowsay",
            "import cowsay as c",
            vec![3],
        ),
        ("set-up code", "\"cm\"", "\"m\"", vec![3]),
        (
            "the only block of another session",
            "\n1\n",
            "\n2\n",
            vec![1, 2],
        ),
        (
            "its session",
            "session=\"other\"",
            "session=\"default\"",
            vec![1, 2],
        ),
        ("its lines of input", "Ada", "Eve", vec![1, 3]),
        (
            "its form of output",
            "stdin=",
            "output=\"text\" stdin=",
            vec![1, 3],
        ),
        (
            "the file that it is",
            "files=",
            "file=\"sizes.py\" files=",
            vec![1, 3],
        ),
        ("another file", "/sizes.csv", "/others.csv", vec![1, 3]),
        ("what it installs", "tabulate>=0.9", "rich", vec![1, 2]),
        (
            "Pyodide, by a block",
            "stdin=",
            "version=\"0.27.7\" stdin=",
            vec![],
        ),
    ] {
        let page = PAGE.replacen(from, to, 1);
        assert_ne!(page, PAGE, "{what}");
        assert_eq!(fresh(&read(root, &page, LOCK)), left, "{what}");
    }

    for (what, from, to, left) in [
        ("Pyodide, by the lock", "314.0.1", "314.0.2", vec![]),
        (
            "a wheel that the session imports",
            "\"c0\"",
            "\"c2\"",
            vec![3],
        ),
        ("a wheel that this one needs", "\"c1\"", "\"c2\"", vec![3]),
        (
            "a wheel that a block asks for",
            "\"7a\"",
            "\"7b\"",
            vec![1, 2],
        ),
        ("a wheel of nobody here", "\"51\"", "\"52\"", vec![1, 2, 3]),
    ] {
        let lock = LOCK.replace(from, to);
        assert_ne!(lock, LOCK, "{what}");
        assert_eq!(fresh(&read(root, PAGE, &lock)), left, "{what}");
    }

    fs::write(root.join("static/sizes.csv"), "1,3").expect("there is room");
    assert_eq!(
        fresh(&read(root, PAGE, LOCK)),
        [1, 3],
        "what the file holds"
    );
    fs::remove_file(root.join("static/sizes.csv")).expect("it is there");
    assert_eq!(fresh(&read(root, PAGE, LOCK)), [1, 3], "the file is gone");
}

#[test]
fn every_key_of_a_page_is_another() {
    let site = tempfile::tempdir().expect("there is room");
    let page = read(site.path(), PAGE, LOCK);
    let keys: BTreeSet<_> = (0..4).map(|index| page.record_key(index)).collect();
    assert_eq!(keys.len(), 4);
}
