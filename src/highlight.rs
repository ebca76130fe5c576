//! Code in colour without a browser: syntect reads it with a grammar of our own, and what it finds
//! becomes `<span>`s with the class names of Highlight.js.
//!
//! The same code is coloured three times: here, by Highlight.js where a page brings code that
//! nobody has coloured, and by Ace where the reader edits. So that nothing changes when one takes
//! over from another, all three speak of the same roles:
//!
//! | role | class, as in Highlight.js | token in Ace's Python mode |
//! |---|---|---|
//! | keyword | `hljs-keyword` | `keyword` |
//! | built-in function or type | `hljs-built_in` | `support.function` |
//! | constant of the language | `hljs-literal` | `constant.language` |
//! | `self`, `cls` | `hljs-variable language_` | `variable.language` |
//! | number | `hljs-number` | `constant.numeric` |
//! | string, with prefix and quotes | `hljs-string` | `string` |
//! | escape in a string, doubled brace | `hljs-char escape_` | `constant.language.escape` |
//! | replacement field in a string | `hljs-subst` | `paren.lparen` ... `paren.rparen` |
//! | comment | `hljs-comment` | `comment` |
//! | decorator | `hljs-meta` | `keyword.operator`, `identifier` |
//! | name after `def` | `hljs-title function_` | `entity.name.function` |
//! | name after `class` or `type` | `hljs-title class_` | `entity.name.function` |
//! | name, attribute, operator, bracket | none | `identifier`, `function.support`, `keyword.operator`, `punctuation`, `paren` |

use std::sync::LazyLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::dumps::from_uncompressed_data;
use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxSet};

/// What stands between the quotes of `class="..."`.
type Class = &'static str;

/// The scopes of the grammar that have a class, the more special ones first.
const CLASSES: [(&str, Class); 12] = [
    ("keyword", "hljs-keyword"),
    ("support.function", "hljs-built_in"),
    ("constant.language", "hljs-literal"),
    ("variable.language", "hljs-variable language_"),
    ("constant.numeric", "hljs-number"),
    ("string", "hljs-string"),
    ("constant.character.escape", "hljs-char escape_"),
    ("meta.interpolation", "hljs-subst"),
    ("comment", "hljs-comment"),
    ("meta.annotation", "hljs-meta"),
    ("entity.name.function", "hljs-title function_"),
    ("entity.name.class", "hljs-title class_"),
];

static PYTHON: LazyLock<Grammar> = LazyLock::new(Grammar::python);

/// Colours source code as HTML, with the class names of Highlight.js.
///
/// It costs nothing until the first code arrives; then the grammar is loaded, once per process.
///
/// ```
/// let highlighter = pyfence::Highlighter::new();
/// assert_eq!(
///     highlighter.highlight("if a < 1:", "python").as_deref(),
///     Some(r#"<span class="hljs-keyword">if</span> a &lt; <span class="hljs-number">1</span>:"#),
/// );
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Highlighter;

impl Highlighter {
    /// A highlighter; one is as good as another.
    ///
    /// ```
    /// let highlighter = pyfence::Highlighter::new();
    /// let elsewhere = std::thread::spawn(move || highlighter.highlight("1", "py"));
    /// assert_eq!(elsewhere.join().unwrap(), highlighter.highlight("1", "py"));
    /// ```
    pub fn new() -> Self {
        Self
    }

    /// The HTML of `code`: escaped, with a `<span class="hljs-...">` around what has a colour.
    /// Its text is `code`, whatever mistakes are in there.
    ///
    /// `language` is what an author writes behind a fence, such as `python`, `python3`, `py` or
    /// `pyodide`. `None` if the language isn't known.
    ///
    /// ```
    /// let highlighter = pyfence::Highlighter::new();
    /// let unfinished = highlighter.highlight("'<b>", "Python");
    /// assert_eq!(unfinished.as_deref(), Some("<span class=\"hljs-string\">'&lt;b&gt;</span>"));
    /// assert_eq!(highlighter.highlight("10 PRINT", "basic"), None);
    /// ```
    pub fn highlight(&self, code: &str, language: &str) -> Option<String> {
        let names = ["python", "python3", "py", "pyodide"];
        let known = names.iter().any(|name| language.eq_ignore_ascii_case(name));
        known.then(|| PYTHON.paint(code))
    }
}

/// A linked grammar, and the classes of its scopes.
struct Grammar {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, Class)>,
}

impl Grammar {
    fn python() -> Self {
        let linked = include_bytes!(concat!(env!("OUT_DIR"), "/python.packdump"));
        let scope = |name| Scope::new(name).expect("a scope has at most eight atoms");
        Self {
            syntaxes: from_uncompressed_data(linked).expect("the build script has just linked it"),
            classes: CLASSES.map(|(name, class)| (scope(name), class)).into(),
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
                    ScopeStackOp::Push(scope) => painter.push(self.class(scope)),
                    ScopeStackOp::Pop(count) => painter.pop(count),
                    // Neither is in a grammar without `clear_scopes`.
                    ScopeStackOp::Clear(_) | ScopeStackOp::Restore | ScopeStackOp::Noop => {}
                }
            }
            painter.text(&line[painted..]);
        }
        painter.finish()
    }

    fn class(&self, scope: Scope) -> Option<Class> {
        let mut classes = self.classes.iter();
        classes
            .find(|(prefix, _)| prefix.is_prefix_of(scope))
            .map(|&(_, class)| class)
    }
}

/// Writes text in nested spans, as few as will do: a scope without a class of its own has none,
/// nor has white space, and text that follows text of the same class stays in its span.
struct Painter {
    html: String,
    /// Of each scope that the text is in: did it add a class?
    scopes: Vec<bool>,
    /// The classes of the text to come, the outermost first.
    classes: Vec<Class>,
    /// The classes of the spans that are open.
    open: Vec<Class>,
}

impl Painter {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            html: String::with_capacity(bytes),
            scopes: Vec::new(),
            classes: Vec::new(),
            open: Vec::new(),
        }
    }

    fn push(&mut self, class: Option<Class>) {
        let class = class.filter(|class| self.classes.last() != Some(class));
        self.scopes.push(class.is_some());
        self.classes.extend(class);
    }

    fn pop(&mut self, count: usize) {
        let rest = self.scopes.len().saturating_sub(count);
        let added = self.scopes.drain(rest..).filter(|added| *added).count();
        self.classes.truncate(self.classes.len() - added);
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let both = self.open.iter().zip(&self.classes);
        let kept = both.take_while(|(open, class)| open == class).count();
        self.close_to(kept);
        if !text.trim().is_empty() {
            for class in &self.classes[kept..] {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
                self.open.push(class);
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
        for _ in self.open.drain(depth..) {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close_to(0);
        self.html
    }
}
