//! Shortcodes out of the Markdown: what a Markdown parser then reads, and what replaces its placeholders.
//!
//! `.md` shortcodes are replaced by their output; `.html` shortcodes and blocks leave a
//! placeholder, a word that Markdown passes through, and [`crate::page::fences_to_blocks`] puts the output in
//! its place among the events. A `pyodide` fence is opaque: nothing in it is expanded.

mod components;
mod fence_spans;
mod placeholders;
mod source_map;

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::Options;

use crate::block::read::BlockReader;
use crate::error::{Error, ErrorKind, nearest};
use crate::html::templates::{ShortcodeKind, Templates};
use crate::page::rewrite::Dialect;
use crate::syntax::dedent::dedent;
use crate::syntax::fence::{self, FENCE_WORD};
use crate::syntax::line_ends::with_line_feeds;
use crate::syntax::line_prefix::containers_of;
use crate::syntax::shortcode::{self, Body, Call, Piece, ShortcodeError};

pub(crate) use placeholders::{Part, Placeholders, Replacement};
pub(crate) use source_map::SourceMap;

use fence_spans::{OpaqueFence, OpaqueFences, opaque_fences};

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
        let expansion = Expansion {
            placeholders: Placeholders::new(text),
            calls: HashMap::new(),
            errors,
            fences,
            page: self,
        };
        expansion.page_text(&pieces)
    }
}

/// What a page has of shortcodes, and what is wrong with their tags.
type Found = (Vec<Piece>, Vec<ShortcodeError>);

/// The expansion of one page.
struct Expansion<'r> {
    page: Expander<'r>,
    fences: Vec<OpaqueFence>,
    placeholders: Placeholders,
    /// How often each shortcode was called: `nth` counts from 1, an outer call before its inner.
    calls: HashMap<String, usize>,
    errors: Vec<Error>,
}

impl Expansion<'_> {
    fn page_text(mut self, pieces: &[Piece]) -> Expanded {
        let source = self.page.reader.source.text;
        let mut text = String::with_capacity(source.len());
        let mut map = SourceMap::default();
        let mut replaced = Vec::new();
        let mut at = 0;
        for piece in pieces {
            let span = piece.span();
            map.copied(text.len(), at);
            text.push_str(&source[at..span.start]);
            map.made(text.len(), span.start);
            match piece {
                Piece::Opaque { .. } => {
                    map.copied(text.len(), span.start);
                    text.push_str(&source[span.clone()]);
                }
                Piece::Escaped { text: plain, .. } => {
                    text.push_str(plain);
                    replaced.push((span.clone(), CallOutput::Text(plain.clone())));
                }
                Piece::Call(call) => {
                    let output = self.call_in_page(call);
                    text.push_str(&output);
                    replaced.push((span.clone(), CallOutput::Markdown(output)));
                }
                Piece::Component { .. } => {
                    let output = self.component(span.clone());
                    text.push_str(&output);
                    replaced.push((span.clone(), CallOutput::Markdown(output)));
                }
            }
            at = span.end;
        }
        map.copied(text.len(), at);
        text.push_str(&source[at..]);
        Expanded {
            text: Some(text),
            map,
            placeholders: self.placeholders,
            replaced,
            errors: self.errors,
            unread_components: Vec::new(),
        }
    }

    /// The Markdown that a call of a component becomes.
    fn component(&mut self, span: Range<usize>) -> String {
        let source = &self.page.reader.source;
        let call = &source.text[span.clone()];
        let rendered = self.page.templates.render_text(call, self.page.variables);
        let rendered = rendered.map(|output| with_line_feeds(&output).into_owned());
        rendered.unwrap_or_else(|error| {
            let error = Error::new(ErrorKind::Template, "this component failed")
                .at(source, span)
                .caused_by(error);
            self.errors.push(error);
            String::new()
        })
    }

    /// The text that takes a call's place in the page's Markdown.
    fn call_in_page(&mut self, call: &Call) -> String {
        if call.name == FENCE_WORD {
            return self.block_of_call(call);
        }
        match self.render(call) {
            Some((ShortcodeKind::Markdown, output)) => output,
            Some((ShortcodeKind::Html, output)) => self.placeholders.add(Replacement::Html(output)),
            None => String::new(),
        }
    }

    /// The text that takes a call's place in the body of another one: its output, whatever it is.
    fn call_in_body(&mut self, call: &Call) -> String {
        if call.name == FENCE_WORD {
            let placeholder = self.block_of_call(call);
            return as_html_block(&placeholder);
        }
        self.render(call)
            .map(|(_, output)| output)
            .unwrap_or_default()
    }

    fn render(&mut self, call: &Call) -> Option<(ShortcodeKind, String)> {
        let nth = self.count(&call.name);
        let body = call.body.as_ref().map(|body| self.body_text(body));
        let Some(kind) = self.page.templates.shortcode_kind(&call.name) else {
            self.unknown_shortcode(call);
            return None;
        };
        let mut context = tera::Context::new();
        for argument in &call.arguments {
            context.insert(argument.name.clone(), &argument.value);
        }
        if let Some(body) = &body {
            context.insert("body", body.trim_end());
        }
        context.insert("nth", &nth);
        context.extend(self.page.variables.clone());
        match self
            .page
            .templates
            .render_shortcode(&call.name, kind, &context)
        {
            Ok(output) => {
                let output = output.replace("\r\n", "\n");
                Some((kind, with_line_feeds(&output).into_owned()))
            }
            Err(error) => {
                let title = format!("shortcode `{}` failed", call.name);
                self.errors.push(
                    Error::new(ErrorKind::Template, title)
                        .at(&self.page.reader.source, call.tag.clone())
                        .caused_by(error),
                );
                None
            }
        }
    }

    fn count(&mut self, name: &str) -> usize {
        let count = self.calls.entry(name.to_owned()).or_insert(0);
        *count += 1;
        *count
    }

    fn unknown_shortcode(&mut self, call: &Call) {
        let names = self.page.templates.shortcode_names();
        let known = nearest(&call.name, names.iter().map(String::as_str));
        let message = match known {
            Some(known) => format!("unknown shortcode `{}`; did you mean `{known}`?", call.name),
            None => format!("unknown shortcode `{}`", call.name),
        };
        let help = format!(
            "a shortcode is a file templates/shortcodes/{}.html or .md; to show the call itself, \
             write it as {{{{/* {}() */}}}}; in Python code, use a ```pyodide fence: nothing in it is a call",
            call.name, call.name
        );
        self.errors.push(
            Error::new(ErrorKind::UnknownShortcode, message)
                .at(&self.page.reader.source, call.tag.clone())
                .help(help),
        );
    }

    /// A body with what is special in it replaced.
    fn body_text(&mut self, body: &Body) -> String {
        let source = self.page.reader.source.text;
        let trimmed = trimmed(source, body.span.clone());
        let mut text = String::new();
        let mut at = trimmed.start;
        for piece in &body.pieces {
            let span = piece.span();
            text.push_str(&source[at..span.start]);
            match piece {
                Piece::Opaque { index, .. } => text.push_str(&self.fence_in_body(*index)),
                Piece::Escaped { text: plain, .. } => text.push_str(plain),
                Piece::Call(call) => text.push_str(&self.call_in_body(call)),
                Piece::Component { .. } => text.push_str(&source[span.clone()]),
            }
            at = span.end;
        }
        text.push_str(&source[at..trimmed.end.max(at)]);
        text
    }

    fn fence_in_body(&mut self, index: usize) -> String {
        let fence = &self.fences[index];
        let list = fence::options_of(&fence.info).unwrap_or_default();
        let reader = self.page.reader;
        let block = reader.fence(
            list,
            fence.code.clone(),
            fence.span.clone(),
            &mut self.errors,
        );
        let written = reader.source.text[fence.span.clone()].to_owned();
        let block = Box::new(block);
        let placeholder = self.placeholders.add(Replacement::Block { block, written });
        as_html_block(&placeholder)
    }

    fn block_of_call(&mut self, call: &Call) -> String {
        self.count(&call.name);
        let reader = self.page.reader;
        let body = call.body.as_ref();
        if body.is_none() {
            self.errors.push(
                Error::warning(ErrorKind::Syntax, "this block has no code")
                    .at(&reader.source, call.tag.clone())
                    .help("code stands between {% pyodide() %} and {% end %}; an editor without code is an empty ```pyodide fence"),
            );
        }
        let code = body
            .map(|body| self.code_of(call, body))
            .unwrap_or_default();
        let block = reader.shortcode(call, code, &mut self.errors);
        let written = reader.source.text[call.span.clone()].to_owned();
        let block = Box::new(block);
        self.placeholders.add(Replacement::Block { block, written })
    }

    /// The code in a `pyodide` shortcode: without the indent and the `>` of the list or quote
    /// that the tags stand in, so that the code begins where its author sees it begin.
    fn code_of(&mut self, call: &Call, body: &Body) -> String {
        let source = self.page.reader.source.text;
        if let Some(inner) = body.pieces.iter().find_map(inner_block) {
            self.errors.push(
                Error::new(ErrorKind::Misplaced, "a block can't stand inside a block")
                    .at(&self.page.reader.source, inner)
                    .help(
                        "code that holds fences or shortcodes stands safely in a ```pyodide fence",
                    ),
            );
            return String::new();
        }
        let line_start = self.page.reader.source.line_around(call.tag.start).start;
        let containers = containers_of(&source[line_start..call.tag.start]);
        let quotes = containers.matches('>').count();
        let mut code = String::new();
        let mut at = body.span.start;
        for piece in &body.pieces {
            code.push_str(&source[at..piece.span().start]);
            match piece {
                Piece::Escaped { text, .. } => code.push_str(text),
                Piece::Call(call) => code.push_str(&self.call_in_body(call)),
                Piece::Opaque { .. } | Piece::Component { .. } => {}
            }
            at = piece.span().end;
        }
        code.push_str(&source[at..body.span.end]);
        dedent(&code, quotes)
    }
}

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

fn inner_block(piece: &Piece) -> Option<Range<usize>> {
    match piece {
        Piece::Call(call) if call.name == FENCE_WORD => Some(call.tag.clone()),
        Piece::Opaque { span, .. } => Some(span.clone()),
        _ => None,
    }
}

/// A placeholder that stays alone when it is read as Markdown once more, by a `markdown` filter:
/// a line that starts with `<div>` is an HTML block wherever it stands.
fn as_html_block(placeholder: &str) -> String {
    format!("<div>{placeholder}</div>")
}

fn trimmed(source: &str, span: Range<usize>) -> Range<usize> {
    let text = &source[span.clone()];
    let start = span.start + (text.len() - text.trim_start().len());
    start..(span.start + text.trim_end().len()).max(start)
}
