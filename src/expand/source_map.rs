//! Where in the author's text a place of the expanded text came from.

/// Stretches of expanded text, in order. Without any, the two texts are the same.
#[derive(Debug, Default)]
pub(crate) struct SourceMap {
    stretches: Vec<Stretch>,
}

#[derive(Debug)]
struct Stretch {
    expanded_start: usize,
    source_start: usize,
    /// Whether the bytes are the author's own, or all stand for one place of his text.
    copied: bool,
}

impl SourceMap {
    /// From `expanded_start` on, the text is the author's from `source_start` on.
    pub fn copied(&mut self, expanded_start: usize, source_start: usize) {
        self.stretches.push(Stretch {
            expanded_start,
            source_start,
            copied: true,
        });
    }

    /// From `expanded_start` on, the text was made from what stands at `source_start`.
    pub fn made(&mut self, expanded_start: usize, source_start: usize) {
        self.stretches.push(Stretch {
            expanded_start,
            source_start,
            copied: false,
        });
    }

    /// The place in the author's text.
    pub fn to_source(&self, expanded: usize) -> usize {
        let after = self
            .stretches
            .partition_point(|stretch| stretch.expanded_start <= expanded);
        match after.checked_sub(1).map(|index| &self.stretches[index]) {
            Some(stretch) if stretch.copied => {
                stretch.source_start + (expanded - stretch.expanded_start)
            }
            Some(stretch) => stretch.source_start,
            None => expanded,
        }
    }
}
