//! Where the copy of a site is that Zola builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::support::{Zola, copy_of, text_of};

const MEMORY: &str = "/dev/shm";

/// In memory where there is enough of it: but not where the author names a folder, for large sites,
/// and for those with images that Zola has resized.
pub fn small_sites_are_staged_in_memory(zola: &Zola) {
    let site = copy_of("site");
    let temporary = tempfile::tempdir().expect("a folder");
    if has_room() {
        assert!(staged_at(zola, site.path(), None).starts_with(MEMORY));
    }
    let named = staged_at(zola, site.path(), Some(temporary.path()));
    assert!(named.starts_with(temporary.path()), "{}", named.display());

    let image = site.path().join("static/processed_images/1.png");
    fs::create_dir_all(image.parent().expect("it has one")).expect("a folder");
    fs::write(&image, "").expect("it is written");
    assert!(!staged_at(zola, site.path(), None).starts_with(MEMORY));
    fs::remove_file(&image).expect("it is there");

    let large = fs::File::create(site.path().join("static/large")).expect("it is made");
    large.set_len((16 << 20) + 1).expect("there is room");
    assert!(!staged_at(zola, site.path(), None).starts_with(MEMORY));
}

/// What a build of the site names Zola as the site's folder. It is gone behind the build.
fn staged_at(zola: &Zola, site: &Path, temporary: Option<&Path>) -> PathBuf {
    let folder = tempfile::tempdir().expect("a folder");
    let (script, told) = (folder.path().join("zola"), folder.path().join("told"));
    let real = zola.path.display();
    let text = format!(
        "#!/bin/sh\n[ \"$1\" = --root ] && printf %s \"$2\" >'{}'\nexec '{real}' \"$@\"\n",
        told.display()
    );
    fs::write(&script, text).expect("it is written");
    super::faults::make_executable(&script);
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyfence"));
    command.env("PYFENCE_ZOLA", &script).env_remove("TMPDIR");
    if let Some(temporary) = temporary {
        command.env("TMPDIR", temporary);
    }
    let output = command
        .args(["build", "--engine", "zola", "--force", "--root"])
        .arg(site)
        .output()
        .expect("pyfence runs");
    assert!(output.status.success(), "{}", text_of(&output));
    let staged = PathBuf::from(fs::read_to_string(&told).expect("Zola was called"));
    assert!(!staged.exists(), "{} is left behind", staged.display());
    staged
}

/// Whether memory has the 256 MB that a copy may need.
fn has_room() -> bool {
    let output = Command::new("df").args(["-Pk", MEMORY]).output();
    let output = output.expect("df runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.starts_with("tmpfs"));
    let free = line.and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    free.is_some_and(|kilobytes| kilobytes >= 256 << 10)
}
