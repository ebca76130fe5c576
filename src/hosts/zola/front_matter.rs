//! The front matter of a content file.

use serde::Deserialize;

use crate::block::options::BlockOptions;
use crate::error::{Error, ErrorKind, Result, Source};

use super::settings::{Extra, parse_toml};

/// What front matter says. Zola itself reports TOML that can't be read.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// Where the Markdown starts.
    pub end: usize,
    /// All that TOML states; nothing where it is YAML.
    pub stated: toml::Table,
    /// The page's defaults for the options of its blocks.
    pub blocks: BlockOptions,
}

/// Front matter, as far as it takes to read it: where it ends, and what is between its marks.
struct Marked<'t> {
    end: usize,
    /// Where `inside` starts.
    start: usize,
    inside: &'t str,
    is_toml: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    extra: Extra,
}

impl FrontMatter {
    /// Of the file `name` with `text`.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let source = Source::new(name, text);
        let marked = Marked::of(text);
        let without = Self {
            end: marked.end,
            ..Self::default()
        };
        if !marked.is_toml {
            refuse_yaml(&text[..marked.end], &source)?;
            return Ok(without);
        }
        let Ok(stated) = toml::from_str(marked.inside) else {
            return Ok(without);
        };
        let typed: Typed = parse_toml(marked.inside, &source, marked.start)?;
        Ok(Self {
            stated,
            blocks: typed.extra.pyfence,
            ..without
        })
    }

    /// Whether a text starts with front matter that says it is a draft.
    pub fn states_draft(text: &str) -> bool {
        let marked = Marked::of(text);
        if !marked.is_toml {
            let mut lines = marked.inside.lines();
            return lines.any(|line| line.trim_end() == "draft: true");
        }
        let stated: toml::Table = toml::from_str(marked.inside).unwrap_or_default();
        stated.get("draft") == Some(&toml::Value::Boolean(true))
    }
}

impl<'t> Marked<'t> {
    fn of(text: &'t str) -> Self {
        let end = end_of(text);
        let is_toml = text[..end].contains("+++");
        let mark = if is_toml { "+++" } else { "---" };
        let start = text[..end].find(mark).map_or(0, |at| at + mark.len());
        let close = text[..end].rfind(mark).unwrap_or(start).max(start);
        Self {
            end,
            start,
            inside: &text[start..close],
            is_toml,
        }
    }
}

/// Where the Markdown starts: behind the line that ends the front matter.
fn end_of(text: &str) -> usize {
    let mut at = 0;
    let mut mark = None;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let word = line.trim_start_matches('\u{feff}').trim();
        match mark {
            None if word.is_empty() => {}
            None if word == "+++" || word == "---" => mark = Some(word),
            None => return 0,
            Some(mark) if word == mark => return at,
            Some(_) => {}
        }
    }
    0
}

fn refuse_yaml(front_matter: &str, source: &Source<'_>) -> Result<()> {
    let line = front_matter.lines().find(|line| line.trim() == "pyfence:");
    match line.and_then(|_| front_matter.find("pyfence:")) {
        Some(at) => Err(Error::new(
            ErrorKind::Content,
            "the defaults of a page's blocks are read from TOML, not from YAML",
        )
        .at(source, at..at + "pyfence:".len())
        .help("write the front matter between `+++` lines, or the options on the blocks")),
        None => Ok(()),
    }
}
