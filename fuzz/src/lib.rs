//! What must hold for any text. libFuzzer looks for texts for which it doesn't (`make fuzz`); those
//! that it once found are kept in `fuzz/found` and tried by `cargo test`.

use std::fs;
use std::sync::OnceLock;

use pulldown_cmark::{Parser, html};
use pyfence::check::{PageNeeds, check as check_python};
use pyfence::vendor::FinishedFolder;
use pyfence::{
    BlockOptions, Dialect, Error, Fence, Lock, PageCode, PageContext, Renderer, with_line_feeds,
};
use tempfile::TempDir;

fn renderer() -> &'static Renderer {
    static RENDERER: OnceLock<Renderer> = OnceLock::new();
    RENDERER.get_or_init(|| {
        Renderer::builder()
            .shortcode("note.html", "<aside>{{ body | markdown | safe }}</aside>")
            .shortcode("nth.html", "<b>{{ nth }}</b>")
            .shortcode("say.md", "**{{ what }}**")
            .build()
            .expect("the shortcodes parse")
    })
}

fn context() -> PageContext {
    PageContext::new("a.md")
}

/// Messages can be drawn, and point into the text.
fn check(diagnostics: &[Error], text: &str) {
    let lines = with_line_feeds(text).split('\n').count();
    // Drawing takes most of the time, and one message is drawn like another.
    for error in diagnostics.iter().take(10) {
        assert!(
            error.line().is_none_or(|line| (1..=lines).contains(&line)),
            "{error:?}"
        );
        assert!(!error.to_string().is_empty());
    }
}

/// The option list of a fence: whatever it says, the fence is a block.
pub fn option_list(list: &str) {
    let info = format!("pyodide {list}");
    let fence = Fence::new(&info, "1\n").at(1, 1);
    let rendered = renderer().render_fences([fence], &context());
    assert!(matches!(&rendered.html[..], [Some(_)]));
    check(&rendered.diagnostics, "one line");
}

/// The arguments of a shortcode.
pub fn shortcode(arguments: &str) {
    render_page(&format!("{{% pyodide({arguments}) %}}1{{% end %}}"));
    render_page(&format!("{{{{ say({arguments}) }}}}"));
}

/// A page to HTML.
pub fn render_page(markdown: &str) {
    let page = renderer().render_page(markdown, &context());
    check(&page.diagnostics, markdown);
}

/// A page to Markdown: read as CommonMark, that is the page itself, unless its author is told why it can't be. A page in
/// which nothing is unusual is never refused.
pub fn rewrite_page(markdown: &str) {
    let ours = renderer().render_page(markdown, &context());
    let without_calls = !markdown.contains(['{', '}']);
    let generators = [Dialect::Shortcodes, Dialect::Templates, Dialect::Markdown];
    for dialect in generators {
        let rewritten = renderer().rewrite_page(markdown, &context(), dialect);
        check(&rewritten.diagnostics, markdown);
        let is_same =
            (dialect != Dialect::Markdown || without_calls) && escapes_are_whole(markdown);
        if is_same && ours.diagnostics.is_empty() && rewritten.diagnostics.is_empty() {
            assert_same(&rewritten.markdown, &ours.html);
        }
    }
    let plain = plain_page(markdown);
    for dialect in generators {
        let rewritten = renderer().rewrite_page(&plain, &context(), dialect);
        assert!(
            rewritten.diagnostics.is_empty(),
            "{plain}\n{:?}",
            rewritten.diagnostics
        );
    }
}

fn assert_same(markdown: &str, html: &str) {
    let mut read = String::new();
    // A generator takes away what keeps calls from being calls before it reads the rest.
    let markdown = &calls_as_written(markdown);
    html::push_html(
        &mut read,
        Parser::new_ext(markdown, Renderer::MARKDOWN_OPTIONS),
    );
    assert_eq!(blocks_of(&read), blocks_of(html), "{markdown}");
    assert_eq!(shown(&read), shown(html), "{markdown}");
}

/// A page with `code`, without calls, in a block, in a place of which the length of `code` decides.
fn plain_page(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let marks = [["", ""], ["- ", "  "], ["> ", "> "], ["> 1. ", ">    "]];
    let [first, further] = marks[code.len() % marks.len()];
    let code = with_line_feeds(code);
    let code = code.replace('\n', &format!("\n{further}"));
    format!(
        "*a*\n\n{first}b\n{further}\n{further}{fence}pyodide\n{further}{code}\n{further}{fence}\n\n[c](d)\n"
    )
}

/// What a page shows, in one word: rewritten, it has line ends, comments and paragraphs elsewhere.
fn shown(html: &str) -> String {
    let text = text_of(&html.replace("<!--```-->", ""));
    let text: String = text.split_whitespace().collect();
    let text = ["<p>", "</p>", "<br/>"]
        .iter()
        .fold(text, |text, tag| text.replace(tag, ""));
    calls_as_written(&text)
}

/// The code of each block, as a reader sees it.
fn blocks_of(html: &str) -> Vec<String> {
    let blocks = html.split("<pyodide-block").skip(1);
    let blocks = blocks.filter_map(|rest| {
        let block = rest.split("</pyodide-block>").next()?;
        let (_, code) = block.split_once("<code class=\"language-python\">")?;
        code.split_once("</code>")
            .map(|(code, _)| calls_as_written(&text_of(code)))
    });
    blocks.collect()
}

/// Whether each escape of a call has an end: half of one is text, which [`calls_as_written`] doesn't know.
fn escapes_are_whole(text: &str) -> bool {
    let pairs = [("{%/*", "*/%}"), ("{{/*", "*/}}")];
    let is_whole = |(start, end)| text.matches(start).count() == text.matches(end).count();
    pairs.into_iter().all(is_whole)
}

/// Calls that are text without what keeps a generator from taking them for calls.
fn calls_as_written(text: &str) -> String {
    let marks = [
        ("{%/*", "{%"),
        ("*/%}", "%}"),
        ("{{/*", "{{"),
        ("*/}}", "}}"),
        ("{% raw %}", ""),
        ("{% endraw %}", ""),
        ("{%raw%}", ""),
        ("{%endraw%}", ""),
    ];
    let without = |text: String, (escaped, call): (&str, &str)| text.replace(escaped, call);
    marks.into_iter().fold(text.to_owned(), without)
}

/// The text of HTML whose tags are the same on both sides; what keeps Markdown from reading a mark is none.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let html = html.replace("<!---->", "");
    let mut parts = html.split('&');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or((part, ""));
        let number = name
            .strip_prefix('#')
            .and_then(|number| number.parse().ok());
        match (name, number.and_then(char::from_u32)) {
            ("amp", _) => text.push('&'),
            ("lt", _) => text.push('<'),
            ("gt", _) => text.push('>'),
            ("quot", _) => text.push('"'),
            (_, Some(character)) => text.push(character),
            _ => text.push_str(part),
        }
        text.push_str(rest);
    }
    text
}

/// Options as a site's configuration and a page's front matter state them.
pub fn options_toml(toml: &str) {
    if let Err(error) = toml::from_str::<BlockOptions>(toml) {
        assert!(!error.to_string().is_empty());
    }
}

/// The Python of a block, as it stands and as a cell of a notebook.
pub fn python(code: &str) {
    for first in ["", "In [1]: ", "%%time\n"] {
        let page = plain_page(&format!("{first}{code}"));
        let blocks = renderer().parse(&page, &context()).code();
        assert_eq!(blocks.blocks().len(), 1, "{page}");
        check_blocks(&blocks, &page);
    }
}

/// What is said of the blocks of a page points into it.
fn check_blocks(blocks: &PageCode, page: &str) {
    check(&check_python(blocks, &|_| false), page);
    let needs = PageNeeds::of(blocks);
    let lines = page.split('\n').count();
    for need in &needs.needs {
        assert!((1..=lines).contains(&need.line(blocks)), "{need:?}");
    }
}

/// A site's lock: what was read is written such that it is read again.
pub fn lock(text: &str) {
    match Lock::read("pyfence.lock", text) {
        Ok(lock) => {
            let written = lock.to_text();
            let read = Lock::read("pyfence.lock", &written).expect("it is a lock");
            assert_eq!(read.to_text(), written);
        }
        Err(error) => check(&[error], text),
    }
}

/// A page of finished HTML, in a folder with the runtime that its first line loads.
pub fn finished_html(html: &str) {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("there is room");
        let runtime = folder.path().join("pyfence/0123456789ab");
        fs::create_dir_all(&runtime).expect("there is room");
        fs::write(runtime.join("pyfence.js"), "").expect("there is room");
        folder
    });
    let loader = "<script type=module src=pyfence/0123456789ab/pyfence.js></script>";
    let page = format!("{loader}\n{html}");
    fs::write(folder.path().join("index.html"), &page).expect("there is room");
    let Ok(finished) = FinishedFolder::read(folder.path()) else {
        return;
    };
    for blocks in finished.code() {
        check_blocks(&blocks, &page);
    }
}
