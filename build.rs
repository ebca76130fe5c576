//! Asks cargo for a rebuild when a file is added to or removed from an embedded folder:
//! `include_dir!` on stable Rust only notices changes inside files that it already knows.

fn main() {
    for folder in ["runtime", "shortcodes"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
