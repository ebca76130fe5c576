//! Markdown stays what pulldown-cmark makes of it; a block adds its own HTML and nothing else.

mod documents;

use std::fs;
use std::thread;

use documents::{any_document, any_options};
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};
use pyfence::{Fence, PageContext, Renderer};

use crate::support::same_cases;

/// The specification with its examples, as npm installed it.
const SPEC: &str = "node_modules/commonmark-spec/spec.txt";

fn to_html<'e>(events: impl IntoIterator<Item = Event<'e>>) -> String {
    let mut page = String::new();
    html::push_html(&mut page, events.into_iter());
    page
}

fn renderer(options: Options) -> Renderer {
    let builder = Renderer::builder().markdown_options(options);
    builder.build().expect("it builds")
}

/// Markdown's own HTML, and that of each way in.
fn assert_same(markdown: &str, options: Options) {
    let renderer = renderer(options);
    let context = PageContext::new("a.md");
    let expected = to_html(Parser::new_ext(markdown, options));

    let parser = Parser::new_ext(markdown, options);
    let events = renderer.render_events(parser, &context);
    assert_eq!(to_html(events.events), expected);

    let parser = || Parser::new_ext(markdown, options).into_offset_iter();
    let (given, spans): (Vec<_>, Vec<_>) = parser().unzip();
    let events = renderer.render_events_with_offsets(parser(), markdown, &context);
    assert_eq!((&events.events, &events.spans), (&given, &spans));

    let page = renderer.render_page(markdown, &context);
    assert_eq!(page.html, expected);
    assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
}

#[test]
fn every_example_of_commonmark() {
    let spec = fs::read_to_string(SPEC).expect("npm has installed it: `make setup`");
    let fence = "`".repeat(32);
    let start = format!("{fence} example\n");
    let mut count = 0;
    for example in spec.split(&start).skip(1) {
        let (markdown, _) = example.split_once("\n.\n").unwrap_or_default();
        let markdown = markdown.replace('→', "\t") + "\n";
        for options in [Options::empty(), Options::all()] {
            assert_same(&markdown, options);
        }
        count += 1;
    }
    assert_eq!(count, 652);
}

proptest! {
    #![proptest_config(same_cases(256))]

    #[test]
    fn documents_without_blocks(markdown in any_document(false), options in any_options()) {
        assert_same(&markdown, options);
    }

    #[test]
    fn a_block_adds_its_html_and_nothing_else(
        markdown in any_document(true),
        options in any_options(),
    ) {
        let renderer = renderer(options);
        let context = PageContext::new("a.md");
        let rendered = renderer.render_events(Parser::new_ext(&markdown, options), &context);
        prop_assume!(!rendered.diagnostics.has_errors());

        let (others, fences) = without_fences(Parser::new_ext(&markdown, options));
        let fences = fences.iter().map(|(info, code)| Fence::new(info, code));
        let blocks = renderer.render_fences(fences, &context).html;

        let mut page = to_html(rendered.events);
        for block in blocks.iter().flatten() {
            prop_assert!(page.contains(block.as_str()), "{}", block);
            page = page.replacen(block, EMPTY_LINE, 1);
        }
        prop_assert_eq!(page, to_html(others));
    }
}

/// What a removed block leaves behind: HTML that ends its line, so that pulldown-cmark writes the
/// next element as it does behind a block, and nothing else.
const EMPTY_LINE: &str = "\n";

/// The events with each block removed, and the info strings and codes of the blocks.
fn without_fences<'e>(
    events: impl Iterator<Item = Event<'e>>,
) -> (Vec<Event<'e>>, Vec<(String, String)>) {
    let mut others = Vec::new();
    let mut fences: Vec<(String, String)> = Vec::new();
    let mut is_in_fence = false;
    for event in events {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.split([' ', ',']).next() == Some("pyodide") =>
            {
                is_in_fence = true;
                fences.push((info.into_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) if is_in_fence => {
                is_in_fence = false;
                others.push(Event::Html(EMPTY_LINE.into()));
            }
            Event::Text(text) if is_in_fence => {
                if let Some((_, code)) = fences.last_mut() {
                    code.push_str(&text);
                }
            }
            other => others.push(other),
        }
    }
    (others, fences)
}

#[test]
fn many_threads_share_a_renderer() {
    const PAGES: usize = 1_000;
    let renderer = Renderer::builder()
        .base_url("/docs")
        .build()
        .expect("it builds");
    let render = |number: usize| {
        let markdown = format!(
            "# Page {number}\n\n```pyodide session=\"{}\"\nprint({number} ** 2)\n```\n\n- *text*\n\n\
             {{% pyodide(height={}) %}}\n# {number}\n{{% end %}}\n",
            number % 7,
            number % 30,
        );
        renderer
            .render_page(&markdown, &PageContext::new(format!("{number}.md")))
            .html
    };
    let alone: Vec<String> = (0..PAGES).map(render).collect();
    thread::scope(|scope| {
        let render = &render;
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                scope.spawn(move || {
                    let pages = (worker..PAGES).step_by(8);
                    pages
                        .map(|number| (number, render(number)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        for worker in workers {
            for (number, html) in worker.join().expect("it renders") {
                assert_eq!(html, alone[number]);
            }
        }
    });
}
