//! What the front matter of a content file says.

use serde::Deserialize;

use crate::block::options::BlockOptions;
use crate::error::{Error, ErrorKind, Result, Source};
use crate::zola_site::front_matter::{Format, FrontMatter};

use super::stage_settings::{Extra, parse_toml};

/// What front matter says. Zola itself reports what can't be read.
#[derive(Debug, Default)]
pub(super) struct PageSettings {
    /// Where the Markdown starts.
    pub markdown_start: usize,
    /// All that TOML states; nothing where it is YAML.
    pub stated: toml::Table,
    /// The page's defaults for the options of its blocks.
    pub blocks: BlockOptions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    extra: Extra,
}

impl PageSettings {
    /// Of the file `name` with `text`.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let source = Source::new(name, text);
        let Some((front_matter, markdown_start)) = closed(text) else {
            return Ok(Self::default());
        };
        let without = Self {
            markdown_start,
            ..Self::default()
        };
        let inside = &text[front_matter.inside.clone()];
        if front_matter.format == Format::Yaml {
            refuse_yaml(inside, front_matter.inside.start, &source)?;
            return Ok(without);
        }
        let Ok(stated) = toml::from_str(inside) else {
            return Ok(without);
        };
        let typed: Typed = parse_toml(inside, &source, front_matter.inside.start)?;
        Ok(Self {
            stated,
            blocks: typed.extra.pyfence,
            ..without
        })
    }

    /// Whether a text starts with front matter that says it is a draft.
    pub fn states_draft(text: &str) -> bool {
        let Some((front_matter, _)) = closed(text) else {
            return false;
        };
        let inside = &text[front_matter.inside];
        if front_matter.format == Format::Yaml {
            return inside.lines().any(|line| line.trim_end() == "draft: true");
        }
        let stated: toml::Table = toml::from_str(inside).unwrap_or_default();
        stated.get("draft") == Some(&toml::Value::Boolean(true))
    }
}

/// The front matter, and where the Markdown behind it starts.
fn closed(text: &str) -> Option<(FrontMatter, usize)> {
    let front_matter = FrontMatter::find(text)?;
    let end = front_matter.end?;
    Some((front_matter, end))
}

/// `start`: where this YAML starts in the source.
fn refuse_yaml(front_matter: &str, start: usize, source: &Source<'_>) -> Result<()> {
    let line = front_matter.lines().find(|line| line.trim() == "pyfence:");
    match line.and_then(|_| front_matter.find("pyfence:")) {
        Some(at) => Err(Error::new(
            ErrorKind::Content,
            "the defaults of a page's blocks are read from TOML, not from YAML",
        )
        .at(source, start + at..start + at + "pyfence:".len())
        .help("write the front matter between `+++` lines, or the options on the blocks")),
        None => Ok(()),
    }
}
