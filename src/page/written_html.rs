//! The blocks that a page's author wrote as HTML, or as ordinary fences of which the loader makes
//! blocks: the page is rendered without its other blocks, and read as a browser reads it.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd, html};
use pulldown_cmark_escape::escape_html;

use crate::page::code::WrittenBlock;
use crate::page::fences_to_blocks::{Item, SpannedItem};
use crate::page::finished::FinishedPage;
use crate::syntax::fence::is_stock;

/// Those of a page with these items, in the order of the page, whose text is `source`; `base` is the
/// address of the site.
pub(crate) fn blocks(items: Vec<SpannedItem<'_>>, source: &str, base: &str) -> Vec<WrittenBlock> {
    if !items.iter().any(|placed| may_be_block(&placed.item)) {
        return Vec::new();
    }
    let page = RefCell::new(LocatedHtml::of(source));
    let mut in_stock_fence = false;
    let events = items.into_iter().map(|SpannedItem { item, span }| {
        page.borrow_mut().moves_to(&span);
        match item {
            Item::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))))
                if is_stock(&info) =>
            {
                in_stock_fence = true;
                Event::Html(opening_of(&info).into())
            }
            Item::Event(Event::End(TagEnd::CodeBlock)) if in_stock_fence => {
                in_stock_fence = false;
                Event::Html(CowStr::Borrowed("</code></pre>\n"))
            }
            Item::Event(event) => event,
            Item::Html(html) => Event::Html(html.into()),
            Item::Block(_) => Event::Html(CowStr::Borrowed("")),
        }
    });
    // Writing to a String doesn't fail.
    let _ = html::write_html_fmt(&mut Writer(&page), events);
    let page = page.into_inner();
    FinishedPage::read_part(&page.html).blocks_in(source, &page.lines, base)
}

/// Whether a block may begin in it that is no fence of ours.
pub(crate) fn may_be_block(item: &Item<'_>) -> bool {
    match item {
        Item::Event(Event::Html(html) | Event::InlineHtml(html)) => html.contains("pyodide"),
        Item::Html(html) => html.contains("pyodide"),
        Item::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))) => is_stock(info),
        _ => false,
    }
}

/// The tags that Zola makes of an ordinary fence.
fn opening_of(info: &str) -> String {
    let mut tags = "<pre><code".to_owned();
    for (name, value) in info.split(',').filter_map(|word| word.split_once('=')) {
        tags.push_str(" data-");
        // Writing to a String doesn't fail.
        let _ = escape_html(&mut tags, name.trim());
        tags.push_str("=\"");
        let _ = escape_html(&mut tags, value.trim());
        tags.push('"');
    }
    tags.push('>');
    tags
}

/// The HTML of a page, and the place in the page's text that each of its lines comes from.
struct LocatedHtml<'s> {
    source: &'s str,
    html: String,
    lines: Vec<usize>,
    /// Where in the page's text the next byte comes from.
    at: usize,
    /// Where that ends.
    end: usize,
    begins_line: bool,
}

impl<'s> LocatedHtml<'s> {
    fn of(source: &'s str) -> Self {
        Self {
            source,
            html: String::with_capacity(source.len() * 2),
            lines: Vec::new(),
            at: 0,
            end: 0,
            begins_line: true,
        }
    }

    fn moves_to(&mut self, span: &Range<usize>) {
        self.at = span.start;
        self.end = span.end;
    }

    fn add(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            if self.begins_line {
                self.lines.push(self.at);
            }
            self.begins_line = line.ends_with('\n');
            if self.begins_line {
                let rest = self.source.get(self.at..self.end).unwrap_or_default();
                self.at += rest.find('\n').map_or(0, |end| end + 1);
            }
        }
        self.html.push_str(text);
    }
}

/// Adds what a renderer writes.
struct Writer<'p, 's>(&'p RefCell<LocatedHtml<'s>>);

impl fmt::Write for Writer<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.borrow_mut().add(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::page::context::PageContext;
    use crate::renderer::Renderer;

    /// The blocks of a page: the lines they open on, what they install, their code, and where its last
    /// line is, as far as that is known.
    fn blocks(markdown: &str) -> Vec<String> {
        let renderer = Renderer::builder()
            .shortcode("note.html", "<aside>{{ body | safe }}</aside>")
            .shortcode(
                "plot.html",
                "<p>a</p>\n<pyodide-block install=\"numpy\"><pre><code>x</code></pre></pyodide-block>",
            )
            .build()
            .expect("the shortcodes parse");
        let page = renderer.parse(markdown, &PageContext::new("a.md")).code();
        let told = page.all_blocks().into_iter().map(|block| {
            let install = block.options().install.iter().flatten();
            let install: Vec<&str> = install.map(String::as_str).collect();
            let last = block.code().split('\n').count();
            let error = crate::Error::new(crate::ErrorKind::Code, "it is here");
            let error = page.mark(error, block, Some(last));
            format!(
                "{}: {} {:?} {}:{}",
                page.line_of(block),
                install.join("+"),
                block.code(),
                error.line().unwrap_or(0),
                error.column().unwrap_or(0)
            )
        });
        told.collect()
    }

    #[test]
    fn blocks_are_found_in_all_shapes() {
        let block = "<pyodide-block install=\"a,b\"><pre><code>import x\n  y</code></pre></pyodide-block>\n";
        assert_eq!(
            blocks(&format!("one\n\n{block}")),
            ["3: a+b \"import x\\ny\" 4:3"]
        );
        // An element that Markdown takes for part of a paragraph, with a blank line in its code.
        assert_eq!(
            blocks("a <pyodide-block install=a><pre><code>x\n\ny</code></pre></pyodide-block> b"),
            ["1: a \"x\\ny\" 3:1"]
        );
        for (fence, line) in [
            (
                "<pre data-pyodide data-install='a+b'><code>x &lt; y</code></pre>\n",
                1,
            ),
            (
                "<pre><code data-pyodide='run'\n  data-install='a+b'>x &lt; y</code></pre>\n",
                2,
            ),
            (
                "<pre><code class='language-pyodide install=a+b'>&#120; < y</code></pre>\n",
                1,
            ),
            ("```python,pyodide=run,install=a+b\nx < y\n```\n", 1),
        ] {
            let found = blocks(fence);
            let start = format!("{line}: a+b \"x < y\" ");
            assert!(
                found.len() == 1 && found[0].starts_with(&start),
                "{found:?}"
            );
        }
        // In the containers of Markdown, whose marks are no code.
        assert_eq!(
            blocks("- > <pre data-pyodide><code>if x:\n  >   y\n  > </code></pre>\n"),
            ["1:  \"if x:\\n  y\" 2:7"]
        );
        assert_eq!(
            blocks("- one <pyodide-block><pre><code>x</code></pre></pyodide-block>\n- two\n"),
            ["1:  \"x\" 1:33"]
        );
        // Around what Markdown makes of a fence.
        assert_eq!(
            blocks("<pyodide-block install=a>\n\n```python\nx < y\n```\n\n</pyodide-block>\n"),
            ["1: a \"x < y\" 4:1"]
        );
    }

    #[test]
    fn blocks_of_shortcodes_are_found() {
        assert_eq!(
            blocks(
                "{% note() %}\n<pyodide-block install=a>\n<pre><code>x</code></pre></pyodide-block>\n{% end %}\n"
            ),
            ["1: a \"x\" 3:12"]
        );
        assert_eq!(blocks("one\n\n{{ plot() }}\n"), ["3: numpy \"x\" 3:1"]);
    }

    #[test]
    fn what_only_looks_like_a_block_is_none() {
        let block = "<pyodide-block><pre><code>x</code></pre></pyodide-block>";
        for page in [
            format!("<!-- {block} -->\n"),
            format!("<!--\n\n{block}\n\n-->\n"),
            format!("```html\n{block}\n```\n"),
            format!("    {block}\n"),
            format!("`{block}`\n"),
            block.replace('<', "&lt;"),
            block.replace('<', "\\<"),
            format!("<textarea>{block}</textarea>\n"),
            format!("[a](b \"{block}\")\n"),
            "<pre><code class=\"language-python\">x</code></pre>\n".to_owned(),
        ] {
            assert_eq!(blocks(&page), [""; 0], "{page}");
        }
    }

    #[test]
    fn blocks_of_all_kinds_stand_in_the_order_of_the_page() {
        let html = |code: &str| format!("<pre data-pyodide><code>{code}</code></pre>\n\n");
        let page = format!("{}```pyodide\n2\n```\n\n{}", html("1"), html("3"));
        let renderer = Renderer::builder().build().expect("it has no templates");
        let page = renderer.parse(&page, &PageContext::new("a.md")).code();
        let codes = |blocks: &mut dyn Iterator<Item = &crate::WrittenBlock>| {
            blocks
                .map(|block| block.code().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(codes(&mut page.all_blocks().into_iter()), ["1", "2", "3"]);
        assert_eq!(codes(&mut page.blocks().iter()), ["2"]);
    }
}
