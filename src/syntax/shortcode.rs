//! Shortcodes as Zola up to 0.22 reads them: `{{ name(key=value) }}` and
//! `{% name(key=value) %}body{% end %}`.
//!
//! Anything that isn't exactly a call is text. The grammar is Zola's (`content.pest`), read here
//! by hand in one pass, so that calls carry their places, and so that some stretches of the text
//! (`pyodide` fences) can be opaque: nothing in them opens or closes a shortcode.

use std::ops::Range;

use crate::syntax::fence::{self, FENCE_WORD};
use crate::syntax::option_list::{self, Attribute, CURLY_QUOTES};
use crate::syntax::shortcode_tag::{Head, Tag, read_tag};

/// A call of a shortcode.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub name: String,
    pub arguments: Vec<Attribute>,
    pub body: Option<Body>,
    /// The whole call, with its body and end.
    pub span: Range<usize>,
    /// The opening tag.
    pub tag: Range<usize>,
}

/// The body of a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Body {
    /// Between the tags, untrimmed.
    pub span: Range<usize>,
    /// What is special in it.
    pub pieces: Vec<Piece>,
}

/// A stretch of text that is not just text. What lies between pieces is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// A call.
    Call(Call),
    /// An escaped tag, `{{/* name() */}}`, and the text that it stands for.
    Escaped { span: Range<usize>, text: String },
    /// One of the opaque stretches, by its index.
    Opaque { span: Range<usize>, index: usize },
    /// A call of a component: [`parse`] finds none.
    Component { span: Range<usize> },
}

impl Piece {
    pub fn span(&self) -> Range<usize> {
        match self {
            Piece::Call(call) => call.span.clone(),
            Piece::Escaped { span, .. }
            | Piece::Opaque { span, .. }
            | Piece::Component { span } => span.clone(),
        }
    }
}

/// A mistake in the pairing of tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShortcodeError {
    /// The shortcode that is opened; none where only an end stands.
    pub opened: Option<String>,
    pub message: String,
    pub help: String,
    pub span: Range<usize>,
}

/// How deep shortcodes may stand in each other: their bodies are read by recursion, and each is
/// copied into the one around it.
const MAX_DEPTH: usize = 32;

/// Whether `source` can hold a shortcode at all.
pub(crate) fn may_be_in(source: &str) -> bool {
    source.contains("{{") || source.contains("{%")
}

/// Reads the shortcodes of `source`, with `opaque` stretches (sorted, apart) passed over.
pub(crate) fn parse(source: &str, opaque: &[Range<usize>]) -> (Vec<Piece>, Vec<ShortcodeError>) {
    let mut parser = Parser {
        source,
        opaque,
        next_opaque: 0,
        open: Vec::new(),
        mistaken: Vec::new(),
        pieces: Vec::new(),
        depth: 0,
        errors: Vec::new(),
    };
    parser.run();
    (parser.pieces, parser.errors)
}

/// A body whose end was not read yet.
struct Open {
    name: String,
    arguments: Vec<Attribute>,
    tag: Range<usize>,
    escaped: bool,
    /// The pieces before the tag, in the text around, and how deep they are.
    before: Vec<Piece>,
    depth_before: usize,
}

struct Parser<'a> {
    source: &'a str,
    opaque: &'a [Range<usize>],
    next_opaque: usize,
    open: Vec<Open>,
    /// Where text begins like the opening tag of a block and is none.
    mistaken: Vec<usize>,
    pieces: Vec<Piece>,
    /// How deep calls stand in each other in `pieces`.
    depth: usize,
    errors: Vec<ShortcodeError>,
}

impl Parser<'_> {
    fn run(&mut self) {
        let mut at = 0;
        loop {
            let brace = self.source[at..].find('{').map(|offset| at + offset);
            if let Some(span) = self.opaque_before(brace) {
                at = span.end;
            } else if let Some(brace) = brace {
                at = self.brace(brace);
            } else {
                break;
            }
        }
        self.give_up_unclosed();
    }

    /// Tags without an end stay text, and what was read behind them stands in the text around.
    fn give_up_unclosed(&mut self) {
        let innermost = std::mem::take(&mut self.pieces);
        for open in std::mem::take(&mut self.open) {
            self.errors.push(unclosed(&open));
            self.depth = self.depth.max(open.depth_before);
            self.pieces.extend(open.before);
        }
        self.pieces.extend(innermost);
    }

    /// Passes over the next opaque stretch, if it comes before `brace` or holds it.
    fn opaque_before(&mut self, brace: Option<usize>) -> Option<Range<usize>> {
        let index = self.next_opaque;
        let span = self.opaque.get(index)?.clone();
        if brace.is_some_and(|brace| brace < span.start) {
            return None;
        }
        self.next_opaque += 1;
        self.pieces.push(Piece::Opaque {
            span: span.clone(),
            index,
        });
        Some(span)
    }

    /// Reads what stands at a `{` and returns where to go on.
    fn brace(&mut self, at: usize) -> usize {
        match read_tag(self.source, at).filter(|tag| !self.runs_into_opaque(tag)) {
            None => {
                if looks_like_block(&self.source[at..]) {
                    self.mistaken.push(at);
                }
                at + 1
            }
            Some(Tag::Inline(head)) => {
                self.check_arguments(&head);
                let span = at..head.end;
                self.depth = self.depth.max(1);
                self.pieces.push(Piece::Call(Call {
                    name: head.name,
                    arguments: head.arguments,
                    body: None,
                    tag: span.clone(),
                    span,
                }));
                head.end
            }
            Some(Tag::EscapedInline(head)) => {
                let span = at..head.end;
                let text = unescape(&self.source[span.clone()], ["{{", "}}"]);
                self.pieces.push(Piece::Escaped { span, text });
                head.end
            }
            Some(Tag::BodyStart(head)) => self.body_start(at, head, false),
            Some(Tag::EscapedBodyStart(head)) => self.body_start(at, head, true),
            Some(Tag::BodyEnd(end)) => self.body_end(at..end, false),
            Some(Tag::EscapedBodyEnd(end)) => self.body_end(at..end, true),
        }
    }

    /// Whether a tag ends behind the start of the next opaque stretch: then it isn't one.
    fn runs_into_opaque(&self, tag: &Tag) -> bool {
        let next = self.opaque.get(self.next_opaque);
        next.is_some_and(|opaque| opaque.start < tag.end())
    }

    /// What stands in an argument goes to the template as it is: a fence there is no block.
    fn check_arguments(&mut self, head: &Head) {
        for argument in &head.arguments {
            if let Some(span) = fence_in(self.source, argument.value_span.clone()) {
                self.errors.push(ShortcodeError {
                    opened: Some(head.name.clone()),
                    message: format!(
                        "a `pyodide` fence can't stand in an argument of shortcode `{}`",
                        head.name
                    ),
                    help: format!(
                        "put it in the body: {{% {}() %}}, the fence, {{% end %}}",
                        head.name
                    ),
                    span,
                });
            }
        }
    }

    fn body_start(&mut self, at: usize, head: Head, escaped: bool) -> usize {
        if !escaped {
            self.check_arguments(&head);
        }
        self.open.push(Open {
            name: head.name,
            arguments: head.arguments,
            tag: at..head.end,
            escaped,
            before: std::mem::take(&mut self.pieces),
            depth_before: std::mem::take(&mut self.depth),
        });
        head.end
    }

    fn body_end(&mut self, tag: Range<usize>, escaped: bool) -> usize {
        let end = tag.end;
        match self.open.pop() {
            Some(open) if open.escaped == escaped => self.close(open, tag),
            Some(open) => {
                self.errors.push(stray_end(tag));
                self.open.push(open);
            }
            None => {
                let mistaken = self.mistaken.pop().filter(|_| !escaped);
                let mistake = mistaken.map(|at| mistaken_block(self.source, at));
                self.errors.push(mistake.unwrap_or_else(|| stray_end(tag)));
            }
        }
        end
    }

    fn close(&mut self, mut open: Open, end_tag: Range<usize>) {
        let body = open.tag.end..end_tag.start;
        let mut inner = std::mem::replace(&mut self.pieces, std::mem::take(&mut open.before));
        let mut depth = std::mem::take(&mut self.depth) + 1;
        if open.escaped {
            self.depth = open.depth_before;
            self.close_escaped(open.tag, body, end_tag);
            return;
        }
        if self.source[body.clone()].trim().is_empty() {
            self.errors.push(ShortcodeError {
                opened: Some(open.name.clone()),
                message: format!("the body of shortcode `{}` is empty", open.name),
                help: match open.name.as_str() {
                    FENCE_WORD => "write code between the tags; an editor without code is an empty ```pyodide fence".to_owned(),
                    name => format!(
                        "write something between the tags, or call it as {{{{ {name}() }}}}"
                    ),
                },
                span: open.tag.clone(),
            });
        }
        if depth > MAX_DEPTH {
            self.errors.push(too_deep(&open));
            inner = Vec::new();
            depth = 1;
        }
        self.depth = open.depth_before.max(depth);
        self.pieces.push(Piece::Call(Call {
            name: open.name,
            arguments: open.arguments,
            body: Some(Body {
                span: body,
                pieces: inner,
            }),
            span: open.tag.start..end_tag.end,
            tag: open.tag,
        }));
    }

    /// `{%/* name() */%}...{%/* end */%}`: the tags lose their stars, the text between stays.
    fn close_escaped(&mut self, tag: Range<usize>, body: Range<usize>, end_tag: Range<usize>) {
        let text = [
            unescape(&self.source[tag.clone()], ["{%", "%}"]),
            self.source[body].to_owned(),
            unescape(&self.source[end_tag.clone()], ["{%", "%}"]),
        ];
        self.pieces.push(Piece::Escaped {
            span: tag.start..end_tag.end,
            text: text.concat(),
        });
    }
}

fn too_deep(open: &Open) -> ShortcodeError {
    ShortcodeError {
        opened: Some(open.name.clone()),
        message: format!("shortcodes stand in each other more than {MAX_DEPTH} deep"),
        help: "take some out of the others; perhaps an {% end %} is missing before this one"
            .to_owned(),
        span: open.tag.clone(),
    }
}

/// The first line in `span` that would open a `pyodide` fence if it stood in Markdown.
fn fence_in(source: &str, span: Range<usize>) -> Option<Range<usize>> {
    let mut at = span.start;
    // An argument starts in the middle of a line.
    let lines = source[span].split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    lines.skip(1).find_map(|(start, line)| {
        let text = line.trim_start();
        let (_, _, info) = fence::mark_of(text)?;
        let is_fence = fence::options_of(info).is_some();
        let end = start + line.trim_end().len();
        is_fence.then_some(end - text.trim_end().len()..end)
    })
}

fn unclosed(open: &Open) -> ShortcodeError {
    ShortcodeError {
        opened: Some(open.name.clone()),
        message: format!("shortcode `{}` has no end", open.name),
        help: if open.escaped {
            "close it with {%/* end */%}".to_owned()
        } else {
            "close it with {% end %}".to_owned()
        },
        span: open.tag.clone(),
    }
}

/// Whether text begins as the opening tag of a block does.
fn looks_like_block(text: &str) -> bool {
    let name = text.strip_prefix("{%").map(str::trim_start);
    let rest = name.and_then(|name| name.strip_prefix(FENCE_WORD));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What begins at `at` as a block's opening tag does, has an end, and isn't one.
fn mistaken_block(source: &str, at: usize) -> ShortcodeError {
    let line = source[at..].lines().next().unwrap_or_default();
    let tag = line.find("%}").map_or(line, |end| &line[..end + 2]);
    let inside = tag.trim_start_matches("{%").trim_end_matches("%}").trim();
    let arguments = inside.strip_prefix(FENCE_WORD).unwrap_or_default().trim();
    let help = if arguments.contains(CURLY_QUOTES) {
        "the quotes around its values are curly ones: write straight ones".to_owned()
    } else if arguments.starts_with('(') {
        "its arguments are name=\"value\", separated by commas, between ( and )".to_owned()
    } else {
        let (options, _) = option_list::parse(arguments);
        let options = options
            .iter()
            .map(|option| format!("{}=\"{}\"", option.name, option.value));
        let options = options.collect::<Vec<_>>().join(", ");
        format!("arguments stand in parentheses: {{% {FENCE_WORD}({options}) %}}")
    };
    ShortcodeError {
        opened: Some(FENCE_WORD.to_owned()),
        message: format!("this is no call of `{FENCE_WORD}`, but it has an end"),
        help,
        span: at..at + tag.len(),
    }
}

fn stray_end(span: Range<usize>) -> ShortcodeError {
    ShortcodeError {
        opened: None,
        message: "this ends a shortcode, but none is open".to_owned(),
        help: "a shortcode with a body opens with {% name() %}, with the parentheses; \
               to show the tag itself, write {%/* end */%}"
            .to_owned(),
        span,
    }
}

fn unescape(tag: &str, [open, close]: [&str; 2]) -> String {
    tag.replacen(&format!("{open}/*"), open, 1)
        .replacen(&format!("*/{close}"), close, 1)
}
