//! What staging has to know of a site's configuration; all else is Zola's business.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::Options;
use serde::Deserialize;
use toml::{Table, Value};

use crate::error::{Error, ErrorKind, Result, Source};
use crate::options::BlockOptions;

/// The names that Zola looks for, in its order.
const NAMES: [&str; 2] = ["zola.toml", "config.toml"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    pub base_url: String,
    pub theme: Option<String>,
    output_dir: Option<PathBuf>,
    markdown: Markdown,
    extra: Extra,
    /// All that the file states, with what the theme states for `[extra]` below it.
    #[serde(skip)]
    pub stated: Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Markdown {
    smart_punctuation: bool,
    definition_list: bool,
    github_alerts: bool,
}

/// `[extra]` of a site, a theme or a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    pub pyfence: BlockOptions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Theme {
    extra: Extra,
}

impl Settings {
    /// Reads `chosen`, or the first of Zola's names that is in `root`.
    pub fn read(root: &Path, chosen: Option<&Path>) -> Result<Self> {
        let file = match chosen {
            Some(chosen) => root.join(chosen),
            None => NAMES
                .iter()
                .map(|name| root.join(name))
                .find(|file| file.is_file())
                .ok_or_else(|| no_site(root))?,
        };
        let (mut settings, stated): (Settings, _) = read_toml(&file)?;
        settings.stated = stated;
        if let Some(theme) = &settings.theme {
            let file = root.join("themes").join(theme).join("theme.toml");
            let (theme, stated): (Theme, _) = read_toml(&file)?;
            settings.extra.pyfence = settings.extra.pyfence.or(&theme.extra.pyfence);
            let extra = stated.into_iter().filter(|(key, _)| key == "extra");
            add_missing(&mut settings.stated, extra.collect());
        }
        Ok(settings)
    }

    /// The language of files whose names have none.
    pub fn default_language(&self) -> &str {
        let stated = self.stated.get("default_language");
        stated.and_then(Value::as_str).unwrap_or("en")
    }

    /// The site's defaults for blocks.
    pub fn defaults(&self) -> &BlockOptions {
        &self.extra.pyfence
    }

    /// The folder that the site is published in.
    pub fn output_dir(&self, root: &Path) -> PathBuf {
        root.join(self.output_dir.as_deref().unwrap_or(Path::new("public")))
    }

    /// The extensions of Markdown that Zola reads the site's content with.
    pub fn markdown_options(&self) -> Options {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        options.set(
            Options::ENABLE_SMART_PUNCTUATION,
            self.markdown.smart_punctuation,
        );
        options.set(
            Options::ENABLE_DEFINITION_LIST,
            self.markdown.definition_list,
        );
        options.set(Options::ENABLE_GFM, self.markdown.github_alerts);
        options
    }
}

/// What a file says of what is known here, and all that it says.
fn read_toml<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<(T, Table)> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|error| {
        Error::new(ErrorKind::Io, format!("this can't be read: {error}")).in_file(&name)
    })?;
    let source = Source::new(&name, &text);
    Ok((
        parse_toml(&text, &source, 0)?,
        parse_toml(&text, &source, 0)?,
    ))
}

/// Puts `defaults` below what is stated, in tables within tables as well.
fn add_missing(stated: &mut Table, defaults: Table) {
    for (key, default) in defaults {
        match (stated.get_mut(&key), default) {
            (Some(Value::Table(stated)), Value::Table(defaults)) => add_missing(stated, defaults),
            (Some(_), _) => {}
            (None, default) => {
                stated.insert(key, default);
            }
        }
    }
}

/// TOML that starts at byte `start` of `source`.
pub(super) fn parse_toml<T: for<'de> Deserialize<'de>>(
    text: &str,
    source: &Source<'_>,
    start: usize,
) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or_default();
        Error::new(ErrorKind::Config, error.message())
            .at(source, start + span.start..start + span.end)
    })
}

fn no_site(root: &Path) -> Error {
    Error::new(
        ErrorKind::Config,
        "there is no site here: neither `zola.toml` nor `config.toml`",
    )
    .in_file(root.display().to_string())
    .help("name the site's folder with `--root`, or the file with `--config`")
}
