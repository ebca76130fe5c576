//! From an author's words to a [`Block`]: options are read, checked and merged with defaults.

use std::ops::Range;

use crate::block::Block;
use crate::error::{Error, ErrorKind, Source};
use crate::options::BlockOptions;
use crate::syntax::attributes::{self, Attribute};
use crate::syntax::fence;
use crate::syntax::shortcode::Call;

/// Reads the blocks of one page.
pub(crate) struct BlockReader<'a> {
    pub source: Source<'a>,
    /// The defaults of the page, merged with those of the site.
    pub defaults: BlockOptions,
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
        let (words, mistakes) = attributes::parse(list);
        for mistake in mistakes {
            errors.push(
                Error::new(ErrorKind::Syntax, mistake.message)
                    .at(&self.source, place(mistake.span))
                    .help(mistake.help),
            );
        }
        for (index, word) in words.iter().enumerate() {
            if words[..index]
                .iter()
                .any(|earlier| earlier.name == word.name)
            {
                let message = format!("option `{}` is given twice", word.name);
                errors.push(
                    Error::new(ErrorKind::Syntax, message)
                        .at(&self.source, place(word.name_span.clone()))
                        .help("remove one of them"),
                );
            }
        }
        let stated = self.read(&words, place, errors);
        self.block(stated, code, span, opening)
    }

    /// The block of a `pyodide` shortcode.
    pub fn shortcode(&self, call: &Call, code: String, errors: &mut Vec<Error>) -> Block {
        // As in Zola, the last one of two arguments of a name counts: it is read last.
        let stated = self.read(&call.arguments, |span| span, errors);
        self.block(stated, code, call.span.clone(), call.tag.clone())
    }

    fn read(
        &self,
        words: &[Attribute],
        place: impl Fn(Range<usize>) -> Range<usize>,
        errors: &mut Vec<Error>,
    ) -> BlockOptions {
        let mut options = BlockOptions::default();
        for word in words {
            let Err(error) = options.set(&word.name, &word.value) else {
                continue;
            };
            let span = if error.name_is_wrong {
                &word.name_span
            } else {
                &word.value_span
            };
            errors.push(Error::from(error).at(&self.source, place(span.clone())));
        }
        options
    }

    fn block(
        &self,
        stated: BlockOptions,
        code: String,
        span: Range<usize>,
        opening: Range<usize>,
    ) -> Block {
        Block {
            code,
            states_version: stated.version.is_some(),
            options: stated.or(&self.defaults),
            span,
            opening,
        }
    }
}
