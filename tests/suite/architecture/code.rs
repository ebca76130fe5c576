//! Reads what a Rust file names: its imports, and the paths, methods and macros of its code. Names
//! are whole: `use std::{fs as disk};` and `disk::read(path)` are `std::fs` and `std::fs::read`,
//! `super::load` is `crate::hosts::embedded::load`.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ExprMethodCall, Item, ItemMod, ItemUse, Macro, Path, UseTree};

/// A name in the code.
pub struct Named {
    /// A path such as `std::fs::read`; a method has a dot before it: `.is_file`; a macro a `!`
    /// behind it: `println!`.
    pub name: String,
    pub line: usize,
}

/// All names in the file at `path`, such as `src/page/mod.rs`.
pub fn names_in(path: &str, text: &str) -> Vec<Named> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut imports = Imports {
        module: module_of(path),
        ..Imports::default()
    };
    imports.visit_file(&file);
    let mut names = Names {
        module: module_of(path),
        imports: imports.local,
        found: Vec::new(),
    };
    for (path, span) in imports.found {
        names.add(path, span);
    }
    names.visit_file(&file);
    names.found
}

/// The module that a file is: `src/page/mod.rs` is `crate::page`.
fn module_of(path: &str) -> Vec<String> {
    let below = path.strip_prefix("src/").unwrap_or(path);
    let below = below.strip_suffix(".rs").unwrap_or(below);
    let parts = below
        .split('/')
        .filter(|part| !["mod", "lib", "main"].contains(part));
    let crate_word = ["crate"].into_iter();
    crate_word.chain(parts).map(str::to_owned).collect()
}

/// A path from the crate on, where it starts with `self` or `super`.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut here = module.to_vec();
    let mut rest = path;
    let is_relative = matches!(path.first().map(String::as_str), Some("self" | "super"));
    while let [first, behind @ ..] = rest {
        match first.as_str() {
            "self" => {}
            "super" => drop(here.pop()),
            _ => break,
        }
        rest = behind;
    }
    match is_relative {
        true => [&here, rest].concat(),
        false => path.to_vec(),
    }
}

#[derive(Default)]
struct Imports {
    module: Vec<String>,
    /// What a name of this file stands for.
    local: HashMap<String, Vec<String>>,
    found: Vec<(Vec<String>, Span)>,
}

impl Imports {
    fn add(&mut self, tree: &UseTree, mut path: Vec<String>, span: Span) {
        match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                self.add(&part.tree, path, span);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add(tree, path.clone(), span);
                }
            }
            UseTree::Name(name) if name.ident == "self" => {
                let local = path.last().cloned().unwrap_or_default();
                self.import(path, local, span);
            }
            UseTree::Name(name) => {
                path.push(name.ident.to_string());
                self.import(path, name.ident.to_string(), span);
            }
            UseTree::Rename(renamed) => {
                if renamed.ident != "self" {
                    path.push(renamed.ident.to_string());
                }
                self.import(path, renamed.rename.to_string(), span);
            }
            UseTree::Glob(_) => {
                path.push("*".to_owned());
                self.import(path, "*".to_owned(), span);
            }
        }
    }

    fn import(&mut self, path: Vec<String>, local: String, span: Span) {
        let path = absolute(&path, &self.module);
        self.found.push((path.clone(), span));
        if path.first() != Some(&local) {
            self.local.insert(local, path);
        }
    }
}

impl Visit<'_> for Imports {
    fn visit_item_use(&mut self, item: &ItemUse) {
        self.add(&item.tree, Vec::new(), item.use_token.span);
    }

    fn visit_item_mod(&mut self, item: &ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }
}

struct Names {
    module: Vec<String>,
    imports: HashMap<String, Vec<String>>,
    found: Vec<Named>,
}

impl Names {
    fn add(&mut self, path: Vec<String>, span: Span) {
        let mut path = absolute(&path, &self.module);
        // An import may be of something imported; a circle of them is no Rust.
        for _ in 0..8 {
            match path.first().and_then(|first| self.imports.get(first)) {
                Some(whole) => drop(path.splice(..1, whole.iter().cloned())),
                None => break,
            }
        }
        self.found.push(Named {
            name: path.join("::"),
            line: span.start().line,
        });
    }

    fn add_method(&mut self, name: &str, span: Span) {
        self.found.push(Named {
            name: format!(".{name}"),
            line: span.start().line,
        });
    }

    /// What is in a macro is no code yet: the paths and methods among its words.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut start = Span::call_site();
        // The signs since the last word.
        let mut between = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    match between.as_str() {
                        "::" => {}
                        _ => {
                            if !path.is_empty() {
                                self.add(std::mem::take(&mut path), start);
                            }
                            start = word.span();
                        }
                    }
                    if between.ends_with('.') {
                        self.add_method(&word.to_string(), word.span());
                    }
                    path.push(word.to_string());
                    between.clear();
                }
                TokenTree::Punct(sign) => between.push(sign.as_char()),
                TokenTree::Group(group) => {
                    self.add_tokens(group.stream());
                    between.push(' ');
                }
                TokenTree::Literal(_) => between.push(' '),
            }
        }
        if !path.is_empty() {
            self.add(path, start);
        }
    }
}

impl Visit<'_> for Names {
    fn visit_item(&mut self, item: &Item) {
        // `Imports` has read them.
        if !matches!(item, Item::Use(_)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_extern_crate(&mut self, item: &syn::ItemExternCrate) {
        self.add(vec![item.ident.to_string()], item.ident.span());
    }

    fn visit_path(&mut self, path: &Path) {
        let parts = path.segments.iter().map(|part| part.ident.to_string());
        let span = path.segments.first().map(|part| part.ident.span());
        self.add(parts.collect(), span.unwrap_or_else(Span::call_site));
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        self.add_method(&call.method.to_string(), call.method.span());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &Macro) {
        let parts: Vec<_> = call
            .path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        self.found.push(Named {
            name: format!("{}!", parts.join("::")),
            line: call.bang_token.span.start().line,
        });
        self.add_tokens(call.tokens.clone());
    }
}

#[test]
fn names_are_whole_however_they_are_written() {
    let text = r#"
        use std::{self as s, fs as disk, io::{self, Write}};
        use super::super::zola::Staged;
        use s::net;
        fn f(path: &Path) {
            disk::read(path);
            io::stdin();
            s::env::var("HOME");
            net::lookup();
            path.join("a").is_file();
            println!("{}", std::time::Instant::now());
            vec![path.exists(), Path::is_dir(path)];
            self::g(super::load::load());
        }
        mod tests { use super::h; }
    "#;
    let found: Vec<String> = names_in("src/hosts/embedded/load.rs", text)
        .into_iter()
        .map(|named| named.name)
        .collect();
    for name in [
        "std",
        "std::fs",
        "std::io",
        "std::io::Write",
        "crate::hosts::zola::Staged",
        "std::fs::read",
        "std::io::stdin",
        "std::env::var",
        "std::net",
        "std::net::lookup",
        ".is_file",
        "println!",
        "std::time::Instant::now",
        ".exists",
        "Path::is_dir",
        "crate::hosts::embedded::load::g",
        "crate::hosts::embedded::load::load",
        "crate::hosts::embedded::load::h",
    ] {
        assert!(found.iter().any(|found| found == name), "{name}: {found:?}");
    }
}
