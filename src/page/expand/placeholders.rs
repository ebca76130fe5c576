//! The placeholders of a page, and what replaces each of them.

use std::ops::Range;

use crate::block::Block;

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

/// A placeholder found in some text.
pub(crate) struct Placeholder {
    pub span: Range<usize>,
    pub index: usize,
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
        self.replacements.push(replacement);
        // As in Zola, the word begins and ends with punctuation: emphasis around it binds alike.
        format!("{}{}@@", self.marker, self.replacements.len() - 1)
    }

    pub fn replacement(&self, index: usize) -> &Replacement {
        &self.replacements[index]
    }

    pub fn len(&self) -> usize {
        self.replacements.len()
    }

    /// Whether `text` is a placeholder and nothing else.
    pub fn is_one(&self, text: &str) -> bool {
        self.find(text)
            .is_some_and(|placeholder| placeholder.span == (0..text.len()))
    }

    /// The first placeholder in `text`.
    pub fn find(&self, text: &str) -> Option<Placeholder> {
        if self.replacements.is_empty() {
            return None;
        }
        let start = text.find(&self.marker)?;
        let number = start + self.marker.len();
        let length = text[number..].find("@@")?;
        let index = text[number..number + length].parse().ok()?;
        (index < self.replacements.len()).then_some(Placeholder {
            span: start..number + length + 2,
            index,
        })
    }
}
