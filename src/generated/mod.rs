//! Writes what follows from the table of options (`block/options.rs`), from the version in Cargo.toml
//! and from the files in `translations/` into the files that hold it, or checks that it is there:
//! `make generate`, which is `UPDATE_GENERATED=1 cargo test generated`.

pub(crate) mod definition;
mod languages;
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
        update: |text| languages::names(&version::dependency(&tables::short(text))),
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
        update: languages::codes,
    },
    Target {
        path: "docs/strings.md",
        update: languages::names,
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

/// A file that is generated whole.
struct GeneratedFile {
    path: String,
    text: String,
}

#[test]
fn generated_parts_are_up_to_date() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parts = TARGETS.iter().map(|target| {
        let text = fs::read_to_string(project.join(target.path));
        let text = text.expect("a file that holds a generated part is there");
        GeneratedFile {
            path: target.path.to_owned(),
            text: (target.update)(&text),
        }
    });
    let files = languages::modules().into_iter().chain(parts);
    let is_stale = |file: &GeneratedFile| {
        let text = fs::read_to_string(project.join(&file.path));
        text.ok().as_ref() != Some(&file.text)
    };
    let stale: Vec<GeneratedFile> = files.filter(is_stale).collect();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        for file in stale {
            fs::write(project.join(file.path), file.text).expect("it can be written");
        }
        return;
    }
    let paths: Vec<String> = stale.into_iter().map(|file| file.path).collect();
    assert!(
        paths.is_empty(),
        "these don't follow src/block/options.rs, Cargo.toml or translations/: {}; `make generate` writes them",
        paths.join(", ")
    );
}

#[test]
fn each_module_of_words_has_its_language() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/i18n");
    let names = fs::read_dir(folder).expect("there are words");
    let names = names.map(|entry| entry.expect("it can be listed").file_name());
    let modules = languages::modules();
    for name in names {
        let path = format!("runtime/i18n/{}", name.display());
        let is_written = modules.iter().any(|module| module.path == path);
        assert!(is_written, "{path} follows from nothing in translations/");
    }
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

/// Replaces what stands between the first `begin` and the next `end`.
fn replace_inside(text: &str, begin: &str, end: &str, part: &str) -> String {
    let (before, rest) = text.split_once(begin).expect("it begins");
    let (_, behind) = rest.split_once(end).expect("it ends");
    format!("{before}{begin}{part}{end}{behind}")
}
