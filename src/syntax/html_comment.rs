//! Comments in HTML, as a browser reads them (<https://html.spec.whatwg.org/multipage/parsing.html#comment-start-state>).

use std::ops::Range;

const OPENING: &str = "<!--";

/// Finds comments in HTML that comes in pieces, as Markdown hands it on.
#[derive(Default)]
pub(crate) struct CommentReader {
    /// Whether what has been read ends in a comment.
    is_open: bool,
}

impl CommentReader {
    /// Where comments stand in `html`, the next piece.
    pub fn read(&mut self, html: &str) -> Vec<Range<usize>> {
        let mut comments = Vec::new();
        let mut at = 0;
        loop {
            let (start, length) = if self.is_open {
                (at, end_of(&html[at..]))
            } else if let Some(opening) = html[at..].find(OPENING) {
                let start = at + opening;
                (start, comment_length(&html[start..]))
            } else {
                return comments;
            };
            self.is_open = length.is_none();
            at = length.map_or(html.len(), |length| start + length);
            comments.push(start..at);
            if self.is_open {
                return comments;
            }
        }
    }
}

/// How long the comment is that `html` starts with; `None` where it has no end.
pub(crate) fn comment_length(html: &str) -> Option<usize> {
    let after = &html[OPENING.len()..];
    // `<!-->` and `<!--->` are whole comments.
    let abrupt = [">", "->"].into_iter().find(|end| after.starts_with(end));
    let end = abrupt.map(str::len).or_else(|| end_of(after));
    end.map(|end| OPENING.len() + end)
}

/// How much of `html`, which is in a comment, belongs to that.
fn end_of(html: &str) -> Option<usize> {
    let closes = |at: usize| html[..at].ends_with("--") || html[..at].ends_with("--!");
    let mut ends = html.match_indices('>').map(|(at, _)| at);
    ends.find(|&at| closes(at)).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments_of(pieces: &[&str]) -> Vec<String> {
        let mut reader = CommentReader::default();
        let of_piece = |piece: &&str| {
            let comments = reader.read(piece).into_iter();
            let comments: Vec<_> = comments.map(|span| piece[span].to_owned()).collect();
            comments
        };
        pieces.iter().flat_map(of_piece).collect()
    }

    #[test]
    fn comments_end_as_browsers_end_them() {
        let comments = comments_of(&["a<!-- b -->c<!-->d<!--->e<!---->f<!-- -- > --!>g<!--!>h"]);
        let expected = [
            "<!-- b -->",
            "<!-->",
            "<!--->",
            "<!---->",
            "<!-- -- > --!>",
            "<!--!>h",
        ];
        assert_eq!(comments, expected);
    }

    #[test]
    fn a_comment_may_go_on_in_the_next_piece() {
        let comments = comments_of(&["a<!-- b\n", "c\n", "--> d <!-- e -->"]);
        assert_eq!(comments, ["<!-- b\n", "c\n", "-->", "<!-- e -->"]);
    }
}
