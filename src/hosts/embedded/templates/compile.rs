//! Finding and compiling templates: the site's, then the theme's, then the built-in ones.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tera::{Context, ErrorKind as TeraErrorKind, Tera};
use walkdir::WalkDir;

use super::functions::Calls;
use super::tera_errors::{located, located_all};
use crate::error::{Error, ErrorKind, Errors};
use crate::hosts::embedded::config::Config;
use crate::hosts::embedded::text_file::{TextFile, shown, unwalkable};
use crate::hosts::symbolic_links::leads_nowhere;

const BUILT_IN_PREFIX: &str = "__pyfence/";

const BUILT_IN: [(&str, &str); 7] = [
    ("404.html", include_str!("built_in/404.html")),
    ("alias.html", include_str!("built_in/alias.html")),
    (
        "anchor-link.html",
        include_str!("built_in/anchor-link.html"),
    ),
    ("page.html", include_str!("built_in/page.html")),
    ("robots.txt", include_str!("built_in/robots.txt")),
    ("sitemap.xml", include_str!("built_in/sitemap.xml")),
    (
        "summary-cutoff.html",
        include_str!("built_in/summary-cutoff.html"),
    ),
];

const EXTENSIONS: [&str; 6] = ["html", "xml", "md", "txt", "json", "ics"];

/// All templates, compiled, with their sources to point into.
pub(crate) struct Templates {
    pub(crate) tera: Tera,
    pub(crate) sources: Arc<Sources>,
}

/// Template files by the names Tera knows them under.
pub(crate) type Sources = BTreeMap<String, TextFile>;

impl Templates {
    /// Reads and compiles all of them; they may call what `calls` has.
    pub(crate) fn load(root: &Path, config: &Config, calls: &Calls) -> Result<Self, Errors> {
        let mut tera = Tera::default();
        calls.clone().register_in(&mut tera);
        let mut sources = Sources::new();
        let mut errors = Errors::new();
        let mut prefixes = Vec::new();
        if let Some(theme) = &config.theme {
            let prefix = format!("{theme}/templates/");
            let folder = root.join("themes").join(theme).join("templates");
            read_folder(&folder, &prefix, &mut sources, &mut errors);
            prefixes.push(prefix);
        }
        read_folder(&root.join("templates"), "", &mut sources, &mut errors);
        prefixes.push(BUILT_IN_PREFIX.to_owned());
        tera.set_fallback_prefixes(prefixes.clone())
            .map_err(failed)?;
        share_shortcodes(&mut sources, &prefixes[0]);
        let built_in = BUILT_IN.map(|(name, text)| (format!("{BUILT_IN_PREFIX}{name}"), text));
        let all: Vec<(&str, &str)> = sources
            .iter()
            .map(|(name, file)| (name.as_str(), file.text.as_str()))
            .chain(built_in.iter().map(|(name, text)| (name.as_str(), *text)))
            .collect();
        if let Err(error) = tera.add_raw_templates(all) {
            let wrong = compile_errors(&error, &sources);
            errors.extend(other_dialect(&wrong, &sources).unwrap_or(wrong));
        }
        if errors.is_empty() {
            Ok(Self {
                tera,
                sources: Arc::new(sources),
            })
        } else {
            Err(errors)
        }
    }

    /// The same templates, with what they call at another stage.
    pub(crate) fn calling(&self, calls: Calls) -> Self {
        let mut tera = self.tera.clone();
        calls.register_in(&mut tera);
        Self {
            tera,
            sources: Arc::clone(&self.sources),
        }
    }

    /// Renders a template; an error points into the file where it happened.
    pub(crate) fn render(&self, name: &str, context: &Context) -> Result<String, Error> {
        self.tera
            .render(name, context)
            .map_err(|error| located(&error, &self.sources))
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The names a page can ask for.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }
}

fn read_folder(folder: &Path, prefix: &str, sources: &mut Sources, errors: &mut Errors) {
    if !folder.is_dir() {
        return;
    }
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if leads_nowhere(&error) => continue,
            Err(error) => {
                errors.push(unwalkable(error));
                continue;
            }
        };
        let path = entry.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !entry.file_type().is_file() || !extension.is_some_and(|e| EXTENSIONS.contains(&e)) {
            continue;
        }
        match TextFile::read(path) {
            Ok(file) => {
                let below = shown(path.strip_prefix(folder).unwrap_or(path));
                sources.insert(format!("{prefix}{below}"), file);
            }
            Err(error) => errors.push(error),
        }
    }
}

/// Shortcodes are looked up by their plain names, so those of the theme get them too.
fn share_shortcodes(sources: &mut Sources, prefix: &str) {
    let shared: Vec<(String, TextFile)> = sources
        .iter()
        .filter_map(|(name, file)| {
            let plain = name.strip_prefix(prefix)?;
            let is_shortcode = plain
                .strip_prefix("shortcodes/")
                .is_some_and(|n| !n.contains('/'));
            (is_shortcode && !sources.contains_key(plain)).then(|| (plain.to_owned(), file.clone()))
        })
        .collect();
    sources.extend(shared);
}

/// Tera stops at the first template that it can't parse; authors want to see them all.
fn compile_errors(first: &tera::Error, sources: &Sources) -> Errors {
    if !matches!(first.kind(), TeraErrorKind::SyntaxError(_)) {
        return located_all(first, sources);
    }
    sources
        .iter()
        .filter_map(|(name, file)| {
            let error = Tera::default().add_raw_template(name, &file.text).err()?;
            matches!(error.kind(), TeraErrorKind::SyntaxError(_)).then(|| located(&error, sources))
        })
        .collect()
}

/// Templates for Tera 1 are told in one message, not by all that Tera 2 finds in them.
fn other_dialect(wrong: &Errors, sources: &Sources) -> Option<Errors> {
    let first = sources.iter().find_map(|(_, file)| {
        let place = of_tera_1(&file.text)?;
        Some(file.error(
            ErrorKind::Unsupported,
            "these templates are for Zola up to 0.22 (Tera 1); the embedded engine reads those of later ones (Tera 2)",
            place,
        ))
    })?;
    let files: BTreeSet<_> = wrong.iter().filter_map(Error::file).collect();
    let help = format!(
        "install that Zola (https://www.getzola.org): `pyfence build` has it build the site, with its blocks \
         (templates that can't be read: {})",
        files.len()
    );
    Some(first.help(help).into())
}

/// Where a template has what only Tera 1 has: macros, and calls of them.
fn of_tera_1(text: &str) -> Option<Range<usize>> {
    let tags = ["{%", "{{"].into_iter();
    let starts = tags.flat_map(|mark| text.match_indices(mark));
    let mut found: Vec<Range<usize>> = starts
        .filter_map(|(start, mark)| {
            let inside = text[start + mark.len()..]
                .trim_start_matches('-')
                .trim_start();
            let end = inside.find(['%', '}']).unwrap_or(inside.len());
            let words = ["macro ", "import "];
            let is_statement = mark == "{%" && words.iter().any(|word| inside.starts_with(word));
            let at = text.len() - inside.len();
            let is_call = inside[..end].contains("::");
            (is_statement || is_call).then(|| start..at + inside[..end].trim_end().len())
        })
        .collect();
    found.sort_by_key(|place| place.start);
    found.into_iter().next()
}

fn failed(error: tera::Error) -> Error {
    Error::new(ErrorKind::Template, "the templates can't be set up").caused_by(error)
}
