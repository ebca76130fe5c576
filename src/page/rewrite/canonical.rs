//! What a page shows, as a text that is the same for two pages that show the same.

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::syntax::html_comment::CommentReader;

/// The marks around a paragraph, and of a line end that its author asked for. Beside HTML of ours they
/// say nothing, nor do blanks: HTML that has lines of its own ends the paragraph around it.
const BEGIN: char = '\u{1}';
const END: char = '\u{2}';
const HARD_BREAK: char = '\u{3}';

/// What stands before all that isn't the author's text or HTML.
const MARK: char = '\u{4}';

/// What stands before one of these characters, or itself, where it is the author's own.
const OWN: char = '\u{5}';

/// The text of a page, made event by event.
#[derive(Default)]
pub(super) struct Canonical {
    pub text: String,
    /// Where in `text` each place of the source begins that has been noted.
    places: Vec<(usize, usize)>,
    /// Whether nothing but blanks has come since HTML of ours.
    is_beside_html: bool,
    is_in_code: bool,
    comments: CommentReader,
}

impl Canonical {
    /// Notes that what comes stands at `source` in the author's text.
    pub fn note(&mut self, source: usize) {
        self.places.push((self.text.len(), source));
    }

    /// Where in the author's text that stands which is at `at` here.
    pub fn place_of(&self, at: usize) -> Option<usize> {
        let before = self.places.iter().rev().find(|(start, _)| *start <= at);
        before.map(|(_, source)| *source)
    }

    /// The block that starts at `start` in the source.
    pub fn block(&mut self, start: usize) {
        self.begin_html();
        let _ = write!(self.text, "{MARK}block {start}{MARK}");
    }

    /// HTML of a template.
    pub fn output(&mut self, html: &str) {
        self.begin_html();
        self.own(html);
    }

    /// Text of the author's.
    fn own(&mut self, text: &str) {
        for character in text.chars() {
            self.own_character(character);
        }
    }

    fn own_character(&mut self, character: char) {
        match character {
            BEGIN..=OWN => self.text.extend([OWN, char::from(b'0' + character as u8)]),
            other => self.text.push(other),
        }
    }

    fn begin_html(&mut self) {
        let blank = |c: char| c.is_whitespace() || [BEGIN, END, HARD_BREAK].contains(&c);
        let end = self.text.trim_end_matches(blank).len();
        self.text.truncate(end);
        self.is_beside_html = true;
    }

    /// An event of Markdown; what is HTML in it is the author's own.
    pub fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Paragraph) => self.blank(END),
            Event::End(TagEnd::HtmlBlock) => self.comments = CommentReader::default(),
            Event::End(tag) => {
                self.is_in_code = false;
                self.mark(format_args!("/{tag:?}"));
            }
            Event::Text(text) => self.text(text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(html),
            Event::SoftBreak => self.blank('\n'),
            Event::HardBreak => self.blank(HARD_BREAK),
            Event::Code(code) => {
                self.mark(format_args!("code"));
                self.code(code);
                self.mark(format_args!("/code"));
            }
            Event::InlineMath(math) => self.mark(format_args!("math {math}")),
            Event::DisplayMath(math) => self.mark(format_args!("display {math}")),
            Event::FootnoteReference(name) => self.mark(format_args!("note {name}")),
            Event::TaskListMarker(is_done) => self.mark(format_args!("task {is_done}")),
            Event::Rule => self.mark(format_args!("rule")),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.blank(BEGIN),
            Tag::HtmlBlock => {}
            Tag::CodeBlock(kind) => {
                match kind {
                    CodeBlockKind::Fenced(info) => self.mark(format_args!("fence {info}")),
                    CodeBlockKind::Indented => self.mark(format_args!("indented")),
                }
                self.is_in_code = true;
            }
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                self.mark(format_args!(
                    "{level} {}",
                    id.as_deref().unwrap_or_default()
                ));
                for class in classes {
                    self.mark(format_args!("class {class}"));
                }
                for (name, value) in attrs {
                    self.mark(format_args!(
                        "{name}={}",
                        value.as_deref().unwrap_or_default()
                    ));
                }
            }
            Tag::FootnoteDefinition(name) => self.mark(format_args!("definition {name}")),
            Tag::Link {
                dest_url, title, ..
            } => self.mark(format_args!("link {dest_url} {title}")),
            Tag::Image {
                dest_url, title, ..
            } => self.mark(format_args!("image {dest_url} {title}")),
            // These hold no text of the author's.
            tag => self.mark(format_args!("{tag:?}")),
        }
    }

    fn mark(&mut self, mark: std::fmt::Arguments<'_>) {
        self.is_beside_html = false;
        self.text.push(MARK);
        self.own(&mark.to_string());
        self.text.push(MARK);
    }

    fn blank(&mut self, blank: char) {
        if !self.is_beside_html {
            self.text.push(blank);
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_in_code {
            self.code(text);
            return;
        }
        let text = self.without_blanks(text);
        for character in text.chars() {
            match character {
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '&' => self.text.push_str("&amp;"),
                // Which way a quote is bent depends on what stands beside it.
                '“' | '”' => self.text.push('"'),
                '‘' | '’' => self.text.push('\''),
                other => self.own_character(other),
            }
        }
    }

    /// Code without its blanks: how far a line of a call stands in that is text there isn't told by its text.
    fn code(&mut self, code: &str) {
        for word in code.split_whitespace() {
            self.own(word);
        }
    }

    /// The author's own HTML, without comments: nobody sees what is in them.
    fn html(&mut self, html: &str) {
        let mut at = 0;
        for comment in self.comments.read(html) {
            let shown = self.without_blanks(&html[at..comment.start]);
            self.own(shown);
            at = comment.end;
        }
        let shown = self.without_blanks(&html[at..]);
        self.own(shown);
    }

    /// What of a text counts: blanks right behind HTML of ours don't.
    fn without_blanks<'t>(&mut self, text: &'t str) -> &'t str {
        let text = match self.is_beside_html {
            true => text.trim_start(),
            false => text,
        };
        self.is_beside_html &= text.is_empty();
        text
    }
}
