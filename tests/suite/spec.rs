//! The spec files are documentation and tests at once: see `tests/spec/fence.md`.

use std::fs;
use std::path::Path;

use pyfence::{PageContext, Renderer};

#[test]
fn fence() {
    check("fence.md");
}

#[test]
fn shortcode() {
    check("shortcode.md");
}

#[test]
fn exercise() {
    check("exercise.md");
}

fn check(file: &str) {
    let path = Path::new("tests/spec").join(file);
    let spec = fs::read_to_string(path).expect("the spec is there");
    let renderer = Renderer::builder()
        .shortcode("note.html", "<aside>{{ body | markdown | safe }}</aside>")
        .shortcode("nth.html", "<b>{{ nth }}</b>")
        .shortcode("say.md", "**{{ what }}**")
        .build()
        .expect("the shortcodes parse");
    let examples = examples(&spec);
    assert!(examples.len() > 3, "{file} has examples");
    for example in examples {
        let context = PageContext::new(format!("{file}:{}", example.line));
        let page = renderer.render_page(&example.markdown, &context);
        assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
        let html = without_colours(&with_loader_word(&page.html));
        assert_eq!(
            html.trim_end(),
            example.html.trim_end(),
            "{file}, the example at line {}",
            example.line
        );
    }
}

struct Example {
    line: usize,
    markdown: String,
    html: String,
}

fn examples(spec: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = spec.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some(fence) = line.strip_suffix(" example") else {
            continue;
        };
        let mut part = |end: &str| {
            let taken = lines.by_ref().map(|(_, line)| line);
            let lines: Vec<_> = taken.take_while(|line| *line != end).collect();
            lines.join("\n").replace('→', "\t") + "\n"
        };
        examples.push(Example {
            line: index + 1,
            markdown: part("."),
            html: part(fence),
        });
    }
    examples
}

fn with_loader_word(html: &str) -> String {
    let Some(start) = html.find("<link ") else {
        return html.to_owned();
    };
    let end = html.find("</script>").expect("a link has its script") + "</script>".len();
    format!("{}[loader]{}", &html[..start], &html[end..])
}

/// Without the elements of coloured code, whose names are `c-` and a letter.
fn without_colours(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let opens = tag.strip_prefix("</").or(tag.strip_prefix('<'));
        let is_colour = opens.is_some_and(|name| name.starts_with("c-"));
        let end = if is_colour {
            tag.find('>').expect("a tag ends") + 1
        } else {
            1
        };
        text.push_str(if is_colour { "" } else { "<" });
        rest = &tag[end..];
    }
    text.push_str(rest);
    text
}
