//! A content file: its front matter stays byte for byte, its Markdown is rewritten.

use crate::error::{Error, ErrorKind, Result, Source};
use crate::renderer::{PageContext, Renderer};
use crate::rewrite::{Dialect, Rewritten};

use super::settings::{Extra, parse_toml};

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FrontMatter {
    extra: Extra,
}

/// The file `name` with `text`, its blocks rewritten for a Zola of this dialect.
pub(super) fn rewrite(
    renderer: &Renderer,
    dialect: Dialect,
    name: &str,
    text: &str,
) -> Result<Rewritten> {
    let start = front_matter_end(text);
    let (front_matter, markdown) = text.split_at(start);
    let mut context = PageContext::new(name);
    context.first_line = 1 + front_matter.matches('\n').count();
    context.defaults = read(front_matter, &Source::new(name, text))?.extra.pyfence;
    let mut rewritten = renderer.rewrite_page(markdown, &context, dialect);
    rewritten.markdown.insert_str(0, front_matter);
    Ok(rewritten)
}

/// Where the Markdown starts: behind the line that ends the front matter.
fn front_matter_end(text: &str) -> usize {
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

/// What TOML states; Zola itself reports TOML that it can't read.
fn read(front_matter: &str, source: &Source<'_>) -> Result<FrontMatter> {
    let Some(open) = front_matter.find("+++") else {
        return yaml(front_matter, source);
    };
    let start = open + "+++".len();
    let end = front_matter.rfind("+++").unwrap_or(start).max(start);
    let text = &front_matter[start..end];
    if toml::from_str::<toml::Table>(text).is_err() {
        return Ok(FrontMatter::default());
    }
    parse_toml(text, source, start)
}

fn yaml(front_matter: &str, source: &Source<'_>) -> Result<FrontMatter> {
    let line = front_matter.lines().find(|line| line.trim() == "pyfence:");
    match line.and_then(|_| front_matter.find("pyfence:")) {
        Some(at) => Err(Error::new(
            ErrorKind::Content,
            "the defaults of a page's blocks are read from TOML, not from YAML",
        )
        .at(source, at..at + "pyfence:".len())
        .help("write the front matter between `+++` lines, or the options on the blocks")),
        None => Ok(FrontMatter::default()),
    }
}
