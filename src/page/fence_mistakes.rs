//! What is probably a mistake in a fence: a word that only looks like the one of blocks, an option that is misspelt where
//! Markdown itself reads it, an end that is missing.

use std::ops::Range;

use crate::block::options::OPTION_NAMES;
use crate::block::read::BlockReader;
use crate::error::{Error, ErrorKind, Source};
use crate::page::expand::{Part, Placeholders, Replacement};
use crate::syntax::fence::{FENCE_WORD, OpenFence, is_stock, mark_of, opening_line, options_of};

/// What Zola reads in the info string of an ordinary fence
/// (<https://www.getzola.org/documentation/content/syntax-highlighting/>).
const ZOLA_ATTRIBUTES: [&str; 5] = ["hl_lines", "hide_lines", "linenos", "linenostart", "name"];

/// What is wrong with an ordinary fence that begins at `span`, or will be.
pub(super) fn of_ordinary(
    reader: &BlockReader<'_>,
    info: &str,
    span: &Range<usize>,
) -> impl Iterator<Item = Error> {
    let dropped = reader.stock_fences_stay_code.filter(|_| is_stock(info));
    let stays_code = dropped.map(|(why, help)| {
        let message = format!("this fence stays code: {why}");
        Error::warning(ErrorKind::Content, message).help(help)
    });
    let opening = opening_line(reader.source.text, span.start);
    let mistakes = mistake_in(info).into_iter().chain(stays_code);
    mistakes.map(move |mistake| mistake.at(&reader.source, opening.clone()))
}

/// A warning of the fence at `span` if it has no end: all that follows is its code.
pub(super) fn missing_end(source: &Source<'_>, span: &Range<usize>) -> Option<Error> {
    swallows_another(source.text, span.clone()).then(|| {
        let message = "this fence has no end, and another one begins in it";
        Error::warning(ErrorKind::Syntax, message)
            .at(source, opening_line(source.text, span.start))
            .help("end it with a line that has its marks alone; a fence that shows fences has more marks than they")
    })
}

/// The calls in the code of this fence that end behind it: a call there is text, its end too, and the fence has to go on
/// behind that, or all that follows is code.
pub(super) fn calls_across_the_end(
    fence: &OpenFence,
    code: &str,
    placeholders: &Placeholders,
    source: &Source<'_>,
) -> Vec<Error> {
    let parts = placeholders.parts(code);
    let blocks = parts.filter_map(|part| match part {
        Part::Placeholder(index) => match placeholders.replacement(index) {
            Replacement::Block { block, written } => Some((block, written)),
            Replacement::Html(_) => None,
        },
        Part::Text(_) => None,
    });
    let crossing = blocks.filter(|(_, written)| {
        let mut further = written.lines().skip(1);
        further.any(|line| fence.is_closed_by(line))
    });
    let errors = crossing.map(|(block, _)| {
        let message = "this call begins in a fence and ends behind it";
        Error::new(ErrorKind::Misplaced, message)
            .at(source, block.opening.clone())
            .help("write its end in the fence as well")
    });
    errors.collect()
}

/// What is wrong with the info string of a fence that is no block, so far without its place.
fn mistake_in(info: &str) -> Option<Error> {
    match is_stock(info) {
        true => info.split(',').find_map(misspelt_option),
        false => misspelt_word(info),
    }
}

/// An option of an ordinary fence of which the loader makes a block. Other words in it may be another tool's.
fn misspelt_option(word: &str) -> Option<Error> {
    let name = word.split_once('=')?.0.trim();
    let is_known = ZOLA_ATTRIBUTES.contains(&name) || OPTION_NAMES.contains(&name);
    let is_near = |meant: &&str| strsim::damerau_levenshtein(name, meant) == 1;
    let meant = OPTION_NAMES
        .iter()
        .copied()
        .find(is_near)
        .filter(|_| !is_known)?;
    let message = format!("`{name}` is no option of blocks; did you mean `{meant}`?");
    Some(Error::warning(ErrorKind::UnknownOption, message))
}

/// `Pyodide`, `{pyodide}`, `python pyodide`: other tools' words, or slips.
fn misspelt_word(info: &str) -> Option<Error> {
    let bare = |word: &str| word.trim_matches(['{', '}', '.', ' ']).to_lowercase();
    let mut words = info.split([' ', ',', '}']).filter(|word| !word.is_empty());
    let first = bare(words.next()?);
    let is_meant = match first.as_str() {
        "python" | "py" => words
            .next()
            .is_some_and(|second| bare(second) == FENCE_WORD),
        first => [FENCE_WORD, "pyodide-repl", "pyodide-python", "pyfence"].contains(&first),
    };
    let message = format!("a fence with `{}` is no block", info.trim());
    is_meant.then(|| {
        Error::warning(ErrorKind::Syntax, message).help(format!(
            "a block begins with ```{FENCE_WORD}; options follow as name=value"
        ))
    })
}

/// Whether the fence at `span` has no end and holds what opens another: all between is its code.
fn swallows_another(source: &str, span: Range<usize>) -> bool {
    let Some(fence) = OpenFence::at(source, span.start) else {
        return false;
    };
    let written = source.get(span).unwrap_or_default();
    let mut lines = written.trim_end().lines();
    let _opening = lines.next();
    let is_closed = lines
        .next_back()
        .is_some_and(|last| fence.is_closed_by(last));
    let opens = |line: &str| {
        let mark = mark_of(line.trim_start_matches([' ', '>']));
        mark.is_some_and(|(_, _, info)| options_of(info).is_some() || info.trim() == "python")
    };
    !is_closed && lines.any(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(info: &str) -> Option<String> {
        mistake_in(info).map(|error| error.message().to_owned())
    }

    #[test]
    fn words_that_look_like_the_one_of_blocks() {
        for info in [
            "Pyodide",
            "{pyodide}",
            "{.pyodide session=a}",
            "python pyodide",
            "python,pyodide",
            "py, pyodide,session=a",
            "pyodide-repl",
        ] {
            assert!(message(info).is_some(), "{info}");
        }
        for info in [
            "",
            "python",
            "text pyodide",
            "python,editable",
            "{python}",
            "toml",
        ] {
            assert_eq!(message(info), None, "{info}");
        }
    }

    #[test]
    fn options_of_ordinary_fences() {
        let told = message("python,pyodide=run,sesion=a").unwrap_or_default();
        assert_eq!(
            told,
            "`sesion` is no option of blocks; did you mean `session`?"
        );
        assert_eq!(
            message("python,pyodide=run,session=a,hl_lines=1-2,name=x,mine=1"),
            None
        );
    }

    #[test]
    fn a_fence_without_an_end_that_holds_another() {
        let swallows = |page: &str| swallows_another(page, page.find('`').unwrap_or(0)..page.len());
        assert!(swallows(
            "```pyodide\n1\n\n# Next\n\n```pyodide\n2\n```\n\nText\n"
        ));
        for whole in [
            "```pyodide\n1\n",
            "````pyodide\n```pyodide\n````\n",
            "> ````pyodide\n> ```pyodide\n> ````\n",
        ] {
            assert!(!swallows(whole), "{whole}");
        }
    }
}
