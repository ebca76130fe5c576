//! The same mistake many times in a page, or in the files of a site, is told once.

use std::collections::HashMap;

use super::Error;

/// How many places of one mistake are shown; with more of them it is told once.
pub(super) const SHOWN_PLACES: usize = 3;

/// Errors in which those that are alike in all but their place have become one, where its first
/// place is.
pub(super) fn told_once(errors: Vec<Error>) -> Vec<Error> {
    if errors.len() <= SHOWN_PLACES {
        return errors;
    }
    let mut alike: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, error) in errors.iter().enumerate() {
        let what = (error.kind(), error.message(), error.suggestion());
        // What points into no file says all that it can of its place.
        let file = error.file().filter(|_| error.line().is_none());
        let key = (what, error.is_error(), file);
        alike.entry(key).or_default().push(index);
    }
    let repeated: Vec<_> = alike
        .into_values()
        .filter(|places| places.len() > SHOWN_PLACES)
        .collect();
    let mut errors: Vec<_> = errors.into_iter().map(Some).collect();
    for places in repeated {
        let others: Vec<_> = places[1..]
            .iter()
            .filter_map(|&index| errors[index].take())
            .collect();
        if let Some(first) = &mut errors[places[0]] {
            first.repeat(others);
        }
    }
    errors.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use crate::error::{Error, ErrorKind, Errors, Source};

    #[test]
    fn many_of_a_kind_are_one_with_its_first_places() {
        let text = "wrong\n".repeat(100);
        let source = Source::new("a.md", &text);
        let wrong = |line: usize| {
            let at = line * 6;
            Error::new(ErrorKind::Syntax, "this is wrong").at(&source, at..at + 5)
        };
        let other = Error::new(ErrorKind::Syntax, "this too").at(&source, 6..11);
        let errors = (0..100).rev().map(wrong).chain([other]).collect();
        let errors = Errors::sorted(errors);
        let [first, second] = &errors[..] else {
            panic!("{errors:?}");
        };
        assert_eq!((first.line(), first.places()), (Some(1), 100));
        assert_eq!((second.line(), second.places()), (Some(2), 1));
        assert_eq!(
            first.to_string(),
            "error: this is wrong\n --> a.md:1:1\n  |\n1 | wrong\n  | ^^^^^\n  |\n ::: a.md:2:1\n  |\n2 | wrong\n  | ----- here too\n  |\n ::: a.md:3:1\n  |\n3 | wrong\n  | ----- here too\n  |\n  = note: and in 97 more places"
        );
        let apart = errors.apart();
        let lines: Vec<_> = apart.iter().filter_map(|error| error.line()).collect();
        assert_eq!(
            lines,
            [&[1, 2, 2][..], &(3..=100).collect::<Vec<_>>()].concat()
        );
        assert!(apart.iter().all(|error| error.places() == 1));
    }

    #[test]
    fn places_that_are_equally_to_blame_count_each() {
        let text = "wrong\n".repeat(9);
        let source = Source::new("a.md", &text);
        for count in 1..=9 {
            let places = (0..count).map(|line| line * 6..line * 6 + 5);
            let error = Error::new(ErrorKind::Syntax, "this is wrong").at_each(&source, places);
            assert_eq!(error.places(), count);
            let drawn = error.to_string();
            assert_eq!(
                drawn.matches("wrong\n").count(),
                1 + count.min(3),
                "{drawn}"
            );
            assert_eq!(drawn.contains("more place"), count > 3, "{drawn}");
        }
    }

    #[test]
    fn many_files_of_a_kind_are_one_with_the_first_files() {
        let wrong = |number: usize| {
            let name = format!("{number}.md");
            let source = Source::new(&name, "wrong");
            Error::new(ErrorKind::Syntax, "this is wrong").at(&source, 0..5)
        };
        let errors = Errors::sorted((1..=9).map(wrong).collect());
        assert_eq!((errors.len(), errors[0].places()), (1, 9));
        let drawn = errors.to_string();
        assert!(
            drawn.contains("2.md:1:1") && drawn.contains("and in 6 more places"),
            "{drawn}"
        );

        let unplaced = |number: usize| {
            Error::new(ErrorKind::Syntax, "this is wrong").in_file(format!("{number}.md"))
        };
        assert_eq!(Errors::sorted((1..=9).map(unplaced).collect()).len(), 9);
    }

    #[test]
    fn three_of_a_kind_stay_three() {
        let wrong = Error::new(ErrorKind::Syntax, "this is wrong");
        assert_eq!(Errors::sorted(vec![wrong; 3]).len(), 3);
    }
}
