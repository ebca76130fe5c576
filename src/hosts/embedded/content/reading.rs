//! How long a text takes to read.

use unicode_segmentation::UnicodeSegmentation;

/// Words read in a minute.
const WORDS_PER_MINUTE: usize = 200;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// The number of words outside code fences.
    pub(crate) words: usize,
    /// The time they take.
    pub(crate) minutes: usize,
}

impl Reading {
    pub(super) fn of(markdown: &str) -> Self {
        // Every second stretch between fence marks lies in a fence.
        let prose = markdown.split("```").step_by(2);
        let words = prose
            .map(|text| text.unicode_words().count())
            .sum::<usize>();
        Self {
            words,
            minutes: words.div_ceil(WORDS_PER_MINUTE),
        }
    }
}
