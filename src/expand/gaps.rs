//! What goes where the placeholders stand.

use std::ops::Range;

use crate::block::Block;

/// What goes where the placeholders stand.
pub(crate) struct Gaps {
    marker: String,
    fillings: Vec<Filling>,
}

/// The output of one shortcode.
pub(crate) enum Filling {
    /// HTML of a template.
    Html(String),
    /// A block, and the text that its author wrote: shown as it is where no block can be.
    Block { block: Box<Block>, written: String },
}

/// A placeholder found in some text.
pub(crate) struct Gap {
    pub span: Range<usize>,
    pub index: usize,
}

impl Gaps {
    /// No gaps: the page has no shortcodes.
    pub fn none() -> Self {
        Self::new("")
    }

    pub(super) fn new(source: &str) -> Self {
        // A word of this shape in the author's own text must not be taken for a placeholder.
        let mut marker = "@@PYFENCE".to_owned();
        while source.contains(&marker) {
            marker.push('X');
        }
        Gaps {
            marker,
            fillings: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, filling: Filling) -> String {
        self.fillings.push(filling);
        // As in Zola, the word begins and ends with punctuation: emphasis around it binds alike.
        format!("{}{}@@", self.marker, self.fillings.len() - 1)
    }

    pub fn filling(&self, index: usize) -> &Filling {
        &self.fillings[index]
    }

    pub fn len(&self) -> usize {
        self.fillings.len()
    }

    /// Whether `text` is a placeholder and nothing else.
    pub fn is_one(&self, text: &str) -> bool {
        self.find(text)
            .is_some_and(|gap| gap.span == (0..text.len()))
    }

    /// The first placeholder in `text`.
    pub fn find(&self, text: &str) -> Option<Gap> {
        if self.fillings.is_empty() {
            return None;
        }
        let start = text.find(&self.marker)?;
        let number = start + self.marker.len();
        let length = text[number..].find("@@")?;
        let index = text[number..number + length].parse().ok()?;
        (index < self.fillings.len()).then_some(Gap {
            span: start..number + length + 2,
            index,
        })
    }
}
