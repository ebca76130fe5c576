//! The blocks of a page of finished HTML, whoever made it: as a browser reads it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use crate::block::options::{BlockOptions, OPTION_NAMES};
use crate::block::raw_value::RawValue;
#[cfg(feature = "vendor")]
use crate::page::code::PageCode;
use crate::page::code::WrittenBlock;

/// What a page of finished HTML has for pyfence.
#[derive(Debug, Clone, Default)]
pub(crate) struct FinishedPage {
    /// The addresses of its loader's script, with the number of their lines, from 1.
    pub loaders: Vec<(String, usize)>,
    blocks: Vec<FinishedBlock>,
}

#[derive(Debug, Clone)]
struct FinishedBlock {
    /// The number of the line on which its tag ends, from 1.
    line: usize,
    /// That on which its code begins.
    code_line: usize,
    /// Its attributes, or what an ordinary fence states.
    stated: Vec<(String, String)>,
    code: String,
    /// Whether it is an ordinary fence, of which the loader makes a block where its tag says so.
    is_fence: bool,
}

impl FinishedPage {
    #[cfg(any(feature = "site", feature = "zola"))]
    pub fn read(html: &str) -> Self {
        let read = Read::all_of(html);
        let mut page = read.page;
        if !read.upgrades_fences {
            page.blocks.retain(|block| !block.is_fence);
        }
        page
    }

    /// A part of a page, whose loader is elsewhere: ordinary fences that ask to be blocks are.
    pub fn read_part(html: &str) -> Self {
        Read::all_of(html).page
    }

    /// Whether the first of its blocks leaves the loader's tags to another one, or to another place.
    #[cfg(any(feature = "site", feature = "zola"))]
    pub fn leaves_loader(&self) -> bool {
        let first = self.blocks.first();
        first.is_some_and(|block| block.options("").assets == Some(false))
    }

    #[cfg(any(feature = "site", feature = "zola"))]
    pub fn has_blocks(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// The line of its first block.
    #[cfg(feature = "vendor")]
    pub fn first_line(&self) -> usize {
        self.blocks.first().map_or(1, |block| block.line)
    }

    /// Its blocks; `base` is the address of the folder that is published, as the pages say it: files
    /// below it are the site's own.
    #[cfg(feature = "vendor")]
    pub fn code(&self, name: &str, html: &str, base: &str) -> PageCode {
        let mut lines = vec![0];
        lines.extend(html.match_indices('\n').map(|(at, _)| at + 1));
        PageCode::finished(name, html, base, self.blocks_in(html, &lines, base))
    }

    /// Its blocks, with their places in the text that it was made from; `lines` says where in that each line
    /// of the HTML comes from.
    pub fn blocks_in(&self, source: &str, lines: &[usize], base: &str) -> Vec<WrittenBlock> {
        let from = |line: usize| {
            let start = lines.get(line - 1).copied().unwrap_or(source.len());
            (start, source.get(start..).unwrap_or_default())
        };
        let blocks = self.blocks.iter().map(|block| {
            let (start, rest) = from(block.line);
            let opening = rest.split('\n').next().unwrap_or_default().trim_end();
            let code = block.code.split('\n').enumerate();
            let code = code.map(|(number, line)| {
                let (start, rest) = from(block.code_line + number);
                let mut written = rest.split_inclusive('\n').map(str::len);
                let line_end = written.next().unwrap_or_default();
                // The first stands behind the tag, or below the line that opens a fence.
                let (tag, end) = match number {
                    0 => {
                        let tag = rest[..line_end].find("<code").unwrap_or_default();
                        (tag, line_end + written.next().unwrap_or_default())
                    }
                    _ => (0, line_end),
                };
                Some(start + tag + rest[tag..end].find(line.trim_end())?)
            });
            WrittenBlock::finished(
                block.code.clone(),
                block.options(base),
                start..start + opening.len(),
                code.collect(),
            )
        });
        blocks.collect()
    }
}

impl FinishedBlock {
    /// What it says; a browser passes over what isn't right, too.
    fn options(&self, base: &str) -> BlockOptions {
        let mut options = BlockOptions::default();
        for (name, value) in &self.stated {
            let value = match value.as_str() {
                // A switch of an element is on where it is there.
                "" => RawValue::Bool(true),
                value => RawValue::Text(value.to_owned()),
            };
            let _ = options.set(name, value);
        }
        for list in [&mut options.install, &mut options.files] {
            for address in list.iter_mut().flatten() {
                if let Some(path) = address.strip_prefix(base).filter(|_| base.contains("//")) {
                    *address = format!("/{}", path.trim_start_matches('/'));
                }
            }
        }
        options
    }
}

/// Takes the tokens of a page.
#[derive(Default)]
struct Reader(RefCell<Read>);

#[derive(Default)]
struct Read {
    page: FinishedPage,
    upgrades_fences: bool,
    /// The block whose tag is open, and whether its code was there.
    open: Option<(FinishedBlock, bool)>,
    /// What a `<pre>` states of the code in it.
    of_pre: Option<Vec<(String, String)>>,
    is_in_code: bool,
}

impl Read {
    fn all_of(html: &str) -> Self {
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
        // A sink that never stops the tokenizer has it read all.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let mut read = tokenizer.sink.0.into_inner();
        read.end_block();
        read
    }

    fn start(&mut self, tag: &Tag, line: usize) {
        match &*tag.name {
            "script" => self.loader(tag, line),
            "pyodide-block" | "pyodide-part" => {
                self.end_block();
                let stated = attributes(tag).filter(|(name, _)| is_option(name));
                self.open = Some((block(line, stated.collect(), false), false));
            }
            "pre" => {
                self.of_pre = attribute(tag, "data-pyodide").map(|_| stated_by_fence(tag));
            }
            "code" => self.code(tag, line),
            _ => {}
        }
    }

    fn code(&mut self, tag: &Tag, line: usize) {
        match &mut self.open {
            Some((_, true)) => {}
            Some((block, false)) => {
                block.code_line = line;
                self.is_in_code = true;
            }
            None => {
                let classes = attribute(tag, "class").unwrap_or_default();
                let mut classes = classes.split_ascii_whitespace();
                let is_fence = attribute(tag, "data-pyodide").is_some()
                    || classes.any(|class| class == "language-pyodide");
                let of_pre = self.of_pre.take();
                let stated = of_pre.or_else(|| is_fence.then(|| stated_by_fence(tag)));
                if let Some(stated) = stated {
                    self.open = Some((block(line, stated, true), false));
                    self.is_in_code = true;
                }
            }
        }
    }

    fn end(&mut self, tag: &Tag) {
        match &*tag.name {
            "code" => {
                self.is_in_code = false;
                if let Some((block, has_code)) = &mut self.open {
                    *has_code = true;
                    if block.is_fence {
                        self.end_block();
                    }
                }
            }
            "pyodide-block" | "pyodide-part" => self.end_block(),
            "pre" => self.of_pre = None,
            _ => {}
        }
    }

    fn end_block(&mut self) {
        self.is_in_code = false;
        if let Some((mut block, _)) = self.open.take() {
            let code = block.code.trim_end_matches('\n').len();
            block.code.truncate(code);
            self.page.blocks.push(block);
        }
    }

    fn loader(&mut self, tag: &Tag, line: usize) {
        let Some(address) = attribute(tag, "src") else {
            return;
        };
        let path = address.split(['?', '#']).next().unwrap_or_default();
        if path.ends_with("/pyfence.js") {
            self.upgrades_fences |= attribute(tag, "data-fences").is_some();
            self.page.loaders.push((address.to_owned(), line));
        }
    }
}

fn block(line: usize, stated: Vec<(String, String)>, is_fence: bool) -> FinishedBlock {
    FinishedBlock {
        line,
        code_line: line,
        stated,
        code: String::new(),
        is_fence,
    }
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut read = self.0.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                read.start(&tag, usize::try_from(line).unwrap_or(1).max(1));
                return raw_text_in(&tag.name);
            }
            TagToken(tag) if tag.kind == EndTag => read.end(&tag),
            Token::CharacterTokens(text) if read.is_in_code => {
                if let Some((block, _)) = &mut read.open {
                    block.code.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose text holds no tags.
fn raw_text_in(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

fn attributes(tag: &Tag) -> impl Iterator<Item = (String, String)> {
    let attributes = tag.attrs.iter();
    attributes.map(|attribute| {
        (
            attribute.name.local.to_string(),
            attribute.value.to_string(),
        )
    })
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let mut attributes = tag.attrs.iter();
    let found = attributes.find(|attribute| &*attribute.name.local == name)?;
    Some(&found.value)
}

/// What an ordinary fence states, as `runtime/on-demand/stock-fences.js` reads it.
fn stated_by_fence(tag: &Tag) -> Vec<(String, String)> {
    let data = attributes(tag).filter_map(|(name, value)| {
        let name = name.strip_prefix("data-")?;
        Some((name.to_owned(), value))
    });
    let classes = attribute(tag, "class").unwrap_or_default();
    let classes = classes.split_ascii_whitespace().filter_map(|word| {
        let (name, value) = word.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    });
    let stated = classes.chain(data).filter(|(name, _)| is_option(name));
    // In its words a comma ends an option, so a list has `+` in its place.
    let listed = stated.map(|(name, value)| match name.as_str() {
        "install" | "files" => (name, value.replace('+', ",")),
        _ => (name, value),
    });
    listed.collect()
}

fn is_option(name: &str) -> bool {
    OPTION_NAMES.contains(&name)
}
