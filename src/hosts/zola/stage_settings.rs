//! What staging has to know of a site's configuration; all else is Zola's business.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::Options;
use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::{Spanned, Table, Value};

use crate::block::options::BlockOptions;
use crate::block::site_settings::SiteSettings;
use crate::error::{Error, ErrorKind, Result, Source};
use crate::hosts::publish::{ANOTHER_OUTPUT, FORCE_OUTPUT, Preserve, foreign_output, sweep_beside};
use crate::zola_site::defaults::add_missing;
use crate::zola_site::layout::{self, refusal_of_output};
use crate::zola_site::markdown_extensions::MarkdownExtensions;

use super::stage_options::StageOptions;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    pub base_url: String,
    pub theme: Option<String>,
    output_dir: Option<Spanned<PathBuf>>,
    preserve_dotfiles_in_output: bool,
    pub ignored_content: Vec<String>,
    markdown: Markdown,
    extra: SiteExtra,
    /// All that the file states, with what the theme states for `[extra]` below it.
    #[serde(skip)]
    pub stated: Table,
    /// The folder that the site is to be written to.
    #[serde(skip)]
    pub output: PathBuf,
    /// Why what is in that folder isn't replaced unless the author insists.
    #[serde(skip)]
    pub foreign_output: Option<Error>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Markdown {
    highlighting: Option<IgnoredAny>,
    #[serde(flatten)]
    extensions: MarkdownExtensions,
}

/// `[extra]` of a site or a theme.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SiteExtra {
    pyfence: SiteSettings,
}

/// `[extra]` of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    pub pyfence: BlockOptions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Theme {
    extra: SiteExtra,
}

impl Settings {
    /// Reads the configuration of the site in `root`, and what the options say instead.
    pub fn read(root: &Path, options: &StageOptions) -> Result<Self> {
        let file = layout::configuration(root, options.config.as_deref())?;
        let (mut settings, stated): (Settings, _) = read_toml(&file)?;
        settings.stated = stated;
        (settings.output, settings.foreign_output) =
            settings.output_folder(root, options, &file)?;
        if let Some(base_url) = &options.base_url {
            settings.base_url.clone_from(base_url);
        }
        if let Some(theme) = &settings.theme {
            let file = root.join("themes").join(theme).join("theme.toml");
            let (theme, stated): (Theme, _) = read_toml(&file)?;
            let stated_of_blocks = std::mem::take(&mut settings.extra.pyfence);
            settings.extra.pyfence = stated_of_blocks.or(&theme.extra.pyfence);
            let extra = stated.into_iter().filter(|(key, _)| key == "extra");
            add_missing(&mut settings.stated, &extra.collect());
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
        &self.extra.pyfence.defaults
    }

    /// Whether its blocks run without a network, if it says so.
    pub fn offline(&self) -> Option<bool> {
        self.extra.pyfence.offline
    }

    /// Whether blocks say where they stand.
    pub fn sources(&self) -> bool {
        self.extra.pyfence.sources == Some(true)
    }

    /// What stays of the folder that the site is written to.
    pub fn preserves(&self) -> Preserve {
        match self.preserve_dotfiles_in_output {
            true => Preserve::Dotfiles,
            false => Preserve::Nothing,
        }
    }

    /// The folder that the site is to be written to, if that can be done without harm, and why
    /// what is in it isn't replaced unless the author insists.
    fn output_folder(
        &self,
        root: &Path,
        options: &StageOptions,
        file: &Path,
    ) -> Result<(PathBuf, Option<Error>)> {
        let (folder, place) = match (&options.output_dir, &self.output_dir) {
            (Some(chosen), _) => (chosen.clone(), None),
            (None, Some(stated)) => (root.join(stated.get_ref()), Some(stated.span())),
            (None, None) => (root.join("public"), None),
        };
        let refused = |message: &str| -> Result<Error> {
            let Some(place) = &place else {
                let error = Error::new(ErrorKind::Usage, message);
                return Ok(error.in_file(folder.display().to_string()));
            };
            let (name, text) = (file.display().to_string(), read_text(file)?);
            let error = Error::new(ErrorKind::Config, message);
            Ok(error.at(&Source::new(&name, &text), place.clone()))
        };
        if let Some(message) = refusal_of_output(root, &folder) {
            return Err(refused(message)?.help(ANOTHER_OUTPUT));
        }
        sweep_beside(&folder);
        // What was named on the command line is the author's word.
        let foreign = match options.output_dir {
            Some(_) => None,
            None => foreign_output(root, &folder, self.preserves()),
        };
        let foreign = foreign.map(|message| refused(&message)).transpose()?;
        let foreign = foreign.map(|error| error.help(FORCE_OUTPUT));
        Ok((folder, foreign))
    }

    /// Whether Zola hands on what stands behind the language of a fence.
    pub fn has_highlighting(&self) -> bool {
        self.markdown.highlighting.is_some()
    }

    /// The extensions of Markdown that Zola reads the site's content with.
    pub fn markdown_options(&self) -> Options {
        self.markdown.extensions.options()
    }
}

/// Whether the configuration of the site in `root`, if it has one, says that blocks run offline.
pub(super) fn stated_offline(root: &Path) -> Result<Option<bool>> {
    /// All else in it is nothing to those who copy the kit.
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Configuration {
        extra: Extra,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Extra {
        pyfence: Pyfence,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Pyfence {
        offline: Option<bool>,
    }

    let Ok(file) = layout::configuration(root, None) else {
        return Ok(None);
    };
    let (name, text) = (file.display().to_string(), read_text(&file)?);
    let configuration: Configuration = parse_toml(&text, &Source::new(&name, &text), 0)?;
    Ok(configuration.extra.pyfence.offline)
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
    fs::read_to_string(file).map_err(|error| Error::unreadable(file, error))
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
