//! From Markdown events to events with blocks: fences become blocks, placeholders get their
//! output, everything else passes through as it came.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use crate::block::Block;
use crate::block::read::BlockReader;
use crate::error::{Error, ErrorKind};
use crate::page::expand::{Part, Placeholders, Replacement, SourceMap};
use crate::page::fence_mistakes;
use crate::page::join_fences::{FenceOrEvent, FencedCode, join_fences};
use crate::page::prose::Prose;
use crate::syntax::fence::{self, OpenFence};
use crate::syntax::html_comment::CommentReader;

/// What the page's events become.
pub(crate) enum Item<'e> {
    Event(Event<'e>),
    /// The HTML of a shortcode.
    Html(String),
    /// A block, by its index.
    Block(usize),
}

/// An item, and the bytes of the page's Markdown that it comes from.
pub(crate) struct SpannedItem<'e> {
    pub item: Item<'e>,
    pub span: Range<usize>,
}

/// The pass over the events of one page: one method per construct.
pub(crate) struct EventRewriter<'e, 'p> {
    reader: &'p BlockReader<'p>,
    placeholders: &'p Placeholders,
    map: &'p SourceMap,
    items: Vec<SpannedItem<'e>>,
    /// Where the current event comes from.
    span: Range<usize>,
    blocks: Vec<Block>,
    errors: Vec<Error>,
    filled: Vec<bool>,
    /// The elements around the current event.
    open: Vec<TagEnd>,
    /// Those among them that can't hold a block.
    blockless: Vec<TagEnd>,
    comments: CommentReader,
    /// The output of a shortcode that is all of its paragraph so far.
    lone_html: Option<Range<usize>>,
    /// A block has ended the paragraph; what follows in it starts a new one.
    paragraph_ended: bool,
    /// The fence around the code that comes.
    open_fence: Option<OpenFence>,
    prose: Prose,
}

/// What a pass made of a page.
pub(crate) struct EventResult<'e> {
    pub items: Vec<SpannedItem<'e>>,
    pub blocks: Vec<Block>,
    pub errors: Vec<Error>,
    /// Where text runs on, over one line or more: a paragraph, or as much of an item of a tight list.
    pub prose: Vec<Range<usize>>,
}

impl<'e, 'p> EventRewriter<'e, 'p> {
    pub fn new(
        reader: &'p BlockReader<'p>,
        placeholders: &'p Placeholders,
        map: &'p SourceMap,
    ) -> Self {
        Self {
            reader,
            placeholders,
            map,
            items: Vec::new(),
            span: 0..0,
            blocks: Vec::new(),
            errors: Vec::new(),
            filled: vec![false; placeholders.len()],
            open: Vec::new(),
            blockless: Vec::new(),
            comments: CommentReader::default(),
            lone_html: None,
            paragraph_ended: false,
            open_fence: None,
            prose: Prose::default(),
        }
    }

    /// Passes over all events, with the bytes of the expanded text that each stands for.
    pub fn run(
        mut self,
        events: impl Iterator<Item = (Event<'e>, Range<usize>)>,
    ) -> EventResult<'e> {
        let is_block = |info: &str| fence::options_of(info).is_some();
        for item in join_fences(events, is_block) {
            match item {
                FenceOrEvent::Fence(fence) => self.fence(fence),
                FenceOrEvent::Event(event, span) => self.event(event, span),
            }
        }
        self.report_unfilled();
        EventResult {
            items: self.items,
            blocks: self.blocks,
            errors: self.errors,
            prose: self.prose.spans,
        }
    }

    fn fence(&mut self, fence: FencedCode<'e>) {
        self.span = self.in_source(fence.span);
        self.prose.end();
        let no_end = fence_mistakes::missing_end(&self.reader.source, &self.span);
        self.errors.extend(no_end);
        let list = fence::options_of(&fence.info).unwrap_or_default();
        let span = self.span.clone();
        let block = self.reader.fence(list, fence.code, span, &mut self.errors);
        self.add_block(block);
    }

    fn in_source(&self, expanded: Range<usize>) -> Range<usize> {
        self.map.to_source(expanded.start)..self.map.to_source(expanded.end)
    }

    fn event(&mut self, event: Event<'e>, span: Range<usize>) {
        self.span = self.in_source(span);
        let in_code = self.open.last() == Some(&TagEnd::CodeBlock);
        self.prose.note(&event, &self.span, in_code);
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                let code = self.as_code(code);
                self.push(Event::Code(code));
            }
            Event::Html(html) => self.html(html, Event::Html),
            Event::InlineHtml(html) => self.html(html, Event::InlineHtml),
            other => self.push(other),
        }
    }

    fn start(&mut self, mut tag: Tag<'e>) {
        let end = tag.to_end();
        if !can_hold_a_block(&end) {
            self.blockless.push(end);
        }
        self.open.push(end);
        if let Tag::CodeBlock(kind) = &tag {
            if let CodeBlockKind::Fenced(info) = kind {
                let mistakes = fence_mistakes::of_ordinary(self.reader, info, &self.span);
                self.errors.extend(mistakes);
            }
            self.open_fence = match kind {
                CodeBlockKind::Fenced(_) => OpenFence::at(self.reader.source.text, self.span.start),
                CodeBlockKind::Indented => None,
            };
        }
        if let Tag::Link {
            dest_url, title, ..
        }
        | Tag::Image {
            dest_url, title, ..
        } = &mut tag
        {
            for text in [dest_url, title] {
                *text = self.as_code(mem::replace(text, CowStr::Borrowed("")));
            }
        }
        self.push(Event::Start(tag));
    }

    fn end(&mut self, tag: TagEnd) {
        if let Some(closed) = self.open.pop()
            && !can_hold_a_block(&closed)
        {
            self.blockless.pop();
        }
        match tag {
            TagEnd::Paragraph if self.paragraph_ended => self.paragraph_ended = false,
            TagEnd::Paragraph if self.is_lone_html() => {
                // As in Zola, a shortcode alone in its paragraph stands without one.
                let html = self.lone_html.take().unwrap_or_default();
                self.items.remove(html.start - 1);
            }
            tag => self.push(Event::End(tag)),
        }
    }

    fn text(&mut self, text: CowStr<'e>) {
        if self.open.last() == Some(&TagEnd::CodeBlock) {
            if let Some(fence) = &self.open_fence {
                let (source, calls) = (&self.reader.source, self.placeholders);
                let crossing = fence_mistakes::calls_across_the_end(fence, &text, calls, source);
                self.errors.extend(crossing);
            }
            let text = self.as_code(text);
            self.push(Event::Text(text));
        } else {
            self.fill(text, Event::Text);
        }
    }

    fn html(&mut self, html: CowStr<'e>, event: fn(CowStr<'e>) -> Event<'e>) {
        let comments = self.comments.read(&html);
        if comments.is_empty() || !self.placeholders.are_in(&html) {
            self.fill(html, event);
            return;
        }
        let mut at = 0;
        for comment in comments {
            if at < comment.start {
                self.fill(html[at..comment.start].to_owned().into(), event);
            }
            let comment_text = self.filled_as_code(&html[comment.clone()]);
            self.push(event(comment_text.into()));
            at = comment.end;
        }
        if at < html.len() {
            self.fill(html[at..].to_owned().into(), event);
        }
    }

    /// Puts outputs in the place of the placeholders in `text`; the stretches between them become
    /// events again.
    fn fill(&mut self, text: CowStr<'e>, event: fn(CowStr<'e>) -> Event<'e>) {
        if !self.placeholders.are_in(&text) {
            self.push(event(text));
            return;
        }
        let opens_paragraph =
            matches!(self.last(), Some(Item::Event(Event::Start(Tag::Paragraph))));
        let start = self.items.len();
        for part in self.placeholders.parts(&text) {
            match part {
                Part::Text(text) => self.push(event(text.to_owned().into())),
                Part::Placeholder(index) => self.replace_placeholder(index),
            }
        }
        let is_lone = opens_paragraph && self.placeholders.one(&text).is_some();
        self.lone_html = is_lone.then_some(start..self.items.len());
    }

    fn replace_placeholder(&mut self, index: usize) {
        self.filled[index] = true;
        match self.placeholders.replacement(index) {
            Replacement::Html(html) => {
                self.resume_paragraph();
                self.output(html);
            }
            Replacement::Block { block, .. } => self.add_block((**block).clone()),
        }
    }

    /// The output of a template, with the blocks that stood in the shortcode's body: where they
    /// are in the HTML is the template's business.
    fn output(&mut self, html: &str) {
        for part in self.placeholders.parts(html) {
            match part {
                Part::Text(html) => self.place(Item::Html(html.to_owned())),
                Part::Placeholder(index) => {
                    self.filled[index] = true;
                    match self.placeholders.replacement(index) {
                        Replacement::Html(inner) => self.output(inner),
                        Replacement::Block { block, .. } => self.push_block((**block).clone()),
                    }
                }
            }
        }
    }

    /// `text` with the output of shortcodes as text: what happens in code and in attributes. A
    /// block can't be there: the words that its author wrote stay.
    fn as_code(&mut self, text: CowStr<'e>) -> CowStr<'e> {
        match self.placeholders.are_in(&text) {
            true => self.filled_as_code(&text).into(),
            false => text,
        }
    }

    fn filled_as_code(&mut self, text: &str) -> String {
        let mut filled = String::new();
        for part in self.placeholders.parts(text) {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Placeholder(index) => {
                    self.filled[index] = true;
                    match self.placeholders.replacement(index) {
                        Replacement::Html(html) => filled.push_str(&self.filled_as_code(html)),
                        Replacement::Block { written, .. } => filled.push_str(written),
                    }
                }
            }
        }
        filled
    }

    fn add_block(&mut self, block: Block) {
        if let Some(around) = self.blockless.first() {
            let message = format!("a block can't stand inside {}", name_of(around));
            self.errors.push(
                Error::new(ErrorKind::Misplaced, message)
                    .at(&self.reader.source, block.opening.clone())
                    .help("give it lines of its own"),
            );
            return;
        }
        if self.open.last() == Some(&TagEnd::Paragraph) && !self.paragraph_ended {
            self.end_paragraph();
        }
        self.push_block(block);
    }

    fn push_block(&mut self, block: Block) {
        self.place(Item::Block(self.blocks.len()));
        self.blocks.push(block);
    }

    /// `<p>` can't hold a block: the browser would end it at the `<pre>` and the element with it.
    fn end_paragraph(&mut self) {
        while let Some(Item::Event(Event::SoftBreak | Event::HardBreak)) = self.last() {
            self.items.pop();
        }
        match self.last() {
            Some(Item::Event(Event::Start(Tag::Paragraph))) => {
                self.items.pop();
            }
            _ => self.place(Item::Event(Event::End(TagEnd::Paragraph))),
        }
        self.paragraph_ended = true;
    }

    fn resume_paragraph(&mut self) {
        if self.paragraph_ended {
            self.paragraph_ended = false;
            self.place(Item::Event(Event::Start(Tag::Paragraph)));
        }
    }

    fn push(&mut self, event: Event<'e>) {
        if self.paragraph_ended {
            let is_blank = match &event {
                Event::SoftBreak | Event::HardBreak => true,
                Event::Text(text) => text.trim().is_empty(),
                _ => false,
            };
            if is_blank {
                return;
            }
            self.resume_paragraph();
        }
        self.place(Item::Event(event));
    }

    fn place(&mut self, item: Item<'e>) {
        let span = self.span.clone();
        self.items.push(SpannedItem { item, span });
    }

    fn last(&self) -> Option<&Item<'e>> {
        self.items.last().map(|placed| &placed.item)
    }

    fn is_lone_html(&self) -> bool {
        let lone = self.lone_html.as_ref();
        lone.is_some_and(|html| html.end == self.items.len())
    }

    /// A placeholder that Markdown hid (in a link's definition, an option of a heading) would
    /// lose its shortcode without a word.
    fn report_unfilled(&mut self) {
        let lost = self.filled.iter().filter(|filled| !**filled).count();
        if lost > 0 {
            let message = format!("{lost} shortcode(s) stand where Markdown has no place for HTML");
            self.errors.push(
                Error::new(ErrorKind::Misplaced, message)
                    .in_file(self.reader.source.name)
                    .help("in the definition of a link, use a .md shortcode: its output goes in before Markdown"),
            );
        }
    }
}

fn can_hold_a_block(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
    )
}

fn name_of(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Heading(_) => "a heading",
        TagEnd::Link => "a link",
        TagEnd::Image => "the description of an image",
        TagEnd::DefinitionListTitle => "the title of a definition",
        _ => "emphasis",
    }
}
