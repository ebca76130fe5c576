//! Shortcodes out of the Markdown: what a Markdown parser then reads, and what replaces its placeholders.
//!
//! `.md` shortcodes are replaced by their output; `.html` shortcodes and blocks leave a
//! placeholder, a word that Markdown passes through, and [`crate::page::fences_to_blocks`] puts the output in
//! its place among the events. A `pyodide` fence is opaque: nothing in it is expanded.

mod components;
mod expansion;
mod fence_spans;
mod placeholders;
mod source_map;

use std::ops::Range;

use pulldown_cmark::Options;

use crate::block::read::BlockReader;
use crate::error::{Error, ErrorKind};
use crate::html::templates::Templates;
use crate::page::dialect::Dialect;
use crate::syntax::shortcode::{self, Piece, ShortcodeError};

pub(crate) use placeholders::{Part, Placeholders, Replacement};
pub(crate) use source_map::SourceMap;

use expansion::Expansion;
use fence_spans::{OpaqueFences, opaque_fences};

/// Markdown without shortcodes.
pub(crate) struct Expanded {
    /// `None` where it is the author's own.
    pub text: Option<String>,
    pub map: SourceMap,
    pub placeholders: Placeholders,
    /// What was replaced, in the order of the page: where it stood, and by what.
    pub replaced: Vec<(Range<usize>, CallOutput)>,
    pub errors: Vec<Error>,
    /// Calls of components that nobody has defined, that never end, or that stand in a shortcode.
    pub unread_components: Vec<Range<usize>>,
}

impl Expanded {
    /// A page in which nothing was replaced.
    fn as_written() -> Self {
        Self {
            text: None,
            map: SourceMap::default(),
            placeholders: Placeholders::none(),
            replaced: Vec::new(),
            errors: Vec::new(),
            unread_components: Vec::new(),
        }
    }
}

/// What stands in the place of a call.
pub(crate) enum CallOutput {
    /// Markdown, with placeholders.
    Markdown(String),
    /// The text that an escaped call stands for.
    Text(String),
}

/// Replaces the shortcodes of a page.
pub(crate) struct Expander<'r> {
    pub reader: &'r BlockReader<'r>,
    pub templates: &'r Templates,
    pub markdown_options: Options,
    pub variables: &'r tera::Context,
}

impl Expander<'_> {
    /// Expands all shortcodes, and the components that the templates have.
    pub fn expand(self) -> Expanded {
        let text = self.reader.source.text;
        let components = components::of_page(text, self.markdown_options);
        let mut unread = Vec::new();
        let mut expanded = self.expand_pieces(|pieces, mistakes, templates| {
            let found = (pieces, mistakes);
            let (found, not_read) = components::among(found, components, templates);
            unread = not_read;
            found
        });
        expanded.unread_components = unread;
        expanded
    }

    /// Expands blocks and the shortcodes that have a template here. All else stays as it stands,
    /// for the generator that reads the text next: of this dialect.
    pub fn expand_known(self, dialect: Dialect) -> Expanded {
        if dialect == Dialect::Markdown {
            return Expanded::as_written();
        }
        self.expand_pieces(|pieces, mut mistakes, templates| {
            // There, other tags are a template's, and it is Zola that pairs them.
            if dialect == Dialect::Templates {
                mistakes.retain(|mistake| {
                    let opened = mistake.opened.as_deref();
                    opened.is_some_and(|name| templates.is_known(name))
                });
            }
            (known_pieces(pieces, templates), mistakes)
        })
    }

    fn expand_pieces(
        self,
        select: impl FnOnce(Vec<Piece>, Vec<ShortcodeError>, &Templates) -> Found,
    ) -> Expanded {
        let source = self.reader.source.clone();
        let text = source.text;
        if !shortcode::may_be_in(text) {
            return Expanded::as_written();
        }
        let OpaqueFences { fences, unsettled } = opaque_fences(text, self.markdown_options);
        let spans: Vec<_> = fences.iter().map(|fence| fence.span.clone()).collect();
        let (pieces, mistakes) = shortcode::parse(text, &spans);
        let (pieces, mistakes) = select(pieces, mistakes, self.templates);
        let errors = mistakes
            .into_iter()
            .map(|mistake| {
                Error::new(ErrorKind::Syntax, mistake.message)
                    .at(&source, mistake.span)
                    .help(mistake.help)
            })
            .chain(unsettled.map(|call| {
                let message = "shortcodes and `pyodide` fences hold each other too many times";
                Error::new(ErrorKind::Syntax, message)
                    .at(&source, call)
                    .help("end what was opened before this shortcode; to show a tag, write {%/* end */%}")
            }))
            .collect();
        Expansion::new(self, fences, errors).page_text(&pieces)
    }
}

/// What a page has of shortcodes, and what is wrong with their tags.
type Found = (Vec<Piece>, Vec<ShortcodeError>);

/// The pieces that stand for themselves here; those in the body of an unknown call among them.
fn known_pieces(pieces: Vec<Piece>, templates: &Templates) -> Vec<Piece> {
    let mut known = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Opaque { .. } | Piece::Escaped { .. } | Piece::Component { .. } => {
                known.push(piece);
            }
            Piece::Call(call) if templates.is_known(&call.name) => known.push(Piece::Call(call)),
            Piece::Call(call) => {
                let inner = call.body.map(|body| body.pieces).unwrap_or_default();
                known.extend(known_pieces(inner, templates));
            }
        }
    }
    known
}
