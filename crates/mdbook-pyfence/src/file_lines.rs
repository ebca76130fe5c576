//! From lines of a chapter as mdBook hands it over to lines of the file that its author wrote.

use std::collections::HashMap;
use std::sync::Arc;

use pyfence::LinePlace;

/// Where the lines of a chapter stand in its file; none where the chapter is the file, or has none.
pub(crate) fn places(chapter: &str, file: Option<String>) -> Arc<[LinePlace]> {
    let Some(file) = file.filter(|file| file != chapter) else {
        return Arc::default();
    };
    let in_file = lines_in_file(&lines(chapter), &lines(&file)).into_iter();
    let places = in_file.map(|line| LinePlace::of_page(line.map(|line| line + 1)));
    places.collect()
}

fn lines(text: &str) -> Vec<&str> {
    let lines = text.split('\n');
    lines.map(|line| line.trim_end_matches('\r')).collect()
}

/// For each line of the chapter the one of the file that it surely is; an include may say what the file says, too.
/// Sure are the lines above the first include and below the last, one that both have once, and what goes on from
/// there alike.
fn lines_in_file(chapter: &[&str], file: &[&str]) -> Vec<Option<usize>> {
    let mut found = vec![None; chapter.len()];
    let alike = |(a, b): &(&&str, &&str)| a == b;
    let above = chapter.iter().zip(file).take_while(alike).count();
    let below = chapter.iter().rev().zip(file.iter().rev());
    let below = below.take_while(alike).count();
    for (line, place) in found.iter_mut().enumerate().take(above) {
        *place = Some(line);
    }
    for from_end in 1..=below {
        let line = &mut found[chapter.len() - from_end];
        *line = line.or(Some(file.len() - from_end));
    }
    let (in_chapter, in_file) = (only_once(chapter), only_once(file));
    for (line, at) in &in_chapter {
        if let Some(in_file) = in_file.get(line) {
            found[*at] = found[*at].or(Some(*in_file));
        }
    }
    let goes_on = |found: &mut [Option<usize>], from: usize, at: usize, in_file: Option<usize>| {
        let Some(in_file) = in_file.filter(|_| found[at].is_none()) else {
            return;
        };
        if found[from].is_some() && file.get(in_file) == Some(&chapter[at]) {
            found[at] = Some(in_file);
        }
    };
    for at in 1..chapter.len() {
        let next = found[at - 1].map(|line| line + 1);
        goes_on(&mut found, at - 1, at, next);
    }
    for at in (1..chapter.len()).rev() {
        let previous = found[at].and_then(|line| line.checked_sub(1));
        goes_on(&mut found, at, at - 1, previous);
    }
    found
}

/// The lines that are there once, with their numbers.
fn only_once<'l>(lines: &[&'l str]) -> HashMap<&'l str, usize> {
    let mut places: HashMap<&str, Option<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let place = places.entry(line).or_insert(Some(at));
        *place = place.filter(|first| *first == at);
    }
    let once = places.into_iter();
    once.filter_map(|(line, at)| Some((line, at?))).collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    fn lines(chapter: &str, file: &str) -> Vec<Option<usize>> {
        let places = places(chapter, Some(file.to_owned()));
        places.iter().map(|place| place.line).collect()
    }

    #[test]
    fn lines_that_are_surely_the_files_are_found() {
        let included = "```\n1\n```\nmore\n```\n2\n```";
        let chapter = format!("# A\n\n{included}\n\ntext\n\n{included}\n\n```\n1\n```\n");
        let file = "# A\n\n{{#include b}}\n\ntext\n\n{{#include b}}\n\n```\n1\n```\n";
        let found = lines(&chapter, file);
        assert_eq!(found[..2], [1, 2].map(Some));
        assert_eq!(found[2..9], [None; 7]);
        assert_eq!(found[9..12], [4, 5, 6].map(Some));
        assert_eq!(found[12..19], [None; 7]);
        assert_eq!(found[19..], [8, 9, 10, 11, 12].map(Some));
    }

    #[test]
    fn what_an_include_repeats_of_its_file_is_not_taken_for_it() {
        let chapter = "A\n```\n1 / 0\n```\nB\n```\n1 / 0\n```\nC\nmade\n";
        let file = "A\n{{#include x}}\nB\n```\r\n1 / 0\n```\n{{#include x}}\nmade\n";
        let none = None;
        let found = [
            Some(1),
            none,
            none,
            none,
            Some(3),
            Some(4),
            Some(5),
            Some(6),
            none,
            Some(8),
            Some(9),
        ];
        assert_eq!(lines(chapter, file), found);
    }

    #[test]
    fn a_chapter_that_is_its_file_has_its_own_lines() {
        assert_eq!(lines("a\nb", "a\nb"), []);
    }
}
