//! The languages that blocks speak: each has a file in `translations/`, and all else follows from those.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{GeneratedFile, replace_inside};

/// A file of `translations/`: words by the names that `runtime/` has for them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Translation {
    /// As `<html lang>` has it: the name of the file.
    #[serde(skip)]
    pub code: String,
    /// In English.
    name: String,
    /// What any block says.
    block: Words,
    /// What an exercise says.
    pub exercise: Words,
    /// What explains an error.
    explain: Words,
}

pub(super) type Words = BTreeMap<String, String>;

/// All of them, by their codes.
pub(super) fn translations() -> Vec<Translation> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("translations");
    let entries = fs::read_dir(folder).expect("there are translations");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| translation(path)).collect()
}

fn translation(path: &Path) -> Translation {
    let text = fs::read_to_string(path).expect("a translation can be read");
    let read: Result<Translation, _> = toml::from_str(&text);
    let translation = read.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let code = path.file_stem().and_then(|code| code.to_str());
    Translation {
        code: code.expect("the name of the file is a code").to_owned(),
        ..translation
    }
}

/// The modules of the runtime that hold the words: one for each time at which words are loaded.
pub(super) fn modules() -> Vec<GeneratedFile> {
    let modules = translations().into_iter().flat_map(|translation| {
        let Translation {
            code,
            name,
            block,
            exercise,
            explain,
        } = translation;
        [
            (format!("{code}.js"), "the block says", BLOCK, block),
            (
                format!("exercise-{code}.js"),
                "an exercise says",
                EXERCISE,
                exercise,
            ),
            (
                format!("explain-{code}.js"),
                "explains an error",
                EXPLAIN,
                explain,
            ),
        ]
        .map(|(file, what, english, words)| GeneratedFile {
            path: format!("runtime/i18n/{file}"),
            text: module(&code, &format!("What {what} in {name}"), english, &words),
        })
    });
    modules.collect()
}

/// Where the words stand in English: module and export, for the compiler to compare.
type English = &'static [(&'static str, &'static str)];

const BLOCK: English = &[
    ("run/strings.js", "runStrings"),
    ("run/in-order-strings.js", "inOrderStrings"),
    ("run/input-strings.js", "inputStrings"),
    ("run/error-strings.js", "errorStrings"),
    ("edit/strings.js", "editStrings"),
    ("output/strings.js", "outputStrings"),
    ("complete/strings.js", "completionStrings"),
    ("on-demand/strings.js", "optionStrings"),
    ("recorded/strings.js", "recordedStrings"),
    ("share/strings.js", "shareStrings"),
];
const EXERCISE: English = &[("exercise/strings.js", "english")];
const EXPLAIN: English = &[("explain/strings.js", "english")];

fn module(code: &str, what: &str, english: English, words: &Words) -> String {
    let types = english
        .iter()
        .map(|(module, export)| format!("typeof import('../{module}').{export}"));
    let types: Vec<String> = types.collect();
    let lines = words.iter().map(|(key, words)| {
        let words = serde_json::to_string(words).expect("text is JSON");
        format!("  {key}: {words},\n")
    });
    let lines: String = lines.collect();
    format!(
        "/** {what}; written by `make generate` out of translations/{code}.toml. */\n\n\
         /** @type {{{}}} */\nexport const strings = {{\n{lines}}};\n",
        types.join(" & ")
    )
}

/// In the documentation, the languages by their English names.
pub(super) fn names(text: &str) -> String {
    let translations = translations().into_iter();
    let mut names: Vec<String> = translations.map(|translation| translation.name).collect();
    names.sort();
    let last = names.pop().expect("there are translations");
    let names = format!("English, {} and {last}", names.join(", "));
    replace_inside(text, "(`<html lang>`): ", " are there", &names)
}

/// Where the loader chooses a language, those that there are.
pub(super) fn codes(text: &str) -> String {
    let translations = translations().into_iter();
    let codes: Vec<String> = translations.map(|translation| translation.code).collect();
    replace_inside(text, "/^(", ")$/", &codes.join("|"))
}
