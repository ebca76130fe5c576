//! Option lists as a fence writes them: `session="x" install=griffe,height=12`.

use std::ops::Range;

use crate::block::options::BlockOptions;
use crate::block::raw_value::RawValue;

/// A name with a value, and where both stand.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attribute {
    pub name: String,
    pub name_span: Range<usize>,
    pub value: RawValue,
    pub value_span: Range<usize>,
}

/// Text in an option list that is not an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AttributeError {
    pub message: String,
    pub help: String,
    pub span: Range<usize>,
}

/// Reads an option list. Options are separated by spaces or commas; a value is bare, or in `"`,
/// `'` or backticks, without escapes (as in Zola's shortcodes). Spans are bytes of `list`.
///
/// What can be read is returned beside what can't, so that one slip doesn't hide the next.
pub(crate) fn parse(list: &str) -> (Vec<Attribute>, Vec<AttributeError>) {
    let mut reader = Reader { list, at: 0 };
    let mut attributes = Vec::new();
    let mut errors = Vec::new();
    while reader.skip_separators() {
        match reader.attribute(attributes.last()) {
            Ok(attribute) => attributes.push(attribute),
            Err(error) => errors.push(error),
        }
    }
    (attributes, errors)
}

struct Reader<'a> {
    list: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// Moves to the next option; false at the end.
    fn skip_separators(&mut self) -> bool {
        self.take_while(|c| c.is_whitespace() || c == ',');
        self.at < self.list.len()
    }

    fn attribute(&mut self, before: Option<&Attribute>) -> Result<Attribute, AttributeError> {
        let name_span = self.take_while(|c| c != '=' && !ends_bare_text(c));
        let name = self.list[name_span.clone()].to_owned();
        if !self.skip_equals() {
            return Err(self.no_value(&name, name_span, before));
        }
        let value_span = self.value(&name)?;
        if name.is_empty() {
            return Err(AttributeError {
                message: "a value without an option's name before it".to_owned(),
                help: "write it as name=\"value\"".to_owned(),
                span: name_span.start..value_span.end.max(name_span.start + 1),
            });
        }
        Ok(Attribute {
            name,
            name_span,
            value: RawValue::Text(self.list[value_span.clone()].to_owned()),
            value_span,
        })
    }

    /// Passes over `=` with the spaces around it; stays where it is if there is none.
    fn skip_equals(&mut self) -> bool {
        let rest = self.list[self.at..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            return false;
        };
        self.at = self.list.len() - value.trim_start().len();
        true
    }

    fn no_value(
        &self,
        name: &str,
        span: Range<usize>,
        before: Option<&Attribute>,
    ) -> AttributeError {
        // A quoted value is whole; what follows a bare one may be the rest of it.
        let separator = before.map(|option| &self.list[option.value_span.end..span.start]);
        let belongs = before.zip(separator).filter(|(_, separator)| {
            separator.ends_with(',') || !separator.starts_with(['"', '\'', '`'])
        });
        AttributeError {
            message: format!("`{name}` has no value"),
            help: match belongs {
                _ if BlockOptions::is_switch(name) => format!("write it as {name}=yes"),
                Some((option, separator)) => format!(
                    "if it belongs to `{0}`, put all of it in quotes: {0}=\"{1}{separator}{name}\"",
                    option.name,
                    shortened(&option.value.to_string())
                ),
                None => format!("write it as {name}=\"value\""),
            },
            span,
        }
    }

    fn value(&mut self, name: &str) -> Result<Range<usize>, AttributeError> {
        let rest = &self.list[self.at..];
        if rest.starts_with(CURLY_QUOTES) {
            return Err(self.curly_quotes(name));
        }
        let Some(quote) = rest.chars().next().filter(|c| ['"', '\'', '`'].contains(c)) else {
            return Ok(self.take_while(|c| !ends_bare_text(c)));
        };
        let start = self.at + 1;
        match self.list[start..].find(quote) {
            Some(length) => {
                self.at = start + length + 1;
                Ok(start..start + length)
            }
            None => {
                let span = self.at..self.list.len();
                self.at = self.list.len();
                Err(AttributeError {
                    message: format!("the value of `{name}` has no closing {quote}"),
                    help: "close it; a value that holds this quote can stand in another one: \", ' or `"
                        .to_owned(),
                    span,
                })
            }
        }
    }

    /// A value in the quotes that word processors make.
    fn curly_quotes(&mut self, name: &str) -> AttributeError {
        let start = self.at;
        let value = self.list[start..].trim_start_matches(CURLY_QUOTES);
        let from = self.list.len() - value.len();
        let length = value.find(CURLY_QUOTES).unwrap_or_else(|| {
            let bare = value.find(ends_bare_text);
            bare.unwrap_or(value.len())
        });
        let rest = &value[length..];
        self.at = self.list.len() - rest.trim_start_matches(CURLY_QUOTES).len();
        let value = shortened(&self.list[from..from + length]);
        AttributeError {
            message: format!("the quotes around the value of `{name}` are curly ones"),
            help: format!("write it in straight ones: {name}=\"{value}\""),
            span: start..self.at,
        }
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        let rest = &self.list[start..];
        self.at = start + rest.find(|c| !keep(c)).unwrap_or(rest.len());
        start..self.at
    }
}

pub(crate) const CURLY_QUOTES: [char; 5] = ['“', '”', '„', '‘', '’'];

/// A value as messages repeat it: each word of a long list would have all of it.
fn shortened(value: &str) -> String {
    const SHOWN_CHARACTERS: usize = 60;
    match value.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}...", &value[..end]),
        None => value.to_owned(),
    }
}

fn ends_bare_text(character: char) -> bool {
    character.is_whitespace() || character == ','
}
