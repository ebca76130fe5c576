//! A host's ways in beside `render_page`: its own events, its own parser, its own placement.

use pulldown_cmark::{Event, Options, Parser, html};
use pyfence::{
    Dialect, Error, ErrorKind, Fence, LoaderPlacement, PageAssets, PageContext, Renderer,
    RendererBuilder,
};

const PAGE: &str = "# One\n\n- in a list:\n\n  ```pyodide session=\"a\"\n  1 < 2\n\n  3\n  ```\n\n\
                    ```rust\nfn main() {}\n```\n\n~~~pyodide\n4\n~~~\n\n*End*\n";

fn renderer(settle: impl FnOnce(RendererBuilder) -> RendererBuilder) -> Renderer {
    settle(Renderer::builder()).build().expect("it builds")
}

fn to_html<'e>(events: impl IntoIterator<Item = Event<'e>>) -> String {
    let mut page = String::new();
    html::push_html(&mut page, events.into_iter());
    page
}

#[test]
fn a_renderer_is_shared_by_threads() {
    fn is_shared<T: Send + Sync + Clone>() {}
    is_shared::<Renderer>();
}

#[test]
fn three_ways_give_the_same_blocks() {
    let renderer = renderer(|builder| builder);
    let context = PageContext::new("a.md");
    let page = renderer.render_page(PAGE, &context).html;

    let events = renderer.render_events(Parser::new_ext(PAGE, Options::empty()), &context);
    assert!(events.spans.is_empty());
    assert_eq!(to_html(events.events), page);

    let with_offsets = Parser::new_ext(PAGE, Options::empty()).into_offset_iter();
    let with_offsets = renderer.render_events_with_offsets(with_offsets, PAGE, &context);
    assert_eq!(with_offsets.spans.len(), with_offsets.events.len());
    let block = with_offsets
        .events
        .iter()
        .position(|event| matches!(event, Event::Html(_)));
    let span = with_offsets.spans[block.expect("there is a block")].clone();
    assert!(PAGE[span].starts_with("```pyodide session=\"a\""));
    assert_eq!(to_html(with_offsets.events), page);

    let fences = renderer.render_fences(
        [
            Fence::of_language("pyodide", "session=\"a\"", "1 < 2\n\n3\n"),
            Fence::new("rust", "fn main() {}\n"),
            Fence::new("pyodide", "4"),
        ],
        &context,
    );
    assert_eq!(fences.html[1], None);
    for html in fences.html.iter().flatten() {
        assert!(page.contains(html.as_str()), "{html}");
    }
    assert_eq!(fences.assets.blocks(), 2);
}

#[test]
fn lines_may_end_with_a_carriage_return_alone() {
    let renderer = renderer(|builder| builder.shortcode("say.html", "<b>loud</b>"));
    let context = PageContext::new("a.md");
    let lines = "one {{ say() }}\n\n```pyodide hieght=3\n1 +\n```\n\n*End*\n";
    let page = lines.replace('\n', "\r");

    let rendered = renderer.render_page(&page, &context);
    assert_eq!(rendered.html, renderer.render_page(lines, &context).html);
    let document = renderer.parse(&page, &context);
    assert_eq!(to_html(document.render().events), rendered.html);
    let rewritten = renderer.rewrite_page(&page, &context, Dialect::Markdown);
    for diagnostics in [
        rendered.diagnostics,
        document.render().diagnostics,
        rewritten.diagnostics,
    ] {
        let place = (diagnostics[0].line(), diagnostics[0].column());
        assert_eq!(place, (Some(3), Some(12)), "{diagnostics}");
    }
    let alone = Error::new(ErrorKind::Code, "wrong");
    for code in [
        document.code(),
        renderer.page_code(&page, &context, Dialect::Markdown),
    ] {
        let error = code.mark(alone.clone(), &code.blocks()[0], Some(1));
        assert_eq!((error.line(), error.column()), (Some(4), Some(1)));
    }
}

#[test]
fn messages_say_as_much_as_the_host_does() {
    let renderer = renderer(|builder| builder);
    let context = PageContext::new("loops.md");
    let markdown = "> ```pyodide hieght=3\n> 1\n> ```\n";
    let drawn = |errors: pyfence::Errors| errors[0].to_string();

    let with_offsets = Parser::new(markdown).into_offset_iter();
    let rendered = renderer.render_events_with_offsets(with_offsets, markdown, &context);
    assert!(drawn(rendered.diagnostics).contains("--> loops.md:1:14"));

    let fence = Fence::new("pyodide hieght=3", "1\n").at(1, 3);
    let rendered = renderer.render_fences([fence], &context);
    assert!(drawn(rendered.diagnostics).contains("--> loops.md:1:14"));

    let rendered = renderer.render_events(Parser::new(markdown), &context);
    assert_eq!(rendered.diagnostics[0].line(), None);
    insta::assert_snapshot!(drawn(rendered.diagnostics), @r"
    error: loops.md: unknown option `hieght`; did you mean `height`?
     |
     = note: in ```pyodide hieght=3
    ");
}

#[test]
fn offsets_that_are_none_of_the_source_end_no_build() {
    let renderer = renderer(|builder| builder);
    let events = || Parser::new("```text\n1\n```\n\n```pyodide hieght=3\n1\n```\n");
    for (offset, markdown) in [(99, "short"), (1, "\u{e9}")] {
        let events = events().map(|event| (event, offset..offset + 9));
        let rendered =
            renderer.render_events_with_offsets(events, markdown, &PageContext::new("a.md"));
        let messages: Vec<_> = rendered
            .diagnostics
            .iter()
            .map(|error| error.message())
            .collect();
        assert_eq!(
            messages,
            ["unknown option `hieght`; did you mean `height`?"]
        );
        assert!(!rendered.diagnostics[0].to_string().is_empty());
    }
}

#[test]
fn the_loader_stands_where_the_host_wants_it() {
    let render = |placement, markdown: &str| {
        let renderer = renderer(|builder| builder.base_url("/docs/").loader(placement));
        let page = renderer.render_page(markdown, &PageContext::new("a.md"));
        let tags = renderer.loader_tags().to_owned();
        assert!(tags.contains("src=\"/docs/pyfence/"));
        (page, tags)
    };

    let (page, tags) = render(LoaderPlacement::FirstBlock, PAGE);
    assert_eq!(page.html.matches(&tags).count(), 1);
    assert!(
        page.html
            .contains(&format!("{tags}<pyodide-block session=\"a\""))
    );
    assert_eq!(page.assets.head(), "");

    let (page, tags) = render(LoaderPlacement::Head, PAGE);
    assert!(!page.html.contains("<script"));
    assert_eq!(page.assets.head(), tags);

    let (page, _) = render(LoaderPlacement::None, PAGE);
    assert!(!page.html.contains("<script"));
    assert_eq!((page.assets.head(), page.assets.has_loader()), ("", false));

    // Only a host that loads the runtime by itself means it when no block may.
    let none_may = "```pyodide assets=no\n1\n```\n";
    for (placement, warnings) in [
        (LoaderPlacement::FirstBlock, 1),
        (LoaderPlacement::Head, 1),
        (LoaderPlacement::None, 0),
    ] {
        let (page, _) = render(placement, none_may);
        assert_eq!(page.diagnostics.len(), warnings, "{placement:?}");
        assert!(page.diagnostics.iter().all(|warning| !warning.is_error()));
        assert!(!page.assets.has_loader());
    }

    let (page, _) = render(LoaderPlacement::Head, "No block.");
    assert_eq!(page.assets, PageAssets::default());
}

#[test]
fn a_page_may_link_relatively() {
    let renderer = renderer(|builder| builder.base_url("https://example.org"));
    let mut context = PageContext::new("part/a.md");
    context.base_url = Some("..".to_owned());
    let page = renderer.render_page(PAGE, &context);
    assert!(page.html.contains("src=\"../pyfence/"));
    assert!(!page.html.contains("example.org"));
}

/// What a hint and a solution are called without JavaScript.
#[test]
fn words_are_in_the_language_of_the_site_or_of_the_page() {
    let exercise = ["exercise", "check", "hint", "solution"]
        .map(|role| format!("```pyodide {role}=a\n```\n\n"))
        .concat();
    let words = |of_site: Option<&str>, of_page: Option<&str>| {
        let renderer = renderer(|builder| match of_site {
            Some(language) => builder.language(language),
            None => builder,
        });
        let mut context = PageContext::new("a.md");
        context.language = of_page.map(str::to_owned);
        let html = renderer.render_page(&exercise, &context).html;
        let summaries = html.split("<summary>").skip(1);
        let words = summaries.filter_map(|behind| behind.split("</summary>").next());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words(None, None), ["Hint", "Solution"]);
    assert_eq!(words(Some("de"), None), ["Tipp", "Lösung"]);
    assert_eq!(words(Some("de-AT"), None), ["Tipp", "Lösung"]);
    assert_eq!(words(Some("de"), Some("fr")), ["Indice", "Solution"]);
    assert_eq!(words(None, Some("ES")), ["Pista", "Solución"]);
    assert_eq!(words(Some("xx"), None), ["Hint", "Solution"]);
}

#[test]
fn a_host_colours_by_itself() {
    let renderer = renderer(|builder| {
        builder.highlighter(|code| format!("<b>{}</b>", code.replace('<', "&lt;")))
    });
    let page = renderer.render_page("```pyodide\n1 < 2\n```\n", &PageContext::new("a.md"));
    assert!(
        page.html
            .contains("<code class=\"language-python\"><b>1 &lt; 2</b></code>")
    );
}

#[test]
fn the_shortcodes_of_a_folder() {
    let folder = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
    write("note.html", "<aside>{{ body }}</aside>").expect("it is written");
    write("say.md", "**{{ what }}**").expect("it is written");
    write("README.txt", "{{ no template").expect("it is written");
    let renderer = renderer(|builder| builder.shortcodes_in(folder.path()).expect("it is there"));
    let page = renderer.render_page(
        "{% note() %}1{% end %}\n\n{{ say(what=\"2\") }}\n",
        &PageContext::new("a.md"),
    );
    assert_eq!(page.html, "<aside>1</aside>\n<p><strong>2</strong></p>\n");

    let error = Renderer::builder().shortcodes_in("no/such/folder").err();
    let error = error.expect("it isn't there").to_string();
    assert!(error.contains("no/such/folder: can't read this"), "{error}");
}

/// A shortcode of a site of its own may be one that was written for Zola.
#[test]
fn another_template_for_blocks_has_what_zola_hands_in() {
    let template = "<pyodide-block>{{ nth }}: {{ body }}</pyodide-block>";
    let renderer = renderer(|builder| builder.shortcode("pyodide.html", template));
    let page = renderer.render_page(
        "```pyodide\na < b\n```\n\n{% pyodide() %}c{% end %}\n",
        &PageContext::new("a.md"),
    );
    let [one, two] =
        ["1: a &lt; b", "2: c"].map(|inside| format!("<pyodide-block>{inside}</pyodide-block>"));
    assert_eq!(page.html, one + &two);
}

#[test]
fn a_template_asks_for_an_option_that_no_block_has() {
    let mut tera = tera::Tera::new();
    renderer(|builder| builder).register_in(&mut tera);
    tera.add_raw_template("page.html", "{{ '1' | pyodide(hieght=3) }}")
        .expect("it parses");
    let error = tera
        .render("page.html", &tera::Context::new())
        .expect_err("no block has it");
    assert!(
        format!("{error:?}").contains("did you mean `height`?"),
        "{error:?}"
    );
}
