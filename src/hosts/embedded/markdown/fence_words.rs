//! The words that Zola reads behind the language of a fence: ```` ```python,linenos,name=a.py ````.

use super::html_tags::text;

/// What Zola draws from, and this engine doesn't.
const DRAWN_BY_ZOLA: [&str; 4] = ["linenos", "linenostart", "hl_lines", "hide_lines"];

/// The info string of a fence with words behind its language.
pub(super) struct Worded<'i> {
    language: &'i str,
    words: Vec<(&'i str, Option<&'i str>)>,
}

impl<'i> Worded<'i> {
    /// Of this info string, if it has such words.
    pub(super) fn of(info: &'i str) -> Option<Self> {
        let (language, words) = info.split_once(',')?;
        let words = words.split(',').map(|word| match word.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (word.trim(), None),
        });
        Some(Self {
            language: language.trim(),
            words: words.collect(),
        })
    }

    /// The words that are left out.
    pub(super) fn left_out(&self) -> impl Iterator<Item = &'i str> {
        let names = self.words.iter().map(|(name, _)| *name);
        names.filter(|name| DRAWN_BY_ZOLA.contains(name))
    }

    /// The tags before the code: as in Zola, other words with a value are data of it.
    pub(super) fn opening(&self) -> String {
        let language = text(self.language);
        let mut tags = match self.language {
            "" => "<pre><code".to_owned(),
            _ => format!("<pre><code class=\"language-{language}\" data-lang=\"{language}\""),
        };
        for (name, value) in &self.words {
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let is_data = !name.is_empty() && name.chars().all(is_name);
            if let Some(value) = value.filter(|_| is_data && !DRAWN_BY_ZOLA.contains(name)) {
                tags.push_str(&format!(" data-{name}=\"{}\"", text(value)));
            }
        }
        tags.push('>');
        tags
    }
}
