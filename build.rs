//! Makes what is embedded out of what is written: the runtime without its comments, and the linked
//! grammar of Python, so that a program doesn't read YAML before its first page. A mistake in the
//! grammar fails the build.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    // `include_dir!` on stable Rust notices no file that is new.
    for folder in ["runtime", "shortcodes"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    write_runtime(Path::new("runtime"), &out.join("runtime"))?;
    #[cfg(feature = "highlight")]
    link_grammar("src/highlight/python.sublime-syntax", &out)?;
    Ok(())
}

/// Every reader loads the runtime and few read it: a third of it is comments.
fn write_runtime(written: &Path, embedded: &Path) -> Result<(), Box<dyn Error>> {
    if embedded.exists() {
        fs::remove_dir_all(embedded)?;
    }
    fs::create_dir_all(embedded)?;
    for entry in fs::read_dir(written)? {
        let path = entry?.path();
        let name = path.file_name().ok_or("a file has a name")?;
        let text = fs::read_to_string(&path)?;
        let lean = match path.extension().and_then(|extension| extension.to_str()) {
            Some("js" | "css") => without_comments(&text),
            Some("py") => without_docstrings(&text),
            Some("json") => text.lines().map(str::trim).collect(),
            _ => text,
        };
        fs::write(embedded.join(name), lean)?;
    }
    Ok(())
}

/// Without comments that have lines to themselves, without JSDoc casts, indents and empty lines.
/// Nothing else in the runtime begins like a comment, so no parser is needed.
fn without_comments(text: &str) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines().map(str::trim) {
        is_comment |= line.starts_with("/*") && !has_code_behind_comment(line);
        if is_comment {
            is_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            lean.push_str(&without_casts(line));
            lean.push('\n');
        }
    }
    lean
}

fn has_code_behind_comment(line: &str) -> bool {
    line.split_once("*/")
        .is_some_and(|(_, behind)| !behind.is_empty())
}

fn without_casts(line: &str) -> String {
    let mut rest = line;
    let mut lean = String::with_capacity(line.len());
    while let Some((before, cast)) = rest.split_once("/** @type ") {
        let Some((_, behind)) = cast.split_once("*/") else {
            break;
        };
        lean.push_str(before);
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    lean.push_str(rest);
    lean
}

/// Without comments, and without the docstrings of modules and top-level functions: those deeper
/// are of functions that a reader may ask for help.
fn without_docstrings(text: &str) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut is_docstring = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let is_shallow = line.len() - trimmed.len() <= 4;
        if is_docstring {
            is_docstring = !trimmed.ends_with("\"\"\"");
        } else if let Some(text) = trimmed.strip_prefix("\"\"\"").filter(|_| is_shallow) {
            is_docstring = !text.ends_with("\"\"\"");
        } else if !trimmed.is_empty() && !trimmed.starts_with('#') {
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean
}

#[cfg(feature = "highlight")]
fn link_grammar(path: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    use syntect::dumps::dump_to_uncompressed_file;
    use syntect::parsing::{SyntaxDefinition, SyntaxSetBuilder};

    println!("cargo::rerun-if-changed={path}");
    let yaml = fs::read_to_string(path)?;
    let mut builder = SyntaxSetBuilder::new();
    builder.add(SyntaxDefinition::load_from_str(&yaml, true, None)?);
    dump_to_uncompressed_file(&builder.build(), out.join("python.packdump"))?;
    Ok(())
}
