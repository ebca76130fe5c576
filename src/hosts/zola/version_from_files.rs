//! Which version of Zola a site or a theme is for, as its files tell it where no `zola` is installed.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use walkdir::WalkDir;

use crate::error::{Error, ErrorKind, Result};

use super::find_zola::{Zola, parse_version};

/// The last with shortcodes and the first with components.
const WITH_SHORTCODES: (u32, u32) = (0, 22);
const WITH_COMPONENTS: (u32, u32) = (0, 23);

/// What only Tera 2, or only Tera 1, has between the marks of a tag.
const OF_COMPONENTS: [&str; 2] = ["component ", "endcomponent"];
const OF_SHORTCODES: [&str; 3] = ["macro ", "endmacro", "import "];

/// Which Zola builds the site or theme in `folder`: the one that is here, unless the theme needs a later one; where none
/// is here, the one that its files are for. The name of the configuration says nothing: `zola.toml` is of both.
///
/// # Errors
///
/// If nothing says it, or if files say both.
pub fn version_for(folder: &Path) -> Result<(u32, u32)> {
    let signs = Signs::of(folder);
    if let Ok(version) = Zola::find().and_then(|zola| zola.version()) {
        return Ok(signs
            .minimum
            .map_or(version, |minimum| minimum.max(version)));
    }
    match (signs.shortcodes, signs.components, signs.minimum) {
        (_, _, Some(minimum)) if minimum >= WITH_COMPONENTS => Ok(minimum),
        (true, false, _) => Ok(WITH_SHORTCODES),
        (false, true, _) => Ok(WITH_COMPONENTS),
        (false, false, Some(minimum)) => Ok(minimum),
        (true, true, _) => Err(unknown(
            folder,
            "some files are for Zola up to 0.22, others for later ones",
        )),
        (false, false, None) => Err(unknown(folder, "nothing tells which Zola builds this")),
    }
}

fn unknown(folder: &Path, message: &str) -> Error {
    Error::new(ErrorKind::Usage, message)
        .in_file(folder.display().to_string())
        .help("say it, as in `--zola 0.22` or `--zola 0.23`")
}

/// What files tell.
#[derive(Default)]
struct Signs {
    minimum: Option<(u32, u32)>,
    shortcodes: bool,
    components: bool,
}

impl Signs {
    fn of(folder: &Path) -> Self {
        let mut signs = Self::default();
        let config = ["zola.toml", "config.toml"].map(|name| table_of(&folder.join(name)));
        let theme = config
            .iter()
            .find_map(|config| config.get("theme")?.as_str());
        signs.components = config
            .iter()
            .any(|config| config.contains_key("skip_content_templating"));
        let theme = theme.map(|theme| folder.join("themes").join(theme));
        for folder in [Some(folder.to_owned()), theme].into_iter().flatten() {
            signs.read(&folder);
        }
        signs
    }

    fn read(&mut self, folder: &Path) {
        let theme = table_of(&folder.join("theme.toml"));
        let minimum = theme.get("min_version").and_then(Value::as_str);
        self.minimum = self.minimum.max(minimum.and_then(parse_version));
        for file in files_in(&folder.join("templates")) {
            let is_shortcode = file.iter().any(|part| part == "shortcodes");
            self.shortcodes |= is_shortcode;
            self.read_tags(&file);
        }
        for file in files_in(&folder.join("content")) {
            if file.extension().is_some_and(|end| end == "md") {
                self.read_tags(&file);
            }
        }
    }

    /// What stands behind `{%` and `{{`.
    fn read_tags(&mut self, file: &Path) {
        let bytes = fs::read(file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        for (start, mark) in text.match_indices("{%").chain(text.match_indices("{{")) {
            let inside = &text[start + mark.len()..];
            let inside = inside.trim_start_matches('-').trim_start();
            let is_statement = mark == "{%";
            let starts = |words: &[&str]| words.iter().any(|word| inside.starts_with(word));
            let name = inside.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
            let is_call = name.len() < inside.len() && name.starts_with('(');
            self.components |= calls_component(inside) || is_statement && starts(&OF_COMPONENTS);
            self.shortcodes |= is_statement && (is_call || starts(&OF_SHORTCODES));
        }
    }
}

/// `<name` or `</name`, right behind the mark of a tag.
fn calls_component(inside: &str) -> bool {
    let name = inside.strip_prefix('<');
    name.is_some_and(|name| {
        name.trim_start_matches('/')
            .starts_with(char::is_alphabetic)
    })
}

fn table_of(file: &Path) -> Table {
    let text = fs::read_to_string(file).unwrap_or_default();
    toml::from_str(&text).unwrap_or_default()
}

fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = WalkDir::new(folder)
        .follow_links(true)
        .into_iter()
        .flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(walkdir::DirEntry::into_path)
}
