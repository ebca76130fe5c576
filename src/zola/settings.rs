//! What staging has to know of a site's configuration; all else is Zola's business.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::Options;
use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::{Spanned, Table, Value};

use crate::error::{Error, ErrorKind, Result, Source};
use crate::layout::{self, ANOTHER_OUTPUT, refusal_of_output};
use crate::options::BlockOptions;

use super::stage::StageOptions;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    pub base_url: String,
    pub theme: Option<String>,
    output_dir: Option<Spanned<PathBuf>>,
    markdown: Markdown,
    extra: Extra,
    /// All that the file states, with what the theme states for `[extra]` below it.
    #[serde(skip)]
    pub stated: Table,
    /// The folder that the site is to be written to.
    #[serde(skip)]
    pub output: PathBuf,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Markdown {
    highlighting: Option<IgnoredAny>,
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
    /// Reads the configuration of the site in `root`, and what the options say instead.
    pub fn read(root: &Path, options: &StageOptions) -> Result<Self> {
        let file = layout::configuration(root, options.config.as_deref())?;
        let (mut settings, stated): (Settings, _) = read_toml(&file)?;
        settings.stated = stated;
        settings.output = settings.output_folder(root, options, &file)?;
        if let Some(base_url) = &options.base_url {
            settings.base_url.clone_from(base_url);
        }
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

    /// The folder that the site is to be written to, if that can be done without harm.
    fn output_folder(&self, root: &Path, options: &StageOptions, file: &Path) -> Result<PathBuf> {
        let (folder, place) = match (&options.output_dir, &self.output_dir) {
            (Some(chosen), _) => (chosen.clone(), None),
            (None, Some(stated)) => (root.join(stated.get_ref()), Some(stated.span())),
            (None, None) => (root.join("public"), None),
        };
        let Some(message) = refusal_of_output(root, &folder) else {
            return Ok(folder);
        };
        let Some(place) = place else {
            let refused = Error::new(ErrorKind::Io, message).in_file(folder.display().to_string());
            return Err(refused.help(ANOTHER_OUTPUT));
        };
        let (name, text) = (file.display().to_string(), read_text(file)?);
        Err(Error::new(ErrorKind::Config, message)
            .at(&Source::new(&name, &text), place)
            .help(ANOTHER_OUTPUT))
    }

    /// Whether Zola hands on what stands behind the language of a fence.
    pub fn has_highlighting(&self) -> bool {
        self.markdown.highlighting.is_some()
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
    let text = read_text(file)?;
    let source = Source::new(&name, &text);
    Ok((
        parse_toml(&text, &source, 0)?,
        parse_toml(&text, &source, 0)?,
    ))
}

fn read_text(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| {
        Error::new(ErrorKind::Io, format!("this can't be read: {error}"))
            .in_file(file.display().to_string())
    })
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
