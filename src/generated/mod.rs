//! Writes what follows from the table of options (`block/options.rs`), from the version in Cargo.toml
//! and from the files in `runtime/i18n/` into the files that hold it, or checks that it is there:
//! `make generate`, which is `UPDATE_GENERATED=1 cargo test generated`.

pub(crate) mod definition;
mod runtime;
mod tables;
mod templates;
mod version;

use std::fs;
use std::path::Path;

/// A file with parts that are generated.
struct Target {
    path: &'static str,
    /// Gives the file's text with its generated parts as they ought to be.
    update: fn(&str) -> String,
}

const TARGETS: &[Target] = &[
    Target {
        path: "README.md",
        update: |text| runtime::language_names(&version::dependency(&tables::short(text))),
    },
    Target {
        path: "src/block/options.md",
        update: tables::short,
    },
    Target {
        path: "docs/options.md",
        update: tables::full,
    },
    Target {
        path: "site-example/content/editor/options.md",
        update: tables::linked,
    },
    Target {
        path: "shortcodes/pyodide.html",
        update: |text| version::folder(&templates::shortcode(text)),
    },
    Target {
        path: "shortcodes/components/pyodide.html",
        update: |text| version::folder(&templates::component(text)),
    },
    Target {
        path: "runtime/pyfence.js",
        update: runtime::decorated,
    },
    Target {
        path: "runtime/loader/options.js",
        update: runtime::options,
    },
    Target {
        path: "runtime/exercise/options.js",
        update: runtime::exercise_options,
    },
    Target {
        path: "runtime/loader/strings.js",
        update: runtime::languages,
    },
    Target {
        path: "docs/strings.md",
        update: runtime::language_names,
    },
    Target {
        path: "docs/zola.md",
        update: version::folder,
    },
    Target {
        path: "docs/library.md",
        update: version::dependency,
    },
    Target {
        path: "tests/browser/support/zola.js",
        update: version::folder,
    },
    Target {
        path: "tests/zola/ways/stock/templates/loader.html",
        update: version::folder,
    },
];

#[test]
fn generated_parts_are_up_to_date() {
    let is_update = std::env::var_os("UPDATE_GENERATED").is_some();
    let mut stale = Vec::new();
    for target in TARGETS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(target.path);
        let text = fs::read_to_string(&path).expect("a file that holds a generated part is there");
        let updated = (target.update)(&text);
        if updated == text {
            continue;
        }
        if is_update {
            fs::write(&path, updated).expect("it can be written");
        } else {
            stale.push(target.path);
        }
    }
    assert!(
        stale.is_empty(),
        "these don't follow src/block/options.rs, Cargo.toml or runtime/i18n: {}; `make generate` writes them",
        stale.join(", ")
    );
}

/// Replaces the lines between the one that contains `begin` and the next that contains `end`.
fn replace_between(text: &str, begin: &str, end: &str, part: &str) -> String {
    let mut lines = text.split_inclusive('\n');
    let mut updated = String::new();
    for line in lines.by_ref() {
        updated.push_str(line);
        if line.contains(begin) {
            break;
        }
    }
    updated.push_str(part);
    let behind: String = lines.skip_while(|line| !line.contains(end)).collect();
    assert!(
        !behind.is_empty(),
        "there is `{begin}`, and `{end}` below it"
    );
    updated + &behind
}
