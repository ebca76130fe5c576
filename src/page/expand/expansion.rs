//! The pieces of one page, and what stands for each of them.

use std::collections::HashMap;
use std::ops::Range;

use crate::error::{Error, ErrorKind, nearest};
use crate::html::templates::ShortcodeKind;
use crate::syntax::dedent::dedent;
use crate::syntax::fence::{self, FENCE_WORD};
use crate::syntax::line_ends::with_line_feeds;
use crate::syntax::line_prefix::containers_of;
use crate::syntax::shortcode::{Body, Call, Piece};

use super::fence_spans::OpaqueFence;
use super::placeholders::{Placeholders, Replacement};
use super::source_map::SourceMap;
use super::{CallOutput, Expanded, Expander};

/// The expansion of one page.
pub(super) struct Expansion<'r> {
    page: Expander<'r>,
    fences: Vec<OpaqueFence>,
    placeholders: Placeholders,
    /// How often each shortcode was called: `nth` counts from 1, an outer call before its inner.
    calls: HashMap<String, usize>,
    errors: Vec<Error>,
}

impl<'r> Expansion<'r> {
    /// Of this page with these fences, where this was wrong already.
    pub fn new(page: Expander<'r>, fences: Vec<OpaqueFence>, errors: Vec<Error>) -> Self {
        Self {
            placeholders: Placeholders::new(page.reader.source.text),
            calls: HashMap::new(),
            errors,
            fences,
            page,
        }
    }

    pub fn page_text(mut self, pieces: &[Piece]) -> Expanded {
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
