//! What a Zola site can ask for and this engine lacks: named, never ignored.
//!
//! Where the site would come out wrong it is an error, where something would only be missing it
//! is a warning.

use std::collections::BTreeSet;
use std::path::Path;

use super::config::{Config, ConfigFile};
use super::content::Library;
use crate::error::{Error, ErrorKind, Errors};

/// Looks at the configuration and the folders of the site.
pub(crate) fn in_config(file: &ConfigFile, config: &Config, root: &Path) -> Errors {
    let mut found = Errors::new();
    if config
        .languages
        .keys()
        .any(|language| *language != config.default_language)
    {
        let message = "the embedded engine builds one language, and this site has several";
        found.push(error(file, &["languages"], message));
    }
    if config.compile_sass && root.join("sass").is_dir() {
        let message = "the embedded engine doesn't compile Sass: the site would have no style";
        found.push(
            error(file, &["compile_sass"], message)
                .help("compile `sass` to CSS in `static` yourself, or build with a real Zola"),
        );
    }
    if let Some(theme) = &config.theme
        && root.join("themes").join(theme).join("sass").is_dir()
    {
        let message = format!(
            "the theme `{theme}` is written in Sass, which the embedded engine doesn't compile"
        );
        found.push(
            error(file, &["theme"], &message)
                .help("choose a theme with plain CSS, or build with a real Zola"),
        );
    }
    for (asked, key, message) in missing_features(config) {
        if asked {
            let place = file.place(key);
            found.push(file.file.warning(ErrorKind::Unsupported, message, place));
        }
    }
    found
}

/// Whether the configuration asks for it, by which key, and what is said then.
fn missing_features(config: &Config) -> [(bool, &'static [&'static str], &'static str); 6] {
    [
        (
            !config.taxonomies.is_empty(),
            &["taxonomies"],
            "the embedded engine makes no pages for taxonomies",
        ),
        (
            config.generate_feeds,
            &["generate_feeds"],
            "the embedded engine makes no feeds",
        ),
        (
            config.build_search_index,
            &["build_search_index"],
            "the embedded engine makes no search index",
        ),
        (
            config.minify_html,
            &["minify_html"],
            "the embedded engine doesn't minify HTML",
        ),
        (
            config.markdown.highlighting.is_some(),
            &["markdown", "highlighting"],
            "the embedded engine colours blocks only, with pyfence's own palette",
        ),
        (
            config.markdown.render_emoji,
            &["markdown", "render_emoji"],
            "the embedded engine leaves `:emoji:` as text",
        ),
    ]
}

/// Looks at the content.
pub(crate) fn in_content(config: &Config, library: &Library) -> Errors {
    let mut found = Errors::new();
    for section in library
        .sections
        .iter()
        .filter(|section| section.meta.generate_feeds)
    {
        found.push(
            Error::warning(
                ErrorKind::Unsupported,
                "the embedded engine makes no feed of a section",
            )
            .in_file(&section.file.name),
        );
    }
    let taxonomies: BTreeSet<&str> = config
        .taxonomies
        .iter()
        .filter_map(|taxonomy| taxonomy.get("name")?.as_str())
        .collect();
    for page in &library.pages {
        for name in page.meta.taxonomies.keys() {
            if !taxonomies.contains(name.as_str()) {
                let message = format!("the configuration defines no taxonomy `{name}`");
                found.push(Error::new(ErrorKind::Content, message).in_file(&page.file.name));
            }
        }
    }
    found
}

fn error(file: &ConfigFile, key: &[&str], message: &str) -> Error {
    file.file
        .error(ErrorKind::Unsupported, message, file.place(key))
}
