//! The placeholders of a page, and what replaces each of them.

use std::iter;
use std::ops::Range;

use crate::block::Block;

/// What a placeholder ends with.
const END: &str = "@@";

/// The placeholders of a page, and what replaces each of them.
pub(crate) struct Placeholders {
    marker: String,
    replacements: Vec<Replacement>,
}

/// The output of one shortcode.
pub(crate) enum Replacement {
    /// HTML of a template.
    Html(String),
    /// A block, and the text that its author wrote: shown as it is where no block can be.
    Block { block: Box<Block>, written: String },
}

/// A part of a text in which placeholders may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part<'t> {
    Text(&'t str),
    /// A placeholder, by its index.
    Placeholder(usize),
}

impl Placeholders {
    /// No placeholders: the page has no shortcodes.
    pub fn none() -> Self {
        Self::new("")
    }

    pub(super) fn new(source: &str) -> Self {
        // A word of this shape in the author's own text must not be taken for a placeholder.
        let word = "@@PYFENCE";
        let longest = source
            .split(word)
            .skip(1)
            .map(|rest| 1 + rest.bytes().take_while(|byte| *byte == b'X').count());
        let marker = format!("{word}{}", "X".repeat(longest.max().unwrap_or(0)));
        Placeholders {
            marker,
            replacements: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, replacement: Replacement) -> String {
        let replacement = match replacement {
            Replacement::Html(html) => Replacement::Html(self.without_own_shape(html)),
            block @ Replacement::Block { .. } => block,
        };
        self.replacements.push(replacement);
        self.placeholder(self.replacements.len() - 1)
    }

    fn placeholder(&self, index: usize) -> String {
        // As in Zola, the word begins and ends with punctuation: emphasis around it binds alike.
        format!("{}{index}{END}", self.marker)
    }

    /// `html` of a template, which may have such words from elsewhere, a title or a data file: none stands for `html`
    /// itself, or what comes later.
    fn without_own_shape(&mut self, html: String) -> String {
        let later = self.replacements.len();
        let mut safe = String::new();
        let mut at = 0;
        while let Some((span, _)) = self.find(&html[at..], |index| index >= later) {
            // Each half is a replacement of its own, and has no such word in it.
            let (word, rest) = (at + span.start, at + span.start + self.marker.len());
            safe.push_str(&html[at..word]);
            for half in [&html[word..word + 1], &html[word + 1..rest]] {
                self.replacements.push(Replacement::Html(half.to_owned()));
                safe.push_str(&self.placeholder(self.replacements.len() - 1));
            }
            at = rest;
        }
        safe.push_str(&html[at..]);
        safe
    }

    pub fn replacement(&self, index: usize) -> &Replacement {
        &self.replacements[index]
    }

    pub fn len(&self) -> usize {
        self.replacements.len()
    }

    /// The placeholder that `text` is, by its index.
    pub fn one(&self, text: &str) -> Option<usize> {
        let (span, index) = self.first(text)?;
        (span == (0..text.len())).then_some(index)
    }

    /// Whether there are any in `text`.
    pub fn are_in(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// What `text` consists of, in order; no text is empty.
    pub fn parts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Part<'t>> {
        let mut rest = text;
        iter::from_fn(move || {
            let first = self.first(rest);
            if let Some((span, index)) = &first
                && span.start == 0
            {
                rest = &rest[span.end..];
                return Some(Part::Placeholder(*index));
            }
            let (text, after) = rest.split_at(first.map_or(rest.len(), |(span, _)| span.start));
            rest = after;
            (!text.is_empty()).then_some(Part::Text(text))
        })
    }

    /// The first placeholder in `text`: where it stands, and its index.
    fn first(&self, text: &str) -> Option<(Range<usize>, usize)> {
        if self.replacements.is_empty() {
            return None;
        }
        self.find(text, |index| index < self.replacements.len())
    }

    /// The first word in `text` that has the shape of a placeholder, with an index that is so.
    fn find(&self, text: &str, is: impl Fn(usize) -> bool) -> Option<(Range<usize>, usize)> {
        let mut marks = text.match_indices(&self.marker);
        marks.find_map(|(start, _)| {
            let number = start + self.marker.len();
            let digits = text[number..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            let end = number + digits;
            let index = text[number..end].parse().ok().filter(|index| is(*index))?;
            text[end..]
                .starts_with(END)
                .then_some((start..end + END.len(), index))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(placeholders: &Placeholders, text: &str) -> String {
        let parts = placeholders.parts(text).map(|part| match part {
            Part::Text(text) => text.to_owned(),
            Part::Placeholder(index) => match placeholders.replacement(index) {
                Replacement::Html(html) => filled(placeholders, html),
                Replacement::Block { written, .. } => written.clone(),
            },
        });
        parts.collect()
    }

    #[test]
    fn what_only_looks_like_a_placeholder_is_text() {
        let mut placeholders = Placeholders::new("");
        let first = placeholders.add(Replacement::Html("<b>".to_owned()));
        let text = format!("@@PYFENCE9@@ @@PYFENCE{first}, @@PYFENCE99999999999999999999@@");
        assert_eq!(
            filled(&placeholders, &text),
            "@@PYFENCE9@@ @@PYFENCE<b>, @@PYFENCE99999999999999999999@@"
        );
    }

    #[test]
    fn html_that_names_its_own_placeholder_ends() {
        let mut placeholders = Placeholders::new("");
        let html = "<i>@@PYFENCE0@@ @@PYFENCE1@@@@PYFENCE2@@</i>";
        let text = placeholders.add(Replacement::Html(html.to_owned()));
        assert_eq!(filled(&placeholders, &text), html);
    }
}
