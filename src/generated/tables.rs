//! The tables of options in the documentation. Where a table with `option` in its first column
//! stands, it is replaced.

use std::fs;
use std::path::{Path, PathBuf};

use super::definition::{HoldsFor, Kind, OptionDefinition};
use crate::block::options::DEFINITIONS;

/// Name, values and meaning.
pub(super) fn short(text: &str) -> String {
    let rows = DEFINITIONS.iter().map(|option| {
        let name = format!("`{}`", option.name);
        vec![name, option.values(), option.meaning()]
    });
    replace_table(text, &table(&["option", "values", "meaning"], rows))
}

/// Also what holds where nobody states the option, and where it can be stated.
pub(super) fn full(text: &str) -> String {
    let rows = DEFINITIONS.iter().map(|option| {
        vec![
            format!("`{}`", option.name),
            option.values(),
            match option.default {
                "" => String::new(),
                default => format!("`{default}`"),
            },
            option.meaning(),
            places(option).to_owned(),
        ]
    });
    let head = ["option", "values", "default", "meaning", "where"];
    replace_table(text, &table(&head, rows))
}

/// For the example site: in the order of the alphabet, with a link to the heading that shows it.
pub(super) fn linked(text: &str) -> String {
    let mut options: Vec<&OptionDefinition> = DEFINITIONS.iter().collect();
    options.sort_by_key(|option| option.name);
    let rows = options.into_iter().map(|option| {
        let name = match heading_of(option.name) {
            Some(link) => format!("[`{}`]({link})", option.name),
            None => format!("`{}`", option.name),
        };
        let meaning = option.meaning().replace('\'', "’");
        vec![name, option.values(), meaning]
    });
    replace_table(text, &table(&["option", "values", "meaning"], rows))
}

fn places(option: &OptionDefinition) -> &'static str {
    match (&option.holds_for, &option.kind) {
        (HoldsFor::LoaderTags | HoldsFor::Commands, _) => "not in stock fences, no attribute",
        _ if !option.is_for_stock_fences() => "not in stock fences",
        (_, Kind::List(_) | Kind::Addresses) => "everywhere; in stock fences with `+` for commas",
        _ => "everywhere",
    }
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let mut table = line(&head);
    table.push_str(&format!("|{}\n", "---|".repeat(head.len())));
    for row in rows {
        table.push_str(&line(&row).replace("|  |", "| |"));
    }
    table
}

fn replace_table(text: &str, table: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start = lines.iter().position(|line| line.starts_with("| option |"));
    let start = start.expect("the page has a table of options");
    let end = lines[start..]
        .iter()
        .position(|line| !line.starts_with('|'));
    let end = end.map_or(lines.len(), |length| start + length);
    format!(
        "{}{table}{}",
        lines[..start].concat(),
        lines[end..].concat()
    )
}

/// A link to the heading of the example course that shows the option: one that names it, or has
/// its name as id.
fn heading_of(name: &str) -> Option<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("site-example/content");
    let mut pages = pages_in(&content);
    pages.sort();
    pages.iter().find_map(|page| {
        let text = fs::read_to_string(page).expect("a page can be read");
        let id = text.lines().find_map(|line| {
            let (heading, id) = line.strip_prefix("## ")?.split_once("{ #")?;
            let id = id.strip_suffix(" }")?;
            let is_named = id == name || heading.split_whitespace().any(|word| word == name);
            is_named.then(|| id.to_owned())
        })?;
        let page = page.strip_prefix(&content).expect("it lies below it");
        let page = page.to_string_lossy().replace('\\', "/");
        Some(match page.as_str() {
            "editor/options.md" => format!("#{id}"),
            page => format!("@/{page}#{id}"),
        })
    })
}

fn pages_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    entries
        .map(|entry| entry.expect("an entry can be read").path())
        .flat_map(|path| match path.is_dir() {
            true => pages_in(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect()
}
