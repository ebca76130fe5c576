//! The tags of shortcodes: `{{ name(key=value) }}`, `{% name() %}`, `{% end %}` and their escaped
//! forms.

use std::ops::Range;

use crate::block::raw_value::RawValue;
use crate::syntax::option_list::Attribute;

/// A tag at some place of the text.
pub(super) enum Tag {
    Inline(Head),
    EscapedInline(Head),
    BodyStart(Head),
    EscapedBodyStart(Head),
    BodyEnd(usize),
    EscapedBodyEnd(usize),
}

impl Tag {
    /// Where it ends.
    pub fn end(&self) -> usize {
        match self {
            Tag::Inline(head)
            | Tag::EscapedInline(head)
            | Tag::BodyStart(head)
            | Tag::EscapedBodyStart(head) => head.end,
            Tag::BodyEnd(end) | Tag::EscapedBodyEnd(end) => *end,
        }
    }
}

/// The name and the arguments of a tag, and where it ends.
pub(super) struct Head {
    pub name: String,
    pub arguments: Vec<Attribute>,
    pub end: usize,
}

/// The tag that starts at `at`, if what stands there is exactly one.
pub(super) fn read_tag(source: &str, at: usize) -> Option<Tag> {
    let rest = &source[at..];
    if rest.starts_with("{{/*") {
        read_head(source, at + 4, "*/}}").map(Tag::EscapedInline)
    } else if rest.starts_with("{{") {
        read_head(source, at + 2, "}}").map(Tag::Inline)
    } else if rest.starts_with("{%/*") {
        read_end(source, at + 4, "*/%}")
            .map(Tag::EscapedBodyEnd)
            .or_else(|| read_head(source, at + 4, "*/%}").map(Tag::EscapedBodyStart))
    } else if rest.starts_with("{%") {
        read_end(source, at + 2, "%}")
            .map(Tag::BodyEnd)
            .or_else(|| read_head(source, at + 2, "%}").map(Tag::BodyStart))
    } else {
        None
    }
}

/// `end` and the closing marker; returns where the tag ends.
fn read_end(source: &str, at: usize, close: &str) -> Option<usize> {
    let mut reader = Reader { source, at };
    reader.skip_whitespace();
    reader.expect("end")?;
    reader.skip_whitespace();
    reader.expect(close)?;
    Some(reader.at)
}

/// `name(arguments)` and the closing marker.
fn read_head(source: &str, at: usize, close: &str) -> Option<Head> {
    let mut reader = Reader { source, at };
    reader.skip_whitespace();
    let name = reader.identifier()?;
    reader.skip_whitespace();
    reader.expect("(")?;
    let arguments = reader.arguments()?;
    reader.skip_whitespace();
    reader.expect(close)?;
    Some(Head {
        name: source[name].to_owned(),
        arguments,
        end: reader.at,
    })
}

/// How deep arrays may nest in an argument.
const MAX_DEPTH: usize = 64;

struct Reader<'a> {
    source: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// The arguments up to and with the `)`. A missing comma between two is accepted, a trailing
    /// one is not, as in Zola.
    fn arguments(&mut self) -> Option<Vec<Attribute>> {
        let mut arguments = Vec::new();
        loop {
            self.skip_whitespace();
            if self.expect(")").is_some() {
                return Some(arguments);
            }
            if !arguments.is_empty() && self.expect(",").is_some() {
                self.skip_whitespace();
            }
            arguments.push(self.argument()?);
        }
    }

    fn argument(&mut self) -> Option<Attribute> {
        let name_span = self.identifier()?;
        self.skip_whitespace();
        self.expect("=")?;
        self.skip_whitespace();
        let start = self.at;
        let value = self.value(0)?;
        Some(Attribute {
            name: self.source[name_span.clone()].to_owned(),
            name_span,
            value,
            value_span: start..self.at,
        })
    }

    fn value(&mut self, depth: usize) -> Option<RawValue> {
        if self.expect("true").is_some() {
            return Some(RawValue::Bool(true));
        }
        if self.expect("false").is_some() {
            return Some(RawValue::Bool(false));
        }
        match self.peek()? {
            quote @ (b'"' | b'\'' | b'`') => self.string(char::from(quote)),
            b'[' if depth < MAX_DEPTH => self.list(depth),
            _ => self.number(),
        }
    }

    fn string(&mut self, quote: char) -> Option<RawValue> {
        let start = self.at + 1;
        let length = self.source[start..].find(quote)?;
        self.at = start + length + 1;
        Some(RawValue::Text(
            self.source[start..start + length].to_owned(),
        ))
    }

    fn list(&mut self, depth: usize) -> Option<RawValue> {
        self.expect("[")?;
        let mut items = Vec::new();
        loop {
            self.skip_whitespace();
            if self.expect("]").is_some() {
                return Some(RawValue::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.skip_whitespace();
            if self.expect(",").is_none() && self.peek() != Some(b']') {
                return None;
            }
        }
    }

    fn number(&mut self) -> Option<RawValue> {
        let start = self.at;
        let _sign = self.expect("-");
        // A number doesn't start with a zero, unless it is zero: `01` is no argument.
        if self.expect("0").is_none() && self.digits() == 0 {
            return None;
        }
        let whole = self.at;
        if self.expect(".").is_some() && self.digits() > 0 {
            return self.source[start..self.at]
                .parse()
                .ok()
                .map(RawValue::Float);
        }
        self.at = whole;
        self.source[start..whole]
            .parse()
            .ok()
            .map(RawValue::Integer)
    }

    fn digits(&mut self) -> usize {
        let rest = &self.source.as_bytes()[self.at..];
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn identifier(&mut self) -> Option<Range<usize>> {
        let rest = &self.source.as_bytes()[self.at..];
        let length = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
            .count();
        if length == 0 || rest[0].is_ascii_digit() {
            return None;
        }
        self.at += length;
        Some(self.at - length..self.at)
    }

    fn skip_whitespace(&mut self) {
        let rest = &self.source.as_bytes()[self.at..];
        self.at += rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            .count();
    }

    fn expect(&mut self, word: &str) -> Option<()> {
        self.source[self.at..]
            .starts_with(word)
            .then(|| self.at += word.len())
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }
}
