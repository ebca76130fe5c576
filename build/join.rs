//! Joins the runtime's modules into the files that a browser asks for: each file is a round trip
//! on a slow network, and compresses better the larger it is.
//!
//! A module that is loaded at a time of its own (by `import(...)`, `new Worker(...)` or a tag in
//! the page) begins a file. A module that is imported by `import ... from` is loaded together with
//! whoever imports it, so it becomes a part of that file. Where several files need it, none of
//! which is always there before the others, it goes into the one that all others load, or the one
//! that is in its own folder; if there is none, into a file that they share.
//!
//! The sources run as they are, too: joining changes how many files there are, not what they do.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{Module, declared, dynamic_import, folder, relative, resolve};

/// Modules by their path in the runtime, such as `run/run.js`.
type Modules = BTreeMap<String, Module>;

/// The file that a page names; everything else is found from here.
const ENTRY: &str = "pyfence.js";

/// The files that a browser asks for, by their path, out of all modules of the runtime by theirs.
pub fn join(texts: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
    let mut modules = Modules::new();
    for (path, text) in texts {
        modules.insert(path.clone(), Module::read(path, text, texts)?);
    }
    let mut files = BTreeMap::new();
    let mut loaded = BTreeSet::new();
    let workers = modules.values().flat_map(|module| &module.workers);
    let roots: BTreeSet<&str> = workers.map(String::as_str).chain([ENTRY]).collect();
    for root in roots {
        let realm = Realm::new(&modules, root)?;
        for (path, text) in realm.files()? {
            if files.get(&path).is_some_and(|other| *other != text) {
                return Err(format!("{path} would differ between the page and a worker"));
            }
            files.insert(path, text);
        }
        loaded.extend(realm.homes.into_keys());
    }
    let has_code = |module: &Module| module.lines.iter().any(|line| line != "export {};");
    let mut unused = modules
        .iter()
        .filter(|(path, module)| !loaded.contains(*path) && has_code(module));
    match unused.next() {
        Some((path, _)) => Err(format!("nothing loads {path}")),
        None => Ok(files),
    }
}

/// The modules of the page, or those of a worker.
struct Realm<'a> {
    modules: &'a Modules,
    /// The file that each module is a part of.
    homes: BTreeMap<String, String>,
}

impl<'a> Realm<'a> {
    fn new(modules: &'a Modules, root: &str) -> Result<Self, String> {
        let entries = entries(modules, root)?;
        let before = loaded_before(modules, &entries);
        let mut needed_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (entry, closure) in &entries {
            for path in closure.difference(&before[entry]) {
                needed_by.entry(path).or_default().push(entry);
            }
        }
        let shared = match folder(root) {
            "" => "shared.js".to_owned(),
            folder => format!("{folder}/shared.js"),
        };
        let home = |path: &str| {
            let needed_by = &needed_by[path];
            let mut neighbours = needed_by
                .iter()
                .filter(|entry| folder(entry) == folder(path));
            // One that all the others load brings it to them.
            let loads = |entry: &str, other: &str| entries[entry].contains(other);
            let mut first = needed_by
                .iter()
                .filter(|entry| needed_by.iter().all(|other| loads(other, entry)));
            match (first.next(), neighbours.next(), neighbours.next()) {
                _ if entries.contains_key(path) => path.to_owned(),
                (Some(only), ..) | (_, Some(only), None) => (*only).to_owned(),
                _ => shared.clone(),
            }
        };
        let all: BTreeSet<&String> = entries.values().flatten().collect();
        let homes = all.into_iter().map(|path| (path.clone(), home(path)));
        let homes = homes.collect();
        Ok(Realm { modules, homes })
    }

    fn files(&self) -> Result<BTreeMap<String, String>, String> {
        let mut files = BTreeMap::new();
        let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for home in self.homes.values() {
            let parts = self.parts(home);
            self.check_names(home, &parts)?;
            let imports = self.imports(home, &parts)?;
            needs.insert(home, imports.keys().copied().collect());
            files.insert(home.clone(), self.text(home, &parts, &imports));
        }
        for home in needs.keys() {
            let imports = |home: &str| needs[home].iter().copied();
            reach(home, &imports, &mut BTreeSet::new(), &mut Vec::new())?;
        }
        Ok(files)
    }

    /// The modules of a file, each behind those that it needs.
    fn parts(&self, home: &str) -> Vec<&'a str> {
        let mut parts = Vec::new();
        for (path, other) in &self.homes {
            if other == home {
                self.add_part(path, home, &mut parts);
            }
        }
        parts
    }

    fn add_part(&self, path: &str, home: &str, parts: &mut Vec<&'a str>) {
        let Some((path, module)) = self.modules.get_key_value(path) else {
            return;
        };
        if self.homes[path] == home && !parts.contains(&path.as_str()) {
            for import in &module.imports {
                self.add_part(&import.from, home, parts);
            }
            parts.push(path);
        }
    }

    /// The names that a file needs of others, by their path.
    fn imports(
        &self,
        home: &str,
        parts: &[&str],
    ) -> Result<BTreeMap<&str, BTreeSet<&str>>, String> {
        let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for path in parts {
            let module = &self.modules[*path];
            let imports = module.imports.iter();
            for import in imports.filter(|import| self.homes[&import.from] != home) {
                let names = import.names.iter().map(String::as_str);
                if names.clone().any(|name| module.passed_on.contains(name)) {
                    let from = &import.from;
                    return Err(format!(
                        "{path} exports names of {from}, which is in another file"
                    ));
                }
                let from = &self.homes[&import.from];
                all.entry(from).or_default().extend(names);
            }
        }
        Ok(all)
    }

    fn text(&self, home: &str, parts: &[&str], imports: &BTreeMap<&str, BTreeSet<&str>>) -> String {
        let mut lines = Vec::new();
        for (from, names) in imports {
            let names: Vec<&str> = names.iter().copied().collect();
            let (names, from) = (names.join(", "), relative(from, home));
            lines.push(format!("import {{ {names} }} from '{from}';"));
        }
        for path in parts {
            let body = self.modules[*path].lines.iter();
            lines.extend(body.map(|line| self.line(line, path, home)));
        }
        lines.join("\n") + "\n"
    }

    /// A line of the module as it stands in its file: what only that file uses isn't exported, and
    /// addresses are relative to that file.
    fn line(&self, line: &str, path: &str, home: &str) -> String {
        let declaration = line.strip_prefix("export ").unwrap_or(line);
        let names = declared(declaration);
        let is_exported = path == home
            || names
                .iter()
                .any(|name| self.is_used_outside(name, path, home));
        let line = if is_exported { line } else { declaration };
        if folder(path) == folder(home) {
            return line.to_owned();
        }
        let address = format!("new URL('{}', import.meta.url).href", relative(path, home));
        let mut moved = String::new();
        let mut rest = line;
        while let Some((start, from, end)) = dynamic_import(rest) {
            moved.push_str(&rest[..start].replace("import.meta.url", &address));
            moved.push_str(&relative(&resolve(from, path), home));
            rest = &rest[end..];
        }
        moved + &rest.replace("import.meta.url", &address)
    }

    fn is_used_outside(&self, name: &str, path: &str, home: &str) -> bool {
        let is_passed_on = self
            .modules
            .get(home)
            .is_some_and(|entry| entry.passed_on.contains(name));
        let outside = self.homes.iter().filter(|(_, other)| *other != home);
        let mut imports = outside.flat_map(|(other, _)| &self.modules[other].imports);
        is_passed_on
            || imports
                .any(|import| import.from == path && import.names.iter().any(|used| used == name))
    }

    /// Modules in one file share a scope.
    fn check_names(&self, home: &str, parts: &[&str]) -> Result<(), String> {
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for path in parts {
            let module = &self.modules[*path];
            let imports = module.imports.iter();
            let imported = imports
                .flat_map(|import| import.names.iter().map(|name| (name, import.from.as_str())));
            let own = module.declared.iter().map(|name| (name, *path));
            for (name, owner) in own.chain(imported) {
                let other = owners.insert(name, owner).unwrap_or(owner);
                if other != owner {
                    return Err(format!(
                        "{other} and {owner} both have `{name}` at their top level, and are parts \
                         of one file, {home}: rename one"
                    ));
                }
            }
        }
        Ok(())
    }
}

type Entries = BTreeMap<String, BTreeSet<String>>;

/// The modules that begin a file, each with all that is loaded together with it.
fn entries(modules: &Modules, root: &str) -> Result<Entries, String> {
    let imports = |path: &str| {
        let module = modules.get(path);
        module
            .into_iter()
            .flat_map(|module| module.imports.iter().map(|import| import.from.as_str()))
    };
    let mut entries = Entries::new();
    let mut found = vec![root.to_owned()];
    while let Some(entry) = found.pop() {
        if entries.contains_key(&entry) {
            continue;
        }
        let mut closure = BTreeSet::new();
        reach(&entry, &imports, &mut closure, &mut Vec::new())?;
        for path in &closure {
            let module = modules
                .get(path)
                .ok_or_else(|| format!("{path} is imported and isn't there"))?;
            found.extend(module.dynamic.iter().cloned());
        }
        entries.insert(entry, closure);
    }
    Ok(entries)
}

/// All that is loaded with `path`; a circle is an error.
fn reach<'a, Imports: Iterator<Item = &'a str>>(
    path: &str,
    imports: &dyn Fn(&str) -> Imports,
    closure: &mut BTreeSet<String>,
    way: &mut Vec<String>,
) -> Result<(), String> {
    let is_circle = way.iter().any(|above| above == path);
    way.push(path.to_owned());
    if is_circle {
        return Err(format!("imports go in a circle: {}", way.join(" -> ")));
    }
    closure.insert(path.to_owned());
    for import in imports(path) {
        reach(import, imports, closure, way)?;
    }
    way.pop();
    Ok(())
}

/// What is loaded already when a module begins to load, whoever asks for it.
fn loaded_before(modules: &Modules, entries: &Entries) -> Entries {
    let all: BTreeSet<String> = entries.values().flatten().cloned().collect();
    let mut before: Entries = entries
        .keys()
        .map(|entry| (entry.clone(), all.clone()))
        .collect();
    loop {
        let next = entries.keys().map(|entry| {
            let loads = |closure: &BTreeSet<String>| {
                closure
                    .iter()
                    .any(|path| modules[path].dynamic.contains(entry))
            };
            let askers = entries.iter().filter(|(_, closure)| loads(closure));
            let there = askers.map(|(asker, closure)| closure | &before[asker]);
            (
                entry.clone(),
                there.reduce(|one, other| &one & &other).unwrap_or_default(),
            )
        });
        let next: Entries = next.collect();
        if next == before {
            return next;
        }
        before = next;
    }
}
