//! Reads the modules of the runtime, as far as joining them needs it: the plain subset of
//! JavaScript's modules that the runtime is written in, one import a line, by names, and
//! declarations exported where they stand.

use std::collections::{BTreeMap, BTreeSet};

/// A module: what it needs, what it gives, and its lines between.
#[derive(Debug)]
pub struct Module {
    pub lines: Vec<String>,
    pub imports: Vec<Import>,
    pub declared: Vec<String>,
    /// What it exports of that which it imports.
    pub passed_on: BTreeSet<String>,
    /// What it loads when it needs it.
    pub dynamic: BTreeSet<String>,
    /// What it starts as a worker: there nothing of the page's modules is loaded.
    pub workers: BTreeSet<String>,
}

#[derive(Debug)]
pub struct Import {
    pub names: Vec<String>,
    pub from: String,
}

impl Module {
    /// Reads a module that has no comments; `all` are the modules that it may load.
    pub fn read(path: &str, text: &str, all: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut module = Module {
            lines: Vec::new(),
            imports: Vec::new(),
            declared: Vec::new(),
            passed_on: BTreeSet::new(),
            dynamic: BTreeSet::new(),
            workers: BTreeSet::new(),
        };
        for line in text.lines() {
            if line.starts_with("import ") || line.contains(" } from '") {
                let import = import(line, path).ok_or_else(|| format!("{path}: can't join modules across `{line}`: write import {{ names }} from '...' on one line"))?;
                if line.starts_with("export ") {
                    module.passed_on.extend(import.names.iter().cloned());
                }
                module.imports.push(import);
                continue;
            }
            let declaration = line.strip_prefix("export ");
            let names = declared(declaration.unwrap_or(line));
            if declaration
                .is_some_and(|what| what != "{};" && (names.is_empty() || what.starts_with("let ")))
            {
                return Err(format!(
                    "{path}: can't join modules across `{line}`: export a function, a class or a const where it is declared"
                ));
            }
            module.declared.extend(names);
            let mut rest = line;
            while let Some((_, from, end)) = dynamic_import(rest) {
                module.dynamic.extend(matching(&resolve(from, path), all));
                rest = &rest[end..];
            }
            if let Some((_, worker)) = line.split_once("new Worker(new URL('") {
                let address = worker.split('\'').next().unwrap_or_default();
                module.workers.insert(resolve(address, path));
            }
            module.lines.push(line.to_owned());
        }
        Ok(module)
    }
}

fn import(line: &str, path: &str) -> Option<Import> {
    let line = line
        .strip_prefix("import ")
        .or(line.strip_prefix("export "))?;
    let (names, from) = line.strip_prefix("{ ")?.split_once(" } from '")?;
    let names: Vec<String> = names.split(", ").map(str::to_owned).collect();
    let from = resolve(from.strip_suffix("';")?, path);
    let is_plain = names.iter().all(|name| is_name(name));
    is_plain.then_some(Import { names, from })
}

/// The names that a line declares at the top level of its module.
pub fn declared(line: &str) -> Vec<String> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    for keyword in ["function ", "class "] {
        if let Some(rest) = line.strip_prefix(keyword) {
            return vec![name_at_start(rest)];
        }
    }
    let Some(rest) = ["const ", "let "]
        .iter()
        .find_map(|keyword| line.strip_prefix(keyword))
    else {
        return Vec::new();
    };
    if !rest.starts_with(['{', '[']) {
        return vec![name_at_start(rest)];
    }
    let pattern = rest.split(['}', ']']).next().unwrap_or_default();
    let pieces = pattern[1..]
        .split(',')
        .map(|piece| piece.rsplit(':').next().unwrap_or(piece));
    pieces.map(|piece| name_at_start(piece.trim())).collect()
}

fn name_at_start(text: &str) -> String {
    text.chars()
        .take_while(|&sign| is_part_of_name(sign))
        .collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_part_of_name)
}

fn is_part_of_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || sign == '$'
}

/// The first address that a line imports when it runs: where it begins, itself, where it ends.
pub fn dynamic_import(line: &str) -> Option<(usize, &str, usize)> {
    let call = "import(";
    let starts = line
        .match_indices(call)
        .filter(|(at, _)| !line[..*at].ends_with(is_part_of_name));
    let start = starts
        .map(|(at, _)| at + call.len() + 1)
        .find(|&start| line[..start].ends_with(['\'', '`']))?;
    let quote = &line[start - 1..start];
    let end = start + line[start..].find(quote)?;
    Some((start, &line[start..end], end))
}

/// The modules that an address with `${placeholders}` may mean; one without means itself.
fn matching(address: &str, all: &BTreeMap<String, String>) -> Vec<String> {
    let Some((start, rest)) = address.split_once("${") else {
        return vec![address.to_owned()];
    };
    let end = rest.rsplit_once('}').map_or("", |(_, end)| end);
    all.keys()
        .filter(|path| path.starts_with(start) && path.ends_with(end))
        .cloned()
        .collect()
}

pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// An address as a module at `path` has it, as a path in the runtime.
pub fn resolve(address: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder(path)
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path in the runtime, as a module at `path` names it. Folders are one deep.
pub fn relative(target: &str, path: &str) -> String {
    match (folder(path), target) {
        ("", _) => format!("./{target}"),
        (own, _) if folder(target) == own => format!("./{}", &target[own.len() + 1..]),
        _ => format!("../{target}"),
    }
}
