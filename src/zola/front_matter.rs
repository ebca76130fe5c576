//! The front matter of a content file.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result, Source};
use crate::options::BlockOptions;

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

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    extra: Extra,
}

impl FrontMatter {
    /// Of the file `name` with `text`.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let source = Source::new(name, text);
        let end = end_of(text);
        let Some(open) = text[..end].find("+++") else {
            refuse_yaml(&text[..end], &source)?;
            return Ok(Self {
                end,
                ..Self::default()
            });
        };
        let start = open + "+++".len();
        let close = text[..end].rfind("+++").unwrap_or(start).max(start);
        let toml = &text[start..close];
        let Ok(stated) = toml::from_str(toml) else {
            return Ok(Self {
                end,
                ..Self::default()
            });
        };
        let typed: Typed = parse_toml(toml, &source, start)?;
        Ok(Self {
            end,
            stated,
            blocks: typed.extra.pyfence,
        })
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
