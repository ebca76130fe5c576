//! What staging has to know of a site's configuration; all else is Zola's business.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::Options;
use serde::Deserialize;

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
        let mut settings: Settings = read_toml(&file)?;
        if let Some(theme) = &settings.theme {
            let theme: Theme = read_toml(&root.join("themes").join(theme).join("theme.toml"))?;
            settings.extra.pyfence = settings.extra.pyfence.or(&theme.extra.pyfence);
        }
        Ok(settings)
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

fn read_toml<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<T> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|error| {
        Error::new(ErrorKind::Io, format!("this can't be read: {error}")).in_file(&name)
    })?;
    parse_toml(&text, &Source::new(&name, &text), 0)
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
