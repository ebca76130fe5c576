//! What mdBook includes in the chapters of a book: `{{#include}}` and `{{#rustdoc_include}}`, of whole
//! files, of their lines and of what stands between two anchors.

use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock};

use pyfence::{Error, ErrorKind, Errors, LinePlace, Source, with_line_feeds};
use regex::{Captures, Regex};

/// mdBook goes no deeper.
const DEEPEST: usize = 10;

/// What a chapter has at most: files that include others several times, or each other, make no end of it.
const MOST_INCLUDES: usize = 10_000;
const MOST_BYTES: usize = 32 << 20;

static CALL: LazyLock<Regex> = LazyLock::new(|| {
    // An escaped one is text.
    Regex::new(r"\\\{\{#.*?\}\}|\{\{\s*#(include|rustdoc_include)\s+([^}]+)\}\}")
        .expect("it is one expression, which every call compiles")
});

static ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"ANCHOR(_END)?:\s*([\w_-]+)")
        .expect("it is one expression, which every call compiles")
});

/// A chapter of a book, as mdBook hands it to its preprocessors.
pub(super) struct Chapter {
    pub text: String,
    /// Where each of its lines stands; none where all of them are the file's.
    pub lines: Arc<[LinePlace]>,
    /// What can't be included.
    pub unread: Errors,
}

impl Chapter {
    pub(super) fn read(file: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(file).map_err(|error| Error::unreadable(file, error))?;
        let text = with_line_feeds(&text).into_owned();
        if !CALL.is_match(&text) {
            return Ok(Self {
                text,
                lines: Arc::default(),
                unread: Errors::new(),
            });
        }
        let mut included = Included::default();
        let whole = Piece {
            lines: (1..=text.split('\n').count()).collect(),
            file: None,
            text,
        };
        included.add(file, &whole, DEEPEST);
        Ok(Self {
            lines: included.places.into(),
            text: included.text,
            unread: included.unread,
        })
    }
}

/// Lines of a file that go into a chapter.
struct Piece {
    text: String,
    /// The file, unless it is the chapter's, and the numbers of the lines in it.
    file: Option<Arc<str>>,
    lines: Vec<usize>,
}

impl Piece {
    fn place(&self, line: usize) -> LinePlace {
        let number = self.lines.get(line).copied().unwrap_or(1);
        match &self.file {
            Some(file) => LinePlace::of_file(Arc::clone(file), number),
            None => LinePlace::of_page(Some(number)),
        }
    }
}

/// The text of a chapter as it grows.
#[derive(Default)]
struct Included {
    text: String,
    /// Where its lines stand: a line is where it begins.
    places: Vec<LinePlace>,
    /// How many of them have ended.
    ended: usize,
    /// What was included so far.
    includes: usize,
    unread: Errors,
}

impl Included {
    /// Adds a piece of the file at `path` with what it includes, down to `depth`.
    fn add(&mut self, path: &Path, piece: &Piece, depth: usize) {
        let (mut at, mut line) = (0, 0);
        for call in CALL.captures_iter(&piece.text) {
            let Some(span) = call.get(0).map(|whole| whole.range()) else {
                continue;
            };
            let Some(what) = Include::of(&call, path) else {
                continue;
            };
            line = self.add_text(piece, at..span.start, line);
            at = span.end;
            if self.includes > MOST_INCLUDES {
                return;
            }
            self.includes += 1;
            if self.includes > MOST_INCLUDES || self.text.len() > MOST_BYTES {
                self.includes = MOST_INCLUDES + 1;
                let message = "with this the chapter gets too long: pyfence reads no more of it";
                self.unread.push(unread(path, piece, &span, message));
                return;
            }
            match (what.piece(), depth) {
                (_, 0) => self
                    .unread
                    .push(unread(path, piece, &span, "files include each other")),
                (Ok(included), _) => self.add(&what.file, &included, depth - 1),
                (Err(error), _) => {
                    self.unread.push(
                        unread(path, piece, &span, "mdBook can't include this").caused_by(error),
                    );
                    self.add_text(piece, span.clone(), line);
                }
            }
            line += piece.text[span].matches('\n').count();
        }
        self.add_text(piece, at..piece.text.len(), line);
    }

    /// Adds the text of a span that begins on this line of the piece, from 0; tells on which it ends.
    fn add_text(&mut self, piece: &Piece, span: Range<usize>, mut number: usize) -> usize {
        for (index, line) in piece.text[span].split('\n').enumerate() {
            if index > 0 {
                self.text.push('\n');
                self.ended += 1;
                number += 1;
            }
            // A line that has begun stays where it did, unless nothing stands on it.
            let is_empty = self.text.is_empty() || self.text.ends_with('\n');
            if is_empty {
                self.places.truncate(self.ended);
                self.places.push(piece.place(number));
            }
            self.text.push_str(line);
        }
        number
    }
}

fn unread(path: &Path, piece: &Piece, span: &Range<usize>, message: &str) -> Error {
    let name = path.display().to_string();
    // What is shown is the piece; its lines are those of the file.
    let error = Error::warning(ErrorKind::Content, message);
    error
        .at(&Source::new(&name, &piece.text), span.clone())
        .with_lines(|line| piece.lines.get(line - 1).copied())
}

/// What is to be included.
struct Include {
    file: PathBuf,
    part: Part,
    /// Whether all other lines come, too, as Rust's documentation hides them.
    hides_others: bool,
}

enum Part {
    Lines(Range<usize>),
    Anchor(String),
}

impl Include {
    fn of(call: &Captures<'_>, path: &Path) -> Option<Self> {
        let words = call.get(2)?.as_str();
        let mut parts = words.split_whitespace().next()?.splitn(4, ':');
        let file = named(&path.parent().unwrap_or(Path::new("")).join(parts.next()?));
        let start = parts.next();
        let part = match start.map(|start| (start, start.parse::<usize>())) {
            Some((name, Err(_))) if !name.is_empty() => Part::Anchor(name.to_owned()),
            start => {
                let start = start.and_then(|(_, number)| number.ok());
                let start = start.map(|number| number.saturating_sub(1));
                let end = parts.next().map(str::parse::<usize>);
                Part::Lines(match (start, end) {
                    (Some(start), None) => start..start + 1,
                    (start, Some(Ok(end))) => start.unwrap_or(0)..end,
                    (start, _) => start.unwrap_or(0)..usize::MAX,
                })
            }
        };
        Some(Self {
            file,
            part,
            hides_others: &call[1] == "rustdoc_include",
        })
    }

    /// The lines that it brings.
    fn piece(&self) -> std::io::Result<Piece> {
        let text = fs::read_to_string(&self.file)?;
        let is_wanted = self.wanted(&text);
        let mut lines = Vec::new();
        let mut kept: Vec<String> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            match is_wanted[index] {
                Some(true) => kept.push(line.to_owned()),
                Some(false) if self.hides_others => kept.push(format!("# {line}")),
                _ => continue,
            }
            // To mdBook, what a carriage return alone ends is no line.
            let count = 1 + line.matches('\r').count();
            lines.extend(std::iter::repeat_n(index + 1, count));
        }
        Ok(Piece {
            text: with_line_feeds(&kept.join("\n")).into_owned(),
            file: Some(self.file.display().to_string().into()),
            lines,
        })
    }

    /// Which lines are asked for; `None` are marks of anchors, which nobody sees.
    fn wanted(&self, text: &str) -> Vec<Option<bool>> {
        let mut is_within = false;
        let lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| match &self.part {
                Part::Lines(range) => Some(range.contains(&index)),
                Part::Anchor(name) => match ANCHOR.captures(line) {
                    Some(mark) => {
                        if &mark[2] == name {
                            is_within = mark.get(1).is_none();
                        }
                        None
                    }
                    None => Some(is_within),
                },
            });
        lines.collect()
    }
}

/// The path as messages name it: without `.`, and without folders that it only passes through.
fn named(path: &Path) -> PathBuf {
    let mut named = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(named.components().next_back(), Some(Component::Normal(_))) =>
            {
                named.pop();
            }
            part => named.push(part),
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Chapter;

    /// The lines of a chapter, each behind its place.
    fn lines(files: &[(&str, &str)]) -> (Vec<String>, usize) {
        let book = tempfile::tempdir().expect("there is room");
        for (name, text) in files {
            let file = book.path().join(name);
            fs::create_dir_all(file.parent().expect("it is in the book")).expect("there is room");
            fs::write(file, text).expect("there is room");
        }
        let chapter = Chapter::read(&book.path().join(files[0].0)).expect("it can be read");
        let folder = format!("{}/", book.path().display());
        let placed = chapter.text.split('\n').zip(chapter.lines.iter());
        let placed = placed.map(|(line, place)| {
            let file = place.file.as_deref().unwrap_or("").replace(&folder, "");
            let number = place.line.unwrap_or(0);
            format!("{file}:{number} {line}")
        });
        (placed.collect(), chapter.unread.len())
    }

    #[test]
    fn what_is_included_stands_where_it_was_written() {
        let chapter = "one\n{{#include parts/two.md}}\nthree {{#include parts/two.md:2}}\n\\{{#include no.md}}\n";
        let (found, unread) = lines(&[
            ("a.md", chapter),
            (
                "parts/two.md",
                "first\n{{#include ../parts/./deep.md}}\nlast\n",
            ),
            ("parts/deep.md", "deep"),
        ]);
        assert_eq!(
            found,
            [
                ":1 one",
                "parts/two.md:1 first",
                "parts/deep.md:1 deep",
                "parts/two.md:3 last",
                ":3 three deep",
                ":4 \\{{#include no.md}}",
                ":5 ",
            ]
        );
        assert_eq!(unread, 0);
    }

    #[test]
    fn lines_and_anchors_of_a_file_are_included() {
        let file = "a\n# ANCHOR: x\nb\n# ANCHOR: y\nc\n# ANCHOR_END: y\nd\n# ANCHOR_END: x\ne\n";
        for (call, included) in [
            ("#include f.py:3", "f.py:3 b"),
            (
                "#include f.py:7:",
                "f.py:7 d|f.py:8 # ANCHOR_END: x|f.py:9 e",
            ),
            ("#include f.py::1", "f.py:1 a"),
            ("#include f.py:3:3", "f.py:3 b"),
            ("#include f.py:x", "f.py:3 b|f.py:5 c|f.py:7 d"),
            ("#include f.py:y", "f.py:5 c"),
            (
                "#rustdoc_include f.py:y",
                "f.py:1 # a|f.py:3 # b|f.py:5 c|f.py:7 # d|f.py:9 # e",
            ),
        ] {
            let chapter = format!("{{{{{call}}}}}");
            let (found, _) = lines(&[("a.md", &chapter), ("f.py", file)]);
            assert_eq!(found.join("|"), included, "{call}");
        }
    }

    #[test]
    fn what_cannot_be_included_is_told() {
        let (found, unread) = lines(&[("a.md", "{{#include no.md}}\n")]);
        assert_eq!(
            (found.join("|").as_str(), unread),
            (":1 {{#include no.md}}|:2 ", 1)
        );
        let (_, unread) = lines(&[("a.md", "{{#include a.md}}")]);
        assert_eq!(unread, 1);
    }

    #[test]
    fn what_includes_without_end_comes_to_one() {
        let six_of = |name: &str| format!("{{{{#include {name}.md}}}}\n").repeat(6);
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let mut files: Vec<(String, String)> = names
            .windows(2)
            .map(|pair| (format!("{}.md", pair[0]), six_of(pair[1])))
            .collect();
        files.push(("h.md".to_owned(), "x".repeat(100)));
        let files: Vec<_> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let (found, unread) = lines(&files);
        assert!(found.len() < 10_000, "{} lines", found.len());
        assert_eq!(unread, 1);
    }
}
