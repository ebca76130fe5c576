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

#[cfg(test)]
mod tests {
    use super::SourceMap;

    #[test]
    fn without_stretches_the_texts_are_the_same() {
        assert_eq!(SourceMap::default().to_source(7), 7);
    }

    #[test]
    fn made_text_stands_for_one_place_and_copied_text_for_itself() {
        // `ab{{ c() }}de`, in which the call became `output`.
        let mut map = SourceMap::default();
        map.copied(0, 0);
        map.made(2, 2);
        map.copied(8, 11);
        let places: Vec<_> = [0, 1, 2, 5, 7, 8, 9, 10].map(|at| map.to_source(at)).into();
        assert_eq!(places, [0, 1, 2, 2, 2, 11, 12, 13]);
    }

    #[test]
    fn of_two_stretches_at_one_place_the_later_counts() {
        let mut map = SourceMap::default();
        map.made(3, 3);
        map.copied(3, 9);
        assert_eq!(map.to_source(3), 9);
    }
}
