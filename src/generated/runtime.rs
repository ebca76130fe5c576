//! The lists of options in the runtime.

use super::definition::{Begins, HoldsFor, Kind, OptionDefinition};
use super::{replace_between, replace_inside};
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

/// In the loader, the attributes of blocks that are decorated.
pub(super) fn decorated(text: &str) -> String {
    let options = DEFINITIONS
        .iter()
        .filter(|option| option.begins == Begins::AtOnce);
    let attributes: Vec<String> = options.map(|option| format!("[{}]", option.name)).collect();
    replace_inside(text, "this.matches('", "')", &attributes.join(","))
}

fn kind(option: &OptionDefinition) -> &'static str {
    match option.kind {
        Kind::List(_) | Kind::Addresses => "list",
        Kind::Switch if option.default == "yes" => "default-on",
        Kind::Switch => "switch",
        Kind::Text(_) | Kind::Height | Kind::Number(_) | Kind::Choice(_) | Kind::Version => "text",
    }
}
