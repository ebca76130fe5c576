//! From lines of a chapter as mdBook hands it over to lines of the file that its author wrote.

use std::collections::HashMap;

/// The lines of a chapter in its file.
pub(crate) struct FileLines {
    /// For each line of the chapter, the one of the file, both from 0; empty when the chapter is
    /// the file, or has none.
    lines_in_file: Vec<Option<usize>>,
}

impl FileLines {
    pub fn new(chapter: &str, file: Option<String>) -> Self {
        let file = file.filter(|file| file != chapter);
        Self {
            lines_in_file: file.map_or_else(Vec::new, |file| lines_in_file(chapter, &file)),
        }
    }

    /// The line of the file that is this line of the chapter, both from 1; the same number where
    /// the file has no such line.
    pub fn of(&self, line: usize) -> usize {
        let in_file = self.lines_in_file.get(line - 1).copied().flatten();
        in_file.map_or(line, |index| index + 1)
    }
}

/// An include before a line moves it; it is found by what it says: the second line of its kind in
/// the chapter is the second one in the file.
fn lines_in_file(chapter: &str, file: &str) -> Vec<Option<usize>> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, line) in file.lines().enumerate() {
        places.entry(line).or_default().push(index);
    }
    let mut places: HashMap<_, _> = places
        .into_iter()
        .map(|(line, indices)| (line, indices.into_iter()))
        .collect();
    let lines = chapter.lines();
    lines.map(|line| places.get_mut(line)?.next()).collect()
}

#[cfg(test)]
mod tests {
    use super::FileLines;

    #[test]
    fn lines_are_found_by_what_they_say_and_how_often() {
        let chapter = "included\nsame\né ```\nsame\nmade\n";
        let file = "{{#include}}\n\nsame\né ```\n\nsame\n".to_owned();
        let lines = FileLines::new(chapter, Some(file));
        assert_eq!(
            [1, 2, 3, 4, 5, 6].map(|line| lines.of(line)),
            [1, 3, 4, 6, 5, 6]
        );
    }

    #[test]
    fn a_chapter_that_is_its_file_has_its_own_lines() {
        let lines = FileLines::new("a\nb", Some("a\nb".to_owned()));
        assert_eq!((lines.of(1), lines.of(2)), (1, 2));
    }
}
