//! What plain Zola does with a site's folder, pyfence's build does as well: what it passes over,
//! what it reads, what it keeps.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

use super::support::{Zola, pyfence, text_of};
use super::wrapper::build;

/// A page whose block can't be one.
const MISTAKE: &str = "```pyodide hieght=3\n1\n```\n";

fn site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    write(site.path(), "config.toml", CONFIG);
    write(
        site.path(),
        "content/_index.md",
        "+++\n+++\n```pyodide\n1\n```\n",
    );
    write(
        site.path(),
        "templates/index.html",
        "{{ section.content | safe }}",
    );
    write(
        site.path(),
        "templates/page.html",
        "{{ page.content | safe }}",
    );
    write(
        site.path(),
        "templates/section.html",
        "{{ section.content | safe }}",
    );
    site
}

const CONFIG: &str =
    "base_url = \"https://example.org\"\nignored_content = [\"*/notes/*\", \"*.draft.md\"]\n";

fn write(root: &Path, name: &str, text: &str) -> PathBuf {
    let file = root.join(name);
    fs::create_dir_all(file.parent().expect("it is in the site")).expect("a folder");
    fs::write(&file, text).expect("it is written");
    file
}

/// Mistakes and bytes that aren't UTF-8 matter only in pages that Zola reads.
pub fn passes_over_what_zola_passes_over(zola: &Zola) {
    let site = site();
    let page = |name: &str, front_matter: &str| {
        write(site.path(), name, &format!("{front_matter}\n{MISTAKE}"))
    };
    page("content/notes/one.md", "+++\n+++");
    page("content/two.draft.md", "+++\n+++");
    page("content/three.md", "+++\ndraft = true\n+++");
    page("content/four.md", "---\ndraft: true\n---");
    page("content/.five.md", "+++\n+++");
    page("content/draft/_index.md", "+++\ndraft = true\n+++");
    page("content/draft/below/six.md", "+++\n+++");
    let latin = site.path().join("content/notes/latin.md");
    fs::write(latin, b"+++\n+++\npyodide \xe9\n").expect("it is written");
    #[cfg(unix)]
    for (target, name) in [("/nowhere", ".#page.md"), ("itself.md", "itself.md")] {
        let link = site.path().join("content").join(name);
        std::os::unix::fs::symlink(target, link).expect("a link");
    }
    zola.build(site.path());
    build(zola, site.path(), &["--force"]);

    // A draft is read when drafts are asked for.
    let root = site.path().to_str().expect("UTF-8");
    let arguments = ["check", "--engine", "zola", "--root", root, "--drafts"];
    let said = text_of(&pyfence(&zola.path, &arguments));
    for name in ["three.md:4", "draft/_index.md:4", "draft/below/six.md:3"] {
        assert!(said.contains(name), "{name}: {said}");
    }
    assert!(!said.contains("notes") && !said.contains("five"), "{said}");
}

/// Folders that other tools fill may hold what a site is made of.
pub fn reads_folders_of_other_tools(zola: &Zola) {
    let site = site();
    let style = "$colour: #123456;\n";
    write(site.path(), "node_modules/theme/_colours.scss", style);
    let import = "@import \"../node_modules/theme/colours\";\nbody { color: $colour; }\n";
    write(site.path(), "sass/style.scss", import);
    write(site.path(), "target/data.json", "{\"word\": \"measured\"}");
    let template = "{% set data = load_data(path=\"target/data.json\") %}{{ data.word }}";
    write(site.path(), "templates/section.html", template);
    write(site.path(), "content/blog/_index.md", "+++\n+++\n");
    let config = format!("compile_sass = true\n{CONFIG}");
    write(site.path(), "config.toml", &config);
    build(zola, site.path(), &[]);
    let public = |name| fs::read_to_string(site.path().join("public").join(name));
    assert!(public("style.css").expect("a style").contains("#123456"));
    assert_eq!(public("blog/index.html").expect("a page"), "measured");
}

/// Templates may read what Zola has just written, be the staged copy beside the site or elsewhere.
pub fn reads_what_it_has_written(zola: &Zola) {
    let site = site();
    write(site.path(), "sass/style.scss", "body { color: #123456; }\n");
    let template = "{% set style = load_data(path=\"public/style.css\", format=\"plain\") %}{{ style }}{{ section.content | safe }}";
    write(site.path(), "templates/index.html", template);
    let config = format!("compile_sass = true\n{CONFIG}");
    write(site.path(), "config.toml", &config);
    zola.build(site.path());
    for folder in ["/tmp", "/dev/shm"] {
        if !Path::new(folder).is_dir() {
            continue;
        }
        fs::remove_dir_all(site.path().join("public")).expect("it was built");
        let output = Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .env("PYFENCE_ZOLA", &zola.path)
            .env("TMPDIR", folder)
            .args(["build", "--root"])
            .arg(site.path())
            .output()
            .expect("pyfence runs");
        assert!(output.status.success(), "{}", text_of(&output));
        let page = fs::read_to_string(site.path().join("public/index.html")).expect("a page");
        assert!(
            page.contains("#123456") && page.contains("<pyodide-block"),
            "{page}"
        );
        assert!(site.path().join("public/style.css").is_file());
    }
}

/// An image that was resized once isn't made again, be the staged copy of links or of copies.
pub fn keeps_resized_images(zola: &Zola) {
    let site = site();
    let dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let dot = STANDARD.decode(dot).expect("it is base64");
    fs::write(site.path().join("content/dot.png"), dot).expect("it is written");
    let template = "{% set image = resize_image(path=\"dot.png\", width=2, height=2, op=\"scale\") %}\
                    {{ image.url }}{{ section.content | safe }}";
    write(site.path(), "templates/index.html", template);
    let made = || {
        let kept = fs::read_dir(site.path().join("static/processed_images"));
        let kept = kept.expect("a folder").map(|entry| {
            let image = entry.expect("it can be read").metadata();
            image.and_then(|image| image.modified()).expect("a time")
        });
        kept.collect::<Vec<_>>()
    };
    build(zola, site.path(), &[]);
    let first = made();
    assert_eq!(first.len(), 1);
    build(zola, site.path(), &["--force"]);
    assert_eq!(made(), first);

    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        let output = Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .env("PYFENCE_ZOLA", &zola.path)
            .env("TMPDIR", memory)
            .args(["build", "--force", "--root"])
            .arg(site.path())
            .output()
            .expect("pyfence runs");
        assert!(output.status.success(), "{}", text_of(&output));
        assert_eq!(made(), first);
    }

    // A new original has a new image.
    let image = site.path().join("content/dot.png");
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(1);
    let original = fs::File::options()
        .write(true)
        .open(image)
        .expect("it is there");
    original.set_modified(later).expect("its time can be set");
    build(zola, site.path(), &["--force"]);
    assert_ne!(made(), first);
}
