//! Code whose parts stand in each other deeper than anybody writes: what reads it calls itself for each level.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

/// A build for tests reads 1,800 levels in the two megabytes of a thread.
const MAX_DEPTH: usize = 800;

/// Whether `code` is too deep to be read. Nothing tells how deep it is before it is read, but it is no deeper than what
/// stands since the last comma, in each open bracket.
pub(super) fn is_too_deep(code: &str) -> bool {
    // Each level takes a byte.
    if code.len() <= MAX_DEPTH {
        return false;
    }
    let mut lexer = lexer::lex(code, Mode::Module);
    let mut line = Line::default();
    let mut blocks = 0_usize;
    let mut begins_line = true;
    loop {
        let token = lexer.next_token();
        match token {
            TokenKind::EndOfFile => return false,
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Newline | TokenKind::Semi => line = Line::default(),
            TokenKind::Comment | TokenKind::NonLogicalNewline => {}
            // A bracket above was never closed.
            token if begins_line && begins_statement(token) => line = Line::default(),
            token => line.token(token),
        }
        begins_line = matches!(token, TokenKind::Newline | TokenKind::NonLogicalNewline);
        if blocks + line.outer + line.here.depth > MAX_DEPTH {
            return true;
        }
    }
}

/// What has been read of a statement.
#[derive(Default)]
struct Line {
    /// Around the innermost open bracket, and how deep it stands in them.
    open: Vec<Level>,
    outer: usize,
    here: Level,
}

#[derive(Default)]
struct Level {
    depth: usize,
    /// The commas of a lambda's parameters end nothing.
    has_lambda: bool,
}

impl Line {
    fn token(&mut self, token: TokenKind) {
        match token {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                let mut level = std::mem::take(&mut self.here);
                level.depth += 1;
                self.outer += level.depth;
                self.open.push(level);
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                if let Some(level) = self.open.pop() {
                    self.outer -= level.depth;
                    self.here = level;
                }
            }
            TokenKind::Comma if !self.here.has_lambda => self.here.depth = 0,
            token => {
                self.here.depth += 1;
                self.here.has_lambda |= token == TokenKind::Lambda;
            }
        }
    }
}

fn begins_statement(token: TokenKind) -> bool {
    matches!(
        token,
        TokenKind::Def
            | TokenKind::Class
            | TokenKind::Import
            | TokenKind::Return
            | TokenKind::While
            | TokenKind::With
            | TokenKind::Try
            | TokenKind::Raise
            | TokenKind::Del
            | TokenKind::Pass
    )
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, is_too_deep};
    use crate::check::python::read;

    /// Ways to stand in each other, each so many times.
    fn nested(times: usize) -> Vec<String> {
        let around =
            |open: &str, close: &str| format!("{}a{}", open.repeat(times), close.repeat(times));
        vec![
            around("(", ")"),
            around("f(", ")"),
            around("[", "]"),
            around("{a: ", "}"),
            around("-", ""),
            around("not ", ""),
            around("lambda: ", ""),
            around("lambda a, b: ", ""),
            around("a.", ""),
            around("", "()"),
            around("", "[0]"),
            around("1 + ", ""),
            around("a ** ", ""),
            around("a if a else ", ""),
            around("a < ", ""),
            around("a = ", ""),
            around("await ", ""),
            around("f\"{", "}\""),
            around("f'{a:{", "}}'"),
            around("[a for a in ", "]"),
            (0..times)
                .map(|depth| format!("{}if a:\n", " ".repeat(depth)))
                .collect::<String>()
                + &" ".repeat(times)
                + "a",
        ]
    }

    #[test]
    fn what_is_as_deep_as_can_be_is_read() {
        for times in [MAX_DEPTH / 2, MAX_DEPTH, MAX_DEPTH * 10] {
            for code in nested(times) {
                if times < MAX_DEPTH * 10 {
                    let _ = read(&code, (3, 14));
                } else {
                    assert!(is_too_deep(&code), "{}", &code[..40]);
                    assert!(read(&code, (3, 14)).is_ok_and(|python| python.facts.is_dynamic));
                }
            }
        }
    }

    #[test]
    fn long_code_is_not_deep() {
        for code in [
            "1, ".repeat(5_000),
            format!("f({})", "a.b[c](d), ".repeat(5_000)),
            "a = [b for b in c]\n".repeat(5_000),
            "if a: b; c\n".repeat(5_000),
            format!("print(1\n{}", "def f():\n    return [a, b]\n".repeat(1_000)),
            "if a:\n    if b:\n        c\n".repeat(1_000),
        ] {
            assert!(!is_too_deep(&code), "{}", &code[..40]);
        }
    }
}
