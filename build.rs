//! Makes what is embedded out of what is written: the runtime in few files and without comments, and
//! the linked grammar of Python, so that a program doesn't read YAML before its first page. A
//! mistake in either fails the build.

#[path = "build/join.rs"]
mod join;
#[path = "build/module.rs"]
mod module;
#[path = "build/shorten.rs"]
mod shorten;
#[path = "build/strip_spaces.rs"]
mod strip_spaces;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    // `include_dir!` on stable Rust notices no file that is new.
    for folder in ["runtime", "shortcodes", "themes"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    write_runtime(Path::new("runtime"), &out.join("runtime"))?;
    #[cfg(feature = "highlight")]
    link_grammar("src/html/highlight/python.sublime-syntax", &out)?;
    Ok(())
}

/// The runtime as sites publish it: modules joined, nothing in it that only its authors read.
fn write_runtime(written: &Path, embedded: &Path) -> Result<(), Box<dyn Error>> {
    let mut texts = BTreeMap::new();
    read_all(written, "", &mut texts)?;
    for (path, text) in &mut texts {
        *text = match extension(path) {
            "js" | "css" => shorten::without_comments(text),
            "py" => shorten::without_docstrings(text),
            "json" => {
                strip_spaces::without_spaces(&text.lines().map(str::trim).collect::<String>())
            }
            _ => continue,
        };
    }
    let (mut modules, mut files): (BTreeMap<_, _>, BTreeMap<_, _>) = texts
        .into_iter()
        .partition(|(path, text)| extension(path) == "js" && is_module(text));
    for module in modules.values_mut() {
        *module = shorten::with_numbers_in_place(module);
    }
    files.extend(join::join(&modules)?);

    if embedded.exists() {
        fs::remove_dir_all(embedded)?;
    }
    for (path, mut text) in files {
        text = match extension(&path) {
            "js" => strip_spaces::without_spaces(&shorten::with_short_private_names(&text)),
            "css" => strip_spaces::style_without_spaces(&text),
            _ => text,
        };
        if matches!(extension(&path), "js" | "css") {
            text = shorten::without_space(&text);
        }
        let target = embedded.join(path);
        fs::create_dir_all(target.parent().unwrap_or(embedded))?;
        fs::write(target, text)?;
    }
    Ok(())
}

/// Whether a script is a module; one that isn't has nothing to join.
fn is_module(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with("import ") || line.starts_with("export "))
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The files of a folder and of those in it, by their path with `/`.
fn read_all(
    folder: &Path,
    prefix: &str,
    texts: &mut BTreeMap<String, String>,
) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_all(&entry.path(), &format!("{path}/"), texts)?;
        } else {
            texts.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
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
