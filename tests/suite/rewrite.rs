//! Markdown with its blocks as HTML: read by Zola's own parser, it gives what pyfence itself gives.

use pulldown_cmark::{Parser, html};
use pyfence::{Dialect, PageContext, Renderer};

fn rewritten(markdown: &str, dialect: Dialect) -> String {
    let renderer = Renderer::builder().build().expect("a renderer");
    let page = renderer.rewrite_page(markdown, &PageContext::new("a.md"), dialect);
    assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
    page.markdown
}

pub fn read(markdown: &str) -> String {
    let mut page = String::new();
    html::push_html(
        &mut page,
        Parser::new_ext(markdown, Renderer::MARKDOWN_OPTIONS),
    );
    page
}

/// What differs on purpose: comments, and the line ends between the blocks.
fn plain(html: &str) -> String {
    let text = html
        .replace("<!---->", "")
        .replace("<!--```-->", "")
        .replace("&#10;", "\n")
        .replace("&#123;", "{");
    let text = text
        .replace("title=\"&#124;\"", "title=\"|\"")
        .replace(" </p>", "</p>")
        .replace("<p> ", "<p>")
        .replace(">\n", ">")
        .split("<link")
        // The author's own indentation of a fence in a list stands before the block.
        .map(|part| part.trim_end_matches(' '))
        .collect::<Vec<_>>()
        .join("<link");
    text.replace("\n<", "<")
}

fn assert_same(markdown: &str) {
    let renderer = Renderer::builder().build().expect("a renderer");
    let ours = renderer.render_page(markdown, &PageContext::new("a.md"));
    assert!(ours.html.contains("<pyodide-block"), "{}", ours.html);
    for dialect in [Dialect::Shortcodes, Dialect::Templates] {
        let text = rewritten(markdown, dialect);
        assert_eq!(
            plain(&read(&text)),
            plain(&ours.html),
            "{markdown}\n=>\n{text}"
        );
    }
}

#[test]
fn text_behind_a_block_begins_nothing() {
    for text in [
        "```", "~~~", "# a", "- a", "1. a", "> a", "---", "===", "<b", "[a]: b", "a", "*a*",
    ] {
        assert_same(&format!(
            "{{% pyodide() %}}1{{% end %}}{text}\n```pyodide\n2\n```\n"
        ));
    }
}

#[test]
fn exercises() {
    assert_same(
        "- one\n\n  ```pyodide exercise=x\n  {{ y }}\n  ```\n\n  ```pyodide check=x title=\"{% if %}\"\n  # a comment\n\n  y -> 1\n  ```\n\n  \
         ```pyodide hint=x\n  It is *one*,\n\n      {{ y }}\n  ```\n\n> ```pyodide solution=x\n> y = 1\n> ```\n",
    );
}

#[test]
fn a_comment_ends_where_browsers_end_it() {
    for comment in ["<!-->", "<!--->", "<!-- a --!>", "<!-- a\n\nb -->"] {
        assert_same(&format!("{comment}\n\n{{% pyodide() %}}1{{% end %}}"));
        assert_same(&format!(
            "<div>\n{comment} {{% pyodide() %}}1{{% end %}}\n</div>"
        ));
    }
}

#[test]
fn what_is_in_a_comment_stays_there() {
    let renderer = Renderer::builder()
        .shortcode("note.html", "<aside>\n\n{{ body }}\n</aside>")
        .build()
        .expect("a renderer");
    let context = PageContext::new("a.md");
    for markdown in [
        "<!--\n{% note() %}a{% end %}\n-->\n",
        "<!--\n{% note() %}a{% end %}\n```{% note() %}b{% end %}\n```\n",
        "<div>\n<!-- b -->\n<!--\n{% note() %}a{% end %}\n-->\n</div>\n",
    ] {
        let page = renderer.rewrite_page(markdown, &context, Dialect::Templates);
        let html = read(&page.markdown);
        let (_, rest) = html.rsplit_once("<!--").expect("a comment");
        let comment = rest.split("-->").next().unwrap_or_default();
        assert!(
            comment.contains("<aside>") && comment.contains('a'),
            "{html}"
        );
        assert_eq!(
            html.matches("<aside>").count(),
            comment.matches("<aside>").count()
        );
    }
    let markdown = "<!-- a -->\n{% note() %}b{% end %}\n";
    let page = renderer.rewrite_page(markdown, &context, Dialect::Templates);
    assert!(
        page.markdown.contains("<!----><aside>"),
        "{}",
        page.markdown
    );
}

#[test]
fn blocks_stay_where_they_are() {
    let fence = "```pyodide\nif x:\n\n    # a *comment*\n    y = '{{ z }} {% end %} {# #}'\n```";
    for markdown in [
        format!("before\n\n{fence}\n\nafter\n"),
        format!("before\n{fence}\nafter\n"),
        format!("- a\n{}\n- b\n", indent(fence, "  ")),
        format!("- a\n\n{}\n\n  more\n\n- b\n", indent(fence, "  ")),
        format!("- a\n\n{}\n\n  more\n", indent(fence, "    ")),
        format!("  - a\n{}\n", indent(fence, "     ")),
        format!("-   {}\n", indent(fence, "    ").trim_start()),
        format!("> - a\n{}\n", indent(fence, ">     ")),
        format!("{}\n", indent(fence, "  ")),
        "- a\n\n  ```pyodide\n  print('a')\n  print('b')\n  ```\n".to_owned(),
        "  {% pyodide() %}\nx = \"\"\"\n  y\n\"\"\"\n{% end %}\n".to_owned(),
        format!("1. {}\n2. b\n", indent(fence, "   ").trim_start()),
        format!("{}\n> more\n", indent(fence, "> ")),
        format!("> - a\n{}\n>   more\n", indent(fence, ">   ")),
        format!("{fence}\n{fence}\n"),
        "text {% pyodide(session=\"x\") %}1{% end %} more *text*\n".to_owned(),
        "- item\n\n  {% pyodide() %}\n  if x:\n\n      y\n  {% end %}\n\n  more\n- b\n".to_owned(),
        "> {% pyodide() %}\n> 1\n> {% end %}\n> more\n".to_owned(),
        "| a | b |\n|---|---|\n| {% pyodide() %}1 | 2{% end %} | c |\n".to_owned(),
        "| a | b |\n|---|---|\n| {% pyodide(title=\"|\") %}f(**a, **b) # __init__ *x* `t` ~~a~~ \\\\ \\| &amp; <b>{% end %} | *c* |\n"
            .to_owned(),
        "a | b\n--|--\n*c* | {% pyodide() %}__init__{% end %}\n".to_owned(),
    ] {
        assert_same(&markdown);
    }
}

fn indent(text: &str, prefix: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("{prefix}{line}")).collect();
    lines.join("\n")
}

/// Inline Markdown of every kind, and lines that only a paragraph goes on over.
const MARKS: &str =
    "*a* _b_ **c** `d` ~~e~~ [f](g) ![h](i) <j> &amp; \\\\* \"k\" -- ... | l\n\n    m\n# n";

#[test]
fn calls_in_the_middle_of_a_paragraph_are_not_read_as_text() {
    let call = format!("{{% pyodide() %}}\n{MARKS}\n{{% end %}}");
    for text in [
        format!("text\n    {call}\n"),
        format!("text\n\t{call}\nmore\n"),
        format!("text\n         {call}\n    *more*\n"),
        format!("- text\n      {call}\n  more\n- b\n"),
        format!("- text\n{call}\nmore\n"),
        format!("1.  text\n    {call}\n"),
        format!("> text\n>     {call}\n> more\n"),
        format!("> - text\n      {call}\n"),
        format!("- [ ] text\n        {call}\n"),
        format!("text\n    - {call} more\n"),
        format!("- text\n\n  more\n      {call} {call}\n"),
        format!("[^long-name]\n\n[^long-name]: text\n    {call}\n"),
        format!("[a]: b\n    {call}\n"),
        format!("<span>{call}</span>\n"),
    ] {
        assert_same_codes(&text);
    }
}

#[test]
fn a_blank_line_in_code_ends_no_html_of_the_author() {
    let call = format!("{{% pyodide() %}}\n{MARKS}\n{{% end %}}");
    for text in [
        format!("<div>\n{call}\n    </div>\n"),
        format!("<details><summary>*a*</summary>{call}</details>\n"),
        format!("- <div>\n  {call} {call}\n  </div>\n"),
        format!("> <section>\n> - {call}\n> </section>\n"),
    ] {
        assert_same_codes(&text);
    }
}

/// A strip of tags leaves references for readers to see.
#[test]
fn lines_of_code_are_lines_wherever_they_may_be() {
    let call = &format!("{{% pyodide() %}}\n{MARKS}\n{{% end %}}");
    let fence = &format!("~~~~pyodide\n{MARKS}\n~~~~");
    let behind = |block: &str, margin: &str| block.replace('\n', &format!("\n{margin}"));
    for (before, margin, after) in [
        ("- a\n\n  ", "  ", "\n\n- b\n"),
        ("- a\n\n   ", "   ", "\n"),
        ("12. a\n    ", "    ", "\n13. b\n"),
        ("-\n  ", "  ", "\n"),
        (" - a\n   - b\n\n      ", "      ", "\n"),
        ("> - a\n>\n>   ", ">   ", "\n> - b\n"),
        (">1. a\n>\n>    ", ">    ", "\n"),
        ("- > - a\n  >\n  >   ", "  >   ", "\n"),
        ("  ", "  ", "\n"),
    ] {
        for block in [call, fence] {
            assert_lines(&format!("{before}{}{after}", behind(block, margin)));
        }
    }
    for (before, margin, after) in [
        ("<div>\n", "", "\n</div>\n"),
        ("<div>\n    ", "", "\n</div>\n"),
        ("<div>", "", "</div>\n"),
        ("<div>\n- > ", "", "\n</div>\n"),
        ("- <details>\n  ", "  ", "\n  </details>\n- b\n"),
        ("- a\n\n  <div>\n    ", "  ", "\n  </div>\n"),
        ("> <tab-bar>\n> ", "> ", "\n> </tab-bar>\n"),
    ] {
        assert_lines(&format!("{before}{}{after}", behind(call, margin)));
    }
}

fn assert_lines(markdown: &str) {
    assert_same_codes(markdown);
    for dialect in [Dialect::Shortcodes, Dialect::Templates] {
        let page = rewritten(markdown, dialect);
        assert!(!page.contains("&#10;"), "{page}");
    }
}

/// The code of each block is the author's, and no paragraph is around one: a browser would end both at the `<pre>`.
fn assert_same_codes(markdown: &str) {
    for dialect in [Dialect::Shortcodes, Dialect::Templates] {
        let html = read(&rewritten(markdown, dialect));
        for block in html.split("<pyodide-block").skip(1) {
            let (_, code) = block
                .split_once("<code class=\"language-python\">")
                .expect("a block has code");
            let (code, _) = code.split_once("</code>").expect("code ends");
            let code = code.replace("&#10;", "\n");
            let parts = code
                .split('<')
                .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
            let code = parts
                .collect::<String>()
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
            assert_eq!(code, MARKS, "{markdown}\n=>\n{html}");
        }
        let mut rest = &html[..];
        while let Some(start) = rest.find("<p>") {
            let length = rest[start..].find("</p>").expect("a paragraph ends");
            let paragraph = &rest[start..start + length];
            assert!(!paragraph.contains("<pyodide-block"), "{html}");
            rest = &rest[start + length..];
        }
    }
}

#[test]
fn no_template_and_no_fence_begins_in_a_block() {
    let code = "f'{{x}}{{{{{y}' + \"{% end %}{% endraw %}{# #}{{ bar() }}```````\"";
    for dialect in [Dialect::Shortcodes, Dialect::Templates] {
        let text = rewritten(
            &format!("```pyodide session=\"{{{{y}}}}\"\n{code}\n```\n"),
            dialect,
        );
        for start in ["{{", "{%", "{#"] {
            assert!(!text.contains(start), "{start} in {text}");
        }
        // Zola counts the words outside of these pairs.
        assert_eq!(text.matches("```").count(), 2, "{text}");
        assert!(!text.contains("&#10;") && !text.contains("<p>"), "{text}");
    }
}

#[test]
fn lines_around_a_block_keep_their_numbers() {
    let text = rewritten(
        "one\n\n```pyodide\n1\n2\n```\n\nthe eighth\n",
        Dialect::Templates,
    );
    assert_eq!(text.lines().nth(7), Some("the eighth"), "{text}");
}

#[test]
fn the_shortcodes_of_others_stay_with_the_blocks_in_them() {
    let text = rewritten(
        "{% note(a=1) %}\n```pyodide\n1\n```\n{{ inner() }} {{/* x() */}}\n{% end %}\n\n{{ other() }}\n",
        Dialect::Shortcodes,
    );
    assert!(
        text.starts_with("{% note(a=1) %}\n<!--```--><link"),
        "{text}"
    );
    assert!(
        text.contains("{{ inner() }} {{/* x() */}}\n{% end %}\n\n{{ other() }}\n"),
        "{text}"
    );
}

#[test]
fn a_call_in_code_stays_text() {
    let markdown = "```md\n{% pyodide(session=1) %}\n1\n{% end %}\n```\n";
    let shortcodes = rewritten(markdown, Dialect::Shortcodes);
    assert_eq!(
        shortcodes,
        "```md\n{%/* pyodide(session=1) */%}\n1\n{%/* end */%}\n```\n"
    );
    let templates = rewritten(markdown, Dialect::Templates);
    assert_eq!(
        templates,
        "```md\n{% raw %}{% pyodide(session=1) %}\n1\n{% end %}{% endraw %}\n```\n"
    );
}

#[test]
fn the_tags_of_templates_are_left_to_zola() {
    let markdown = "{% if config.title %}a{% endif %}\n\n```pyodide\n1\n```\n\n{% set x = 1 %} {{/* y() */}}\n";
    let text = rewritten(markdown, Dialect::Templates);
    assert!(text.starts_with("{% if config.title %}a{% endif %}\n\n<!--```--><link"));
    assert!(
        text.ends_with("{% set x = 1 %} {% raw %}{{ y() }}{% endraw %}\n"),
        "{text}"
    );
}

#[test]
fn known_shortcodes_are_expanded_for_a_zola_without() {
    let renderer = Renderer::builder()
        .shortcode(
            "note.html",
            "<aside>\n\n{{ body | markdown | safe }}</aside>",
        )
        .shortcode("say.md", "**{{ what }}**")
        .build()
        .expect("they parse");
    let page = renderer.rewrite_page(
        "{% note() %}\n```pyodide\n1\n```\n{% end %}\n\nI {{ say(what=\"do\") }} {{ page.title }}\n",
        &PageContext::new("a.md"),
        Dialect::Templates,
    );
    assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
    assert!(
        page.markdown.starts_with("<!--```--><aside>&#10;&#10;"),
        "{}",
        page.markdown
    );
    assert_eq!(page.markdown.matches("<pyodide-block").count(), 1);
    assert!(
        page.markdown.ends_with("I **do** {{ page.title }}\n"),
        "{}",
        page.markdown
    );
}

/// What a template gives is HTML, not Markdown: in the middle of a line as well.
#[test]
fn the_html_of_shortcodes_stays_as_it_is() {
    let renderer = Renderer::builder()
        .shortcode("name.html", "<b>__init__</b> & x | y<!-- *c* -->")
        .build()
        .expect("it parses");
    let context = PageContext::new("a.md");
    for markdown in [
        "*The* {{ name() }}.\n",
        "| a |\n|---|\n| {{ name() }} |\n",
        "`{{ name() }}`\n",
        "```\n{{ name() }}\n```\n",
    ] {
        let text = renderer.rewrite_page(markdown, &context, Dialect::Templates);
        let ours = renderer.render_page(markdown, &context);
        let (read, ours) = (read(&text.markdown), ours.html.replace(" & ", " &amp; "));
        assert_eq!(read, ours, "{markdown}\n=>\n{}", text.markdown);
    }
}

#[test]
fn a_tag_of_several_lines_stays_a_tag() {
    let renderer = Renderer::builder()
        .shortcode("picture.html", "<img\n  src=\"a\"\n  alt=\"b\nc\">")
        .build()
        .expect("it parses");
    for markdown in [
        "{{ picture() }}\n",
        "*a* {{ picture() }} b\n",
        "> - {{ picture() }}\n",
        "| a |\n|---|\n| {{ picture() }} |\n",
    ] {
        let page = renderer.rewrite_page(markdown, &PageContext::new("a.md"), Dialect::Templates);
        assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
        let html = read(&page.markdown);
        let tag = "<img   src=\"a\"   alt=\"b&#10;c\">";
        assert!(html.contains(tag), "{markdown}\n=>\n{html}");
    }
}

#[test]
fn a_block_in_the_template_of_a_shortcode_is_an_error() {
    let renderer = Renderer::builder()
        .shortcode("demo.md", "Look:\n\n```pyodide\n1\n```\n\n{{ body }}")
        .build()
        .expect("it parses");
    let page = renderer.rewrite_page(
        "one\n\n{% demo() %}\n```pyodide\n2\n```\n{% end %}\n",
        &PageContext::new("a.md"),
        Dialect::Templates,
    );
    let [error] = &page.diagnostics[..] else {
        panic!("{:?}", page.diagnostics);
    };
    assert!(
        error.message().contains("holds a `pyodide` fence"),
        "{error}"
    );
    assert_eq!((error.line(), error.column()), (Some(3), Some(1)));
}

/// What Markdown makes of the HTML of a block there is another page than the author's.
#[test]
fn a_block_that_would_change_the_page_around_it_is_an_error() {
    let renderer = Renderer::builder().build().expect("a renderer");
    for (markdown, place) in [
        // Its own end tag would end the author's element, and so let a fence begin.
        (
            "<pre\n{% pyodide() %}1{% end %}\n```\n{% pyodide() %}2{% end %}\n",
            (2, 1),
        ),
        (
            "one\n\n<pre>\n```pyodide\n{% pyodide() %}1{% end %}\n```\n",
            (5, 1),
        ),
        // Nothing but a blank line ends a table, and a row can't be lines.
        (
            "| a |\n|---|\n| b |\n{% pyodide() %}\n1\n{% end %}\n",
            (4, 1),
        ),
    ] {
        for dialect in [Dialect::Shortcodes, Dialect::Templates] {
            let page = renderer.rewrite_page(markdown, &PageContext::new("a.md"), dialect);
            let [error] = &page.diagnostics[..] else {
                panic!("{markdown}\n{:?}", page.diagnostics);
            };
            let message = error.message();
            assert!(message.contains("would change"), "{error}");
            assert_eq!((error.line().zip(error.column())), Some(place), "{error}");
        }
    }
}
