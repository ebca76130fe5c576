//! `pyfence add`: what it writes, and what it leaves alone.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{pyfence, ran};

fn add(folder: &Path, flags: &[&str]) -> (Option<i32>, String) {
    ran(pyfence().args(["add", "--root"]).arg(folder).args(flags))
}

/// As little as makes a site.
fn site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    write(&site.path().join("zola.toml"), "");
    site
}

#[test]
fn the_kit_is_whole_and_stays_current() {
    for (version, template, snippet) in [
        ("0.22", "templates/shortcodes/pyodide.html", false),
        ("0.23.6", "templates/components/pyodide.html", true),
    ] {
        let site = site();
        let (code, said) = add(site.path(), &["--zola", version]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(said.contains("<pyodide_loader />"), snippet, "{said}");
        let text = fs::read_to_string(site.path().join(template)).expect("the template");
        let folder = pyfence::Assets::shipped().folder();
        assert!(text.contains(&format!("\"{folder}\"")), "{text}");
        for file in pyfence::Assets::shipped().files() {
            assert!(site.path().join("static").join(file.path()).is_file());
        }
        assert_eq!(add(site.path(), &["--zola", version, "--check"]).0, Some(0));
        assert!(!add(site.path(), &["--zola", version]).1.contains("wrote"));
    }
}

#[test]
fn an_edited_file_is_never_written_over_without_force() {
    let site = site();
    add(site.path(), &["--zola", "0.22"]);
    let template = site.path().join("templates/shortcodes/pyodide.html");
    let copied = fs::read_to_string(&template).expect("the template");
    let edited = copied.replace("<pyodide-block", "<pyodide-block class=\"mine\"");
    fs::write(&template, &edited).expect("it is edited");
    let (code, said) = add(site.path(), &["--zola", "0.22"]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("this is not as `pyfence add` wrote it"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&template).expect("it"), edited);
    assert_eq!(add(site.path(), &["--zola", "0.22", "--check"]).0, Some(1));
    assert_eq!(add(site.path(), &["--zola", "0.22", "--force"]).0, Some(0));
    assert_eq!(fs::read_to_string(&template).expect("it"), copied);
}

#[test]
fn an_old_copy_is_renewed() {
    let site = site();
    let template = site.path().join("templates/shortcodes/pyodide.html");
    fs::create_dir_all(template.parent().expect("a parent")).expect("a folder");
    let old = "{#- pyfence 0.0.1: `pyfence add` renews this file while its text has the sum 98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4 -#}\nhi\n";
    fs::write(&template, old).expect("it is written");
    let (code, said) = add(site.path(), &["--zola", "0.22", "--check"]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("this is of another version of pyfence"),
        "{said}"
    );
    assert_eq!(add(site.path(), &["--zola", "0.22"]).0, Some(0));
    assert_eq!(add(site.path(), &["--zola", "0.22", "--check"]).0, Some(0));
}

/// Zola from 0.23 on refuses shortcodes, an earlier one components: a guess would break the site.
#[test]
fn which_zola_is_seen_from_the_files() {
    let (shortcode, component) = (Some("0.22"), Some("0.23"));
    for (file, text, expected) in [
        ("zola.toml", "", None),
        ("config.toml", "", None),
        (
            "config.toml",
            "skip_content_templating = [\"*\"]",
            component,
        ),
        ("theme.toml", "min_version = \"0.22.0\"", shortcode),
        ("theme.toml", "min_version = \"0.23.6\"", component),
        ("theme.toml", "min_version = \"0.23\"", component),
        ("templates/shortcodes/note.html", "{{ body }}", shortcode),
        (
            "templates/macros.html",
            "{%- macro a() %}1{% endmacro a %}",
            shortcode,
        ),
        (
            "templates/notes.html",
            "{% component note() %}1{% endcomponent %}",
            component,
        ),
        (
            "templates/base.html",
            "{% if page %}{{ page.title }}{% endif %}",
            None,
        ),
        ("content/_index.md", "{% note(a=1) %}1{% end %}", shortcode),
        ("content/_index.md", "{{ <note a={1} /> }}", component),
        (
            "content/_index.md",
            "{% if config.title %}1 {{ get_url(path=\"a\") }}{% endif %}",
            None,
        ),
    ] {
        let site = site();
        write(&site.path().join(file), text);
        let (code, said) = add(site.path(), &[]);
        match expected {
            Some(version) => assert!(
                said.contains(&format!("for Zola {version}")),
                "{text}: {said}"
            ),
            None => {
                assert_eq!(code, Some(2), "{text}: {said}");
                assert!(said.contains("`--zola 0.22`"), "{text}: {said}");
            }
        }
    }
}

#[test]
fn a_site_s_theme_tells_as_well_and_contradictions_are_told() {
    let site = site();
    write(&site.path().join("zola.toml"), "theme = \"mine\"");
    let theme = site.path().join("themes/mine");
    write(&theme.join("theme.toml"), "min_version = \"0.22.0\"");
    assert!(add(site.path(), &[]).1.contains("for Zola 0.22"));
    let (_, said) = add(site.path(), &["--theme", "mine"]);
    assert!(said.contains("for Zola 0.22"), "{said}");
    assert!(theme.join("templates/shortcodes/pyodide.html").is_file());

    write(&site.path().join("content/a.md"), "{{ <note /> }}");
    let (code, said) = add(site.path(), &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("others for later ones"), "{said}");
}

#[test]
fn where_zola_builds_nothing_nothing_is_written() {
    for (file, help) in [
        ("notes.md", "`--root`"),
        ("book.toml", "`[preprocessor.pyfence]`"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        write(&folder.path().join(file), "");
        let (code, said) = add(folder.path(), &["--zola", "0.22"]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(help), "{said}");
        let entries = fs::read_dir(folder.path()).expect("it is there");
        assert_eq!(entries.count(), 1, "{file}");
    }
}

#[test]
fn what_ordinary_fences_load_is_told_and_an_older_folder_as_well() {
    let site = site();
    let folder = pyfence::Assets::shipped().folder();
    let (_, said) = add(site.path(), &["--zola", "0.22"]);
    let tag = format!("get_url(path=\"{folder}/pyfence.js\")");
    assert!(said.contains(&tag), "{said}");
    let base = site.path().join("templates/base.html");
    write(&base, &said);
    let (_, said) = add(site.path(), &["--zola", "0.22"]);
    assert!(!said.contains("another runtime"), "{said}");
    write(&base, &said.replace(folder, "pyfence/0.1.0"));
    let (code, said) = add(site.path(), &["--zola", "0.22"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("this loads another runtime"), "{said}");
    assert!(said.contains(&format!("`{folder}` now")), "{said}");
    assert_eq!(add(site.path(), &["--zola", "0.22", "--check"]).0, Some(1));
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("it has one")).expect("a folder");
    fs::write(file, text).expect("it is written");
}

/// Who copies by hand finds the runtime's folder in the templates under the version's name.
#[test]
fn the_shipped_templates_name_this_version() {
    let folder = format!("\"pyfence/{}\"", env!("CARGO_PKG_VERSION"));
    for template in [
        "shortcodes/pyodide.html",
        "shortcodes/components/pyodide.html",
    ] {
        let text = fs::read_to_string(template).expect("it is shipped");
        assert_eq!(text.matches(&folder).count(), 1, "{template}");
    }
}
