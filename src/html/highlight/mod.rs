//! Code in colour without a browser: syntect reads it with a grammar of our own, and what it finds
//! becomes elements with names of three characters: a page has thousands of them, and
//! `<span class="hljs-keyword">` alone is longer than most words that it colours. An element whose
//! name has a hyphen is valid HTML without being defined
//! (<https://html.spec.whatwg.org/#valid-custom-element-name>); a reader of feeds that drops what it
//! doesn't know keeps the text.
//!
//! The same code is coloured three times: here, by Highlight.js where a page brings code that
//! nobody has coloured, and by Ace where the reader edits. So that nothing changes when one takes
//! over from another, all three speak of the same roles:
//!
//! | role | element | token in Ace's Python mode |
//! |---|---|---|
//! | keyword | `c-k` | `keyword` |
//! | built-in function or type | `c-b` | `support.function` |
//! | constant of the language | `c-l` | `constant.language` |
//! | `self`, `cls` | `c-v` | `variable.language` |
//! | number | `c-n` | `constant.numeric` |
//! | string, with prefix and quotes | `c-s` | `string` |
//! | escape in a string, doubled brace | `c-e` | `constant.language.escape` |
//! | replacement field in a string | `c-i` | `paren.lparen` ... `paren.rparen` |
//! | comment | `c-c` | `comment` |
//! | decorator | `c-d` | `keyword.operator`, `identifier` |
//! | name after `def` | `c-f` | `entity.name.function` |
//! | name after `class` or `type` | `c-t` | `entity.name.function` |
//! | name, attribute, operator, bracket | none | `identifier`, `function.support`, `keyword.operator`, `punctuation`, `paren` |

use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::dumps::from_uncompressed_data;
use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxSet};

/// The name of an element.
type Tag = &'static str;

/// The scopes of the grammar that have an element, the more special ones first.
const TAGS: [(&str, Tag); 12] = [
    ("keyword", "c-k"),
    ("support.function", "c-b"),
    ("constant.language", "c-l"),
    ("variable.language", "c-v"),
    ("constant.numeric", "c-n"),
    ("string", "c-s"),
    ("constant.character.escape", "c-e"),
    ("meta.interpolation", "c-i"),
    ("comment", "c-c"),
    ("meta.annotation", "c-d"),
    ("entity.name.function", "c-f"),
    ("entity.name.class", "c-t"),
];

static PYTHON: LazyLock<Grammar> = LazyLock::new(Grammar::python);

/// The HTML of `code`, for a host that colours other code as blocks are: escaped, with an element
/// around what has a colour; their names are roles, to which `pyfence.css` gives colours. Its text
/// is `code`, whatever mistakes are in there.
///
/// `language` is what an author writes behind a fence, such as `python`, `python3`, `py` or
/// `pyodide`. `None` if the language isn't known.
///
/// It costs nothing until the first code arrives; then the grammar is loaded, once per process.
///
/// ```
/// assert_eq!(
///     pyfence::highlight("if a < 1:", "python").as_deref(),
///     Some(r#"<c-k>if</c-k> a &lt; <c-n>1</c-n>:"#),
/// );
/// assert_eq!(pyfence::highlight("10 PRINT", "basic"), None);
/// ```
pub fn highlight(code: &str, language: &str) -> Option<String> {
    let names = ["python", "python3", "py", "pyodide"];
    let known = names.iter().any(|name| language.eq_ignore_ascii_case(name));
    known.then(|| PYTHON.paint(code))
}

/// A linked grammar, and the elements of its scopes.
struct Grammar {
    syntaxes: SyntaxSet,
    tags: Vec<(Scope, Tag)>,
}

impl Grammar {
    fn python() -> Self {
        let linked = include_bytes!(concat!(env!("OUT_DIR"), "/python.packdump"));
        let scope = |name| Scope::new(name).expect("a scope has at most eight atoms");
        Self {
            syntaxes: from_uncompressed_data(linked).expect("the build script has just linked it"),
            tags: TAGS.map(|(name, tag)| (scope(name), tag)).into(),
        }
    }

    fn paint(&self, code: &str) -> String {
        let mut state = ParseState::new(&self.syntaxes.syntaxes()[0]);
        let mut painter = Painter::with_capacity(code.len() * 3);
        for line in code.split_inclusive('\n') {
            // Where syntect gives up, the line keeps the colour of what stands before it.
            let changes = state.parse_line(line, &self.syntaxes).unwrap_or_default();
            let mut painted = 0;
            for (position, change) in changes {
                painter.text(&line[painted..position]);
                painted = position;
                match change {
                    ScopeStackOp::Push(scope) => painter.push(self.tag(scope)),
                    ScopeStackOp::Pop(count) => painter.pop(count),
                    // Neither is in a grammar without `clear_scopes`.
                    ScopeStackOp::Clear(_) | ScopeStackOp::Restore | ScopeStackOp::Noop => {}
                }
            }
            painter.text(&line[painted..]);
        }
        painter.finish()
    }

    fn tag(&self, scope: Scope) -> Option<Tag> {
        let mut tags = self.tags.iter();
        tags.find(|(prefix, _)| prefix.is_prefix_of(scope))
            .map(|&(_, tag)| tag)
    }
}

/// Writes text in nested elements, as few as will do: a scope without an element of its own has none,
/// nor has white space, and text that follows text of the same role stays in its element.
struct Painter {
    html: String,
    /// Of each scope that the text is in: did it add an element?
    scopes: Vec<bool>,
    /// The elements of the text to come, the outermost first.
    tags: Vec<Tag>,
    /// The elements that are open.
    open: Vec<Tag>,
}

impl Painter {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            html: String::with_capacity(bytes),
            scopes: Vec::new(),
            tags: Vec::new(),
            open: Vec::new(),
        }
    }

    fn push(&mut self, tag: Option<Tag>) {
        let tag = tag.filter(|tag| self.tags.last() != Some(tag));
        self.scopes.push(tag.is_some());
        self.tags.extend(tag);
    }

    fn pop(&mut self, count: usize) {
        let rest = self.scopes.len().saturating_sub(count);
        let added = self.scopes.drain(rest..).filter(|added| *added).count();
        self.tags.truncate(self.tags.len() - added);
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let both = self.open.iter().zip(&self.tags);
        let kept = both.take_while(|(open, tag)| open == tag).count();
        self.close_to(kept);
        if !text.trim().is_empty() {
            for tag in &self.tags[kept..] {
                self.html.push('<');
                self.html.push_str(tag);
                self.html.push('>');
                self.open.push(tag);
            }
        }
        self.escape(text);
    }

    fn escape(&mut self, text: &str) {
        // An HTML parser would read a bare carriage return as a line feed.
        for (index, part) in text.split('\r').enumerate() {
            if index > 0 {
                self.html.push_str("&#13;");
            }
            // Writing to a String doesn't fail.
            let _ = escape_html_body_text(&mut self.html, part);
        }
    }

    fn close_to(&mut self, depth: usize) {
        for tag in self.open.drain(depth..).rev() {
            self.html.push_str("</");
            self.html.push_str(tag);
            self.html.push('>');
        }
    }

    fn finish(mut self) -> String {
        self.close_to(0);
        self.html
    }
}
