//! From an author's words to a [`Block`]: options are read, checked and merged with defaults.

use std::collections::HashSet;
use std::ops::Range;

use crate::block::Block;
use crate::block::options::{BlockOptions, HIDELINES};
use crate::error::{Error, ErrorKind, Source};
use crate::html::hidden_lines;
use crate::syntax::fence;
use crate::syntax::option_list::{self, Attribute};
use crate::syntax::shortcode::Call;

/// Reads the blocks of one page.
pub(crate) struct BlockReader<'a> {
    pub source: Source<'a>,
    /// The defaults of the page, merged with those of the site.
    pub defaults: BlockOptions,
    /// What lines start with that run and aren't shown.
    pub hidden_line_prefix: Option<&'a str>,
    /// Whether a fence may name that itself.
    pub reads_hidelines: bool,
    /// Why ordinary fences stay code whatever they state, and what to do about it.
    pub stock_fences_stay_code: Option<&'a (String, String)>,
}

impl BlockReader<'_> {
    /// The block of a fence with this option list; `span` is the fence in the page's source.
    ///
    /// Mistakes go to `errors`, all of them; the block has the options that are right.
    pub fn fence(
        &self,
        list: &str,
        code: String,
        span: Range<usize>,
        errors: &mut Vec<Error>,
    ) -> Block {
        let opening = fence::opening_line(self.source.text, span.start);
        let list_start = fence::locate_options(self.source.text, span.start, list);
        // Where escapes changed the list, a part of it can't be pointed at: the line is.
        let place = |part: Range<usize>| match list_start {
            Some(start) => start + part.start..start + part.end,
            None => opening.clone(),
        };
        let (words, mistakes) = option_list::parse(list);
        for mistake in mistakes {
            errors.push(
                Error::new(ErrorKind::Syntax, mistake.message)
                    .at(&self.source, place(mistake.span))
                    .help(mistake.help),
            );
        }
        let mut known = HashSet::new();
        for word in &words {
            if !known.insert(word.name.as_str()) {
                let message = format!("option `{}` is given twice", word.name);
                errors.push(
                    Error::new(ErrorKind::Syntax, message)
                        .at(&self.source, place(word.name_span.clone()))
                        .help("remove one of them"),
                );
            }
        }
        let (hidelines, words): (Vec<_>, Vec<_>) = words
            .into_iter()
            .partition(|word| self.reads_hidelines && word.name == HIDELINES);
        let prefix = hidelines.last().map(|word| word.value.to_string());
        let stated = self.read(&words, place, errors);
        let prefix = prefix.as_deref().or(self.hidden_line_prefix);
        self.block(stated, code, prefix, span, opening)
    }

    /// The block of a `pyodide` shortcode.
    pub fn shortcode(&self, call: &Call, code: String, errors: &mut Vec<Error>) -> Block {
        // As in Zola, the last one of two arguments of a name counts: it is read last.
        let stated = self.read(&call.arguments, |span| span, errors);
        let prefix = self.hidden_line_prefix;
        self.block(stated, code, prefix, call.span.clone(), call.tag.clone())
    }

    fn read(
        &self,
        words: &[Attribute],
        place: impl Fn(Range<usize>) -> Range<usize>,
        errors: &mut Vec<Error>,
    ) -> BlockOptions {
        let mut options = BlockOptions::default();
        for word in words {
            if let Err(wrong) = options.set(&word.name, word.value.clone()) {
                let (name, value) = (word.name_span.clone(), word.value_span.clone());
                errors.push(wrong.at(&self.source, place(name), place(value)));
            }
        }
        options
    }

    fn block(
        &self,
        stated: BlockOptions,
        code: String,
        hidden_line_prefix: Option<&str>,
        span: Range<usize>,
        opening: Range<usize>,
    ) -> Block {
        let (code, hidden_lines) = match hidden_line_prefix {
            Some(prefix) if !prefix.is_empty() => hidden_lines::split(&code, prefix),
            _ => (code, Vec::new()),
        };
        Block {
            code,
            hidden_lines,
            states_version: stated.version.is_some(),
            options: stated.or(&self.defaults),
            span,
            opening,
        }
    }
}
