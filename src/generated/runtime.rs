//! The lists of options and of languages in the runtime.

use std::fs;
use std::path::Path;

use super::definition::{Begins, HoldsFor, Kind, OptionDefinition};
use super::replace_between;
use crate::block::options::DEFINITIONS;

pub(super) fn options(text: &str) -> String {
    let is_read = |option: &OptionDefinition| option.holds_for != HoldsFor::Exercises;
    replace_between(text, "export const kinds = ", "});", &kinds(is_read))
}

/// Those that only pages with exercises read.
pub(super) fn exercise_options(text: &str) -> String {
    let is_read = |option: &OptionDefinition| option.holds_for == HoldsFor::Exercises;
    replace_between(
        text,
        "export const exerciseKinds = ",
        "});",
        &kinds(is_read),
    )
}

fn kinds(is_read: impl Fn(&OptionDefinition) -> bool) -> String {
    let options = DEFINITIONS.iter().filter(|option| option.is_attribute());
    let lines = options
        .filter(|option| is_read(option))
        .map(|option| format!("  {}: '{}',\n", option.name, kind(option)));
    lines.collect()
}

/// The languages that have a file in `runtime/i18n/`; beside it are those of parts, as in `explain-de.js`.
pub(super) fn translations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/i18n");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("there are translations")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".js")?.to_owned()))
        .filter(|name| !name.contains('-'))
        .collect();
    names.sort();
    names
}

/// In the documentation, the languages by their English names, as the first line of each file has them.
pub(super) fn language_names(text: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/i18n");
    let name = |language: &String| {
        let path = folder.join(format!("{language}.js"));
        let text = fs::read_to_string(path).expect("a translation can be read");
        let first = text.lines().next().unwrap_or_default();
        let name = first.strip_prefix("/** What the block says in ");
        let name = name.and_then(|name| name.strip_suffix(". */"));
        name.expect("the first line names the language").to_owned()
    };
    let mut names: Vec<String> = translations().iter().map(name).collect();
    names.sort();
    let last = names.pop().expect("there are translations");
    let names = format!("English, {} and {last}", names.join(", "));
    replace_inside(text, "(`<html lang>`): ", " are there", &names)
}

/// Where the loader chooses a language, those that there are.
pub(super) fn languages(text: &str) -> String {
    replace_inside(text, "/^(", ")$/", &translations().join("|"))
}

/// In the loader, the attributes of blocks that are decorated.
pub(super) fn decorated(text: &str) -> String {
    let options = DEFINITIONS
        .iter()
        .filter(|option| option.begins == Begins::AtOnce);
    let attributes: Vec<String> = options.map(|option| format!("[{}]", option.name)).collect();
    replace_inside(text, "this.matches('", "')", &attributes.join(","))
}

/// Replaces what stands between the first `begin` and the next `end`.
fn replace_inside(text: &str, begin: &str, end: &str, part: &str) -> String {
    let (before, rest) = text.split_once(begin).expect("it begins");
    let (_, behind) = rest.split_once(end).expect("it ends");
    format!("{before}{begin}{part}{end}{behind}")
}

fn kind(option: &OptionDefinition) -> &'static str {
    match option.kind {
        Kind::List(_) | Kind::Addresses => "list",
        Kind::Switch if option.default == "yes" => "default-on",
        Kind::Switch => "switch",
        Kind::Text(_) | Kind::Height | Kind::Number(_) | Kind::Choice(_) | Kind::Version => "text",
    }
}
