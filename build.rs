//! Asks cargo for a rebuild when a file is added to or removed from an embedded folder:
//! `include_dir!` on stable Rust only notices changes inside files that it already knows.
//!
//! Links the grammar of Python, so that a program doesn't read YAML before its first page, and a
//! mistake in the grammar fails the build.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    for folder in ["runtime", "shortcodes"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    #[cfg(feature = "highlight")]
    link_grammar("src/highlight/python.sublime-syntax")?;
    Ok(())
}

#[cfg(feature = "highlight")]
fn link_grammar(path: &str) -> Result<(), Box<dyn Error>> {
    use std::path::Path;
    use syntect::dumps::dump_to_uncompressed_file;
    use syntect::parsing::{SyntaxDefinition, SyntaxSetBuilder};

    println!("cargo::rerun-if-changed={path}");
    let yaml = std::fs::read_to_string(path)?;
    let mut builder = SyntaxSetBuilder::new();
    builder.add(SyntaxDefinition::load_from_str(&yaml, true, None)?);
    let linked = Path::new(&std::env::var("OUT_DIR")?).join("python.packdump");
    dump_to_uncompressed_file(&builder.build(), linked)?;
    Ok(())
}
