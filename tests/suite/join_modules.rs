//! How the build joins the runtime's modules (`build/join.rs`).

use std::collections::BTreeMap;

#[path = "../../build/join.rs"]
mod join;
#[path = "../../build/module.rs"]
mod module;

fn joined(modules: &[(&str, &str)]) -> Result<BTreeMap<String, String>, String> {
    let texts = modules
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    join::join(&texts.collect())
}

fn files(modules: &[(&str, &str)]) -> BTreeMap<String, String> {
    joined(modules).expect("the modules can be joined")
}

fn mistake(modules: &[(&str, &str)]) -> String {
    joined(modules).expect_err("the modules can't be joined")
}

#[test]
fn what_is_imported_becomes_a_part_of_the_file() {
    let files = files(&[
        (
            "pyfence.js",
            "import { bar } from './loader/bar.js';\nbar();",
        ),
        (
            "loader/bar.js",
            "import { part } from './dom.js';\nexport const bar = () => part();",
        ),
        ("loader/dom.js", "export function part() {}"),
    ]);
    assert_eq!(files.len(), 1);
    assert_eq!(
        files["pyfence.js"],
        "function part() {}\nconst bar = () => part();\nbar();\n"
    );
}

#[test]
fn what_is_loaded_later_is_a_file_and_imports_what_is_there() {
    let files = files(&[
        (
            "pyfence.js",
            "import { part } from './loader/dom.js';\nimport('./run/run.js');",
        ),
        ("loader/dom.js", "export const part = 1;"),
        (
            "run/run.js",
            "import { part } from '../loader/dom.js';\nexport { warm } from './warm.js';\nexport const run = part;",
        ),
        ("run/warm.js", "export const warm = 2;"),
    ]);
    assert_eq!(
        files["pyfence.js"],
        "export const part = 1;\nimport('./run/run.js');\n"
    );
    assert_eq!(
        files["run/run.js"],
        "import { part } from '../pyfence.js';\nexport const warm = 2;\nexport const run = part;\n"
    );
    assert_eq!(files.len(), 2);
}

#[test]
fn what_several_files_need_goes_where_its_folder_says_or_is_shared() {
    let files = files(&[
        (
            "pyfence.js",
            "import('./run/run.js');\nimport('./edit/edit.js');",
        ),
        (
            "run/run.js",
            "import { mark } from './mark.js';\nimport { list } from '../other/list.js';\nmark(list);",
        ),
        ("run/mark.js", "export function mark() {}"),
        (
            "edit/edit.js",
            "import { mark } from '../run/mark.js';\nimport { list } from '../other/list.js';\nmark(list);",
        ),
        ("other/list.js", "export const list = [];"),
    ]);
    assert_eq!(files["shared.js"], "export const list = [];\n");
    assert_eq!(
        files["edit/edit.js"],
        "import { mark } from '../run/run.js';\nimport { list } from '../shared.js';\nmark(list);\n"
    );
}

#[test]
fn a_worker_has_modules_of_its_own_and_addresses_hold() {
    let files = files(&[
        (
            "pyfence.js",
            "import { file } from './loader/file.js';\nnew Worker(new URL('./worker/worker.js', import.meta.url));\nfile();",
        ),
        (
            "loader/file.js",
            "export const file = () => new URL('../a.json', import.meta.url);\nconst other = (part, name) => import(`../i18n/${part}${name}.js`);",
        ),
        ("i18n/de.js", "export const de = 1;"),
        ("i18n/part-de.js", "export const part = 1;"),
        (
            "worker/worker.js",
            "import { file } from '../loader/file.js';\nfile();",
        ),
    ]);
    let lines: Vec<&str> = files["worker/worker.js"].lines().collect();
    assert_eq!(
        lines[0],
        "const file = () => new URL('../a.json', new URL('../loader/file.js', import.meta.url).href);"
    );
    assert_eq!(
        files["pyfence.js"].lines().nth(1),
        Some("const other = (part, name) => import(`./i18n/${part}${name}.js`);")
    );
    assert!(files.contains_key("i18n/de.js") && files.contains_key("i18n/part-de.js"));
}

#[test]
fn what_can_not_be_joined_fails_and_says_why() {
    let clash = mistake(&[
        (
            "pyfence.js",
            "import { a } from './a.js';\nconst pause = a;",
        ),
        ("a.js", "const pause = 1;\nexport const a = 2;"),
    ]);
    assert_eq!(
        clash,
        "a.js and pyfence.js both have `pause` at their top level, and are parts of one file, pyfence.js: rename one"
    );
    let circle = mistake(&[
        ("pyfence.js", "import { a } from './a.js';"),
        ("a.js", "import { b } from './b.js';\nexport const a = 1;"),
        ("b.js", "import { a } from './a.js';\nexport const b = 1;"),
    ]);
    assert_eq!(
        circle,
        "imports go in a circle: pyfence.js -> a.js -> b.js -> a.js"
    );
    let unused = mistake(&[
        ("pyfence.js", "const a = 1;"),
        ("b.js", "export const b = 1;"),
    ]);
    assert_eq!(unused, "nothing loads b.js");
    let missing = mistake(&[("pyfence.js", "import { a } from './a.js';")]);
    assert_eq!(missing, "a.js is imported and isn't there");
    for line in [
        "import * as a from './a.js';",
        "import a from './a.js';",
        "import { a as b } from './a.js';",
        "export default 1;",
        "export let a = 1;",
    ] {
        let message = mistake(&[("pyfence.js", line), ("a.js", "export const a = 1;")]);
        assert!(
            message.contains("can't join modules across"),
            "{line}: {message}"
        );
    }
}
