//! From lines of a chapter as mdBook hands it over to lines of the file that its author wrote.

use std::collections::HashMap;
use std::sync::Arc;

use pyfence::LinePlace;

/// Where the lines of a chapter stand in its file; none where the chapter is the file, or has none.
pub(crate) fn places(chapter: &str, file: Option<String>) -> Arc<[LinePlace]> {
    let Some(file) = file.filter(|file| file != chapter) else {
        return Arc::default();
    };
    let in_file = lines_in_file(chapter, &file).into_iter().enumerate();
    // The same number where the file has no such line.
    let lines = in_file.map(|(index, line)| line.unwrap_or(index) + 1);
    lines.map(|line| LinePlace::of_page(Some(line))).collect()
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
    let lines = chapter.split('\n').map(|line| line.trim_end_matches('\r'));
    lines.map(|line| places.get_mut(line)?.next()).collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    fn lines(chapter: &str, file: &str) -> Vec<Option<usize>> {
        let places = places(chapter, Some(file.to_owned()));
        places.iter().map(|place| place.line).collect()
    }

    #[test]
    fn lines_are_found_by_what_they_say_and_how_often() {
        let chapter = "included\nsame\né ```\nsame\nmade\n";
        let file = "{{#include}}\n\nsame\né ```\n\nsame\n";
        let found = [1, 3, 4, 6, 5, 2].map(Some);
        assert_eq!(lines(chapter, file), found);
    }

    #[test]
    fn a_chapter_that_is_its_file_has_its_own_lines() {
        assert_eq!(lines("a\nb", "a\nb"), []);
    }
}
