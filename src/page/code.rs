//! The blocks of a page as their author wrote them: what is checked and tested.

#[cfg(feature = "records")]
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::block::Block;
use crate::block::options::BlockOptions;
use crate::error::{Error, LinePlace, SharedLines, Source};
use crate::page::document::Document;
use crate::page::settle::PageBlocks;
#[cfg(feature = "lock")]
use crate::page::written_html;
#[cfg(feature = "records")]
use crate::records::PageRecords;

/// The blocks of a page as their author wrote them, with their places in its file:
/// see [`Document::code`].
#[derive(Debug, Clone)]
pub struct PageCode {
    name: String,
    text: String,
    first_line: usize,
    lines: SharedLines,
    /// Where each line stands: see [`PageContext::lines`](crate::PageContext::lines).
    places: Arc<[LinePlace]>,
    base_url: String,
    blocks: Vec<WrittenBlock>,
    /// Those that the page has as HTML or as ordinary fences.
    html_blocks: Vec<WrittenBlock>,
    #[cfg(feature = "records")]
    record_keys: Vec<String>,
    #[cfg(feature = "records")]
    records: Option<PageRecords>,
}

/// A block as its author wrote it: see [`Document::code`].
#[derive(Debug, Clone)]
pub struct WrittenBlock {
    code: String,
    options: BlockOptions,
    /// The bytes of the line that opens it.
    opening: Range<usize>,
    /// Where each line of the code starts in the page; `None` where its text isn't in the page.
    lines: Vec<Option<usize>>,
    /// The lines of the code.
    #[cfg(feature = "check")]
    code_lines: SharedLines,
}

impl PageCode {
    /// The file's name as messages show it, such as `content/loops.md`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The blocks, in the order of the page.
    pub fn blocks(&self) -> &[WrittenBlock] {
        &self.blocks
    }

    /// The blocks, and those that the author wrote as HTML or as ordinary fences of which the loader makes
    /// blocks (`python,pyodide=run`), in the order of the page. With the feature `lock`; without it
    /// it is [`blocks`](Self::blocks).
    ///
    /// ```
    /// use pyfence::{PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let page = "<pyodide-block install=\"cowsay\"><pre><code>import cowsay</code></pre></pyodide-block>\n";
    /// let page = renderer.parse(page, &PageContext::new("a.md")).code();
    /// assert!(page.blocks().is_empty());
    /// # #[cfg(feature = "lock")]
    /// assert_eq!(page.all_blocks()[0].code(), "import cowsay");
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub fn all_blocks(&self) -> Vec<&WrittenBlock> {
        let mut all: Vec<_> = self.blocks.iter().chain(&self.html_blocks).collect();
        all.sort_by_key(|block| block.opening.start);
        all
    }

    /// The blocks that the author wrote as HTML or as ordinary fences.
    #[cfg(feature = "lock")]
    pub(crate) fn html_blocks(&self) -> &[WrittenBlock] {
        &self.html_blocks
    }

    /// Points an error at a line of a block's code, from 1; at the line that opens it without one.
    #[must_use]
    pub fn mark(&self, error: Error, block: &WrittenBlock, line: Option<usize>) -> Error {
        let line = line.and_then(|line| line.checked_sub(1));
        let place = line.and_then(|line| {
            let text = block.code.split('\n').nth(line)?;
            let indent = text.len() - text.trim_start().len();
            let start = block.lines.get(line).copied().flatten()?;
            Some(start + indent..start + text.trim_end().len())
        });
        error.at(&self.source(), place.unwrap_or(block.opening.clone()))
    }

    /// The address of a file from the site's root on, if it is one of this site's.
    pub fn rooted<'f>(&self, file: &'f str) -> Option<&'f str> {
        let path = match file.strip_prefix(&self.base_url) {
            Some(path) => path,
            None if file.starts_with("//") => return None,
            None => file,
        };
        path.strip_prefix('/')
    }

    /// What the output of the block at `index` depends on, as one short text: the code of its
    /// session up to it, what that installs and fetches, the lines that it is given, Pyodide, the
    /// wheels of the site's lock that the session names, and how the runtime shows outputs.
    ///
    /// # Panics
    ///
    /// If the page has no such block.
    #[cfg(feature = "records")]
    pub fn record_key(&self, index: usize) -> &str {
        &self.record_keys[index]
    }

    /// What the page's blocks showed when they were tested, if the host has said it.
    #[cfg(feature = "records")]
    pub fn records(&self) -> Option<&PageRecords> {
        self.records.as_ref()
    }

    /// The addresses of the files that the session of the block at `index` has when it runs, from
    /// the site's root on where they are in it.
    #[cfg(feature = "records")]
    pub(crate) fn session_files(&self, index: usize) -> BTreeSet<String> {
        let block = &self.blocks[index];
        let is_before = |(at, other): &(usize, &WrittenBlock)| {
            let runs = *at <= index || other.options.hidden == Some(true);
            runs && other.session() == block.session()
        };
        let before = self.blocks.iter().enumerate().filter(is_before);
        let files = before.flat_map(|(_, other)| other.options.files.iter().flatten());
        let address = |file: &String| match self.rooted(file) {
            Some(path) => format!("/{path}"),
            None => file.clone(),
        };
        files.map(address).collect()
    }

    /// The line of the file on which a block opens, from 1.
    pub fn line_of(&self, block: &WrittenBlock) -> usize {
        self.line_at(block.opening.start)
    }

    /// The line of the file, from 1, that a byte of the page's text is on.
    pub(crate) fn line_at(&self, at: usize) -> usize {
        let line = self.source().place_of(at).line;
        line.unwrap_or(self.first_line)
    }

    /// That of finished HTML; `base_url` is the address of the folder that is published.
    #[cfg(feature = "vendor")]
    pub(crate) fn finished(
        name: &str,
        html: &str,
        base_url: &str,
        blocks: Vec<WrittenBlock>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            text: html.to_owned(),
            first_line: 1,
            lines: SharedLines::default(),
            places: Arc::from([]),
            base_url: base_url.trim_end_matches('/').to_owned(),
            record_keys: vec![String::new(); blocks.len()],
            records: None,
            blocks,
            html_blocks: Vec::new(),
        }
    }

    pub(crate) fn source(&self) -> Source<'_> {
        let source = Source::with_lines(&self.name, &self.text, Arc::clone(&self.lines));
        source.starting_at(self.first_line).placed(&self.places)
    }
}

impl WrittenBlock {
    /// The code, without the line end before the closing fence.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The options, merged with the page's and the site's defaults.
    pub fn options(&self) -> &BlockOptions {
        &self.options
    }

    /// The session that it belongs to.
    pub fn session(&self) -> &str {
        let session = self.options.session.as_deref();
        session.unwrap_or(BlockOptions::DEFAULT_SESSION)
    }

    /// The line that opens it.
    #[cfg(any(feature = "check", feature = "lock"))]
    pub(crate) fn opening(&self) -> Range<usize> {
        self.opening.clone()
    }

    /// Where a range of the code stands in the page.
    #[cfg(feature = "check")]
    pub(crate) fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = range.start.min(self.code.len());
        let code = Source::with_lines("", &self.code, Arc::clone(&self.code_lines));
        let (number, line) = code.numbered_line_around(start);
        let Some(Some(in_page)) = self.lines.get(number) else {
            return self.opening();
        };
        let at = in_page + (start - line.start);
        at..at + range.end.clamp(start, line.end.max(start)) - start
    }

    /// One that was written as HTML.
    #[cfg(feature = "lock")]
    pub(crate) fn finished(
        code: String,
        options: BlockOptions,
        opening: Range<usize>,
        lines: Vec<Option<usize>>,
    ) -> Self {
        Self {
            code,
            options,
            opening,
            lines,
            #[cfg(feature = "check")]
            code_lines: SharedLines::default(),
        }
    }

    fn of(block: &Block, text: &str) -> Self {
        let end = block.span.end.clamp(block.opening.end, text.len());
        Self {
            lines: places_of_lines(&block.code, text, block.opening.end..end),
            code: block.code.clone(),
            options: block.options.clone(),
            opening: block.opening.clone(),
            #[cfg(feature = "check")]
            code_lines: SharedLines::default(),
        }
    }
}

impl Document<'_> {
    /// The blocks of the page as their author wrote them.
    ///
    /// ```
    /// use pyfence::{Error, ErrorKind, PageContext, Renderer};
    ///
    /// let renderer = Renderer::builder().build()?;
    /// let context = PageContext::new("a.md");
    /// let page = renderer.parse("one\n\n- ```pyodide\n  1 / 0\n  ```\n", &context).code();
    /// let block = &page.blocks()[0];
    /// assert_eq!(block.code(), "1 / 0");
    ///
    /// let error = Error::new(ErrorKind::Code, "this divides by zero");
    /// let error = page.mark(error, block, Some(1));
    /// assert_eq!((error.line(), error.column()), (Some(4), Some(3)));
    /// # Ok::<(), pyfence::Error>(())
    /// ```
    pub fn code(&self) -> PageCode {
        let source = self.source();
        let text = source.text;
        let lines = source.shared_lines();
        let rewritten = self.rewritten_events();
        let blocks = PageBlocks::settle(
            self.settings,
            self.context,
            source,
            rewritten.blocks,
            &mut Vec::new(),
        );
        let base_url = self.settings.base_url_of(self.context);
        #[cfg(feature = "lock")]
        let html_blocks = written_html::blocks(rewritten.items, text, base_url);
        #[cfg(not(feature = "lock"))]
        let html_blocks = Vec::new();
        PageCode {
            name: self.context.name.clone(),
            text: text.to_owned(),
            first_line: self.context.first_line,
            lines,
            places: Arc::clone(&self.context.lines),
            base_url: base_url.trim_end_matches('/').to_owned(),
            blocks: blocks
                .blocks
                .iter()
                .map(|block| WrittenBlock::of(block, text))
                .collect(),
            html_blocks,
            #[cfg(feature = "records")]
            record_keys: blocks.recorded.keys,
            #[cfg(feature = "records")]
            records: self.context.records.clone(),
        }
    }
}

/// Where the lines of `code` start among those of `text` in `span`: each is the end of one of
/// them, behind the marks of lists and quotes, or stands before the tag that closes it.
fn places_of_lines(code: &str, text: &str, span: Range<usize>) -> Vec<Option<usize>> {
    let mut lines = code.split('\n').peekable();
    let mut places = Vec::new();
    let mut at = span.start;
    for written in text[span].split_inclusive('\n') {
        let Some(line) = lines.peek() else {
            break;
        };
        let found = match line.trim().is_empty() {
            true => written
                .trim_matches([' ', '\t', '>', '\r', '\n'])
                .is_empty()
                .then_some(0),
            false => written.rfind(line),
        };
        match found {
            Some(start) => {
                places.push(Some(at + start));
                lines.next();
            }
            // What opens the block, and blank lines before the code.
            None if places.is_empty() => {}
            None => {
                places.push(None);
                lines.next();
            }
        }
        at += written.len();
    }
    places.resize(code.split('\n').count(), None);
    places
}

#[cfg(test)]
mod tests {
    use super::places_of_lines;

    #[test]
    fn lines_of_code_are_found_in_the_page() {
        let found = |code: &str, text: &str| places_of_lines(code, text, 0..text.len());
        assert_eq!(
            found("a\n\nb", "\na\n\nb\n```"),
            [Some(1), Some(3), Some(4)]
        );
        assert_eq!(found("a\n  b", "\n> a\n>   b\n"), [Some(3), Some(7)]);
        assert_eq!(found("a", "a{% end %}"), [Some(0)]);
        assert_eq!(found("made", "\nelse\n"), [None]);
        assert_eq!(found("", ""), [None]);
    }
}
