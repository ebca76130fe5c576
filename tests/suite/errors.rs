//! Messages are fixtures: each page in `tests/errors/` beside what is said of it.

use pyfence::{PageContext, Renderer};

#[test]
fn messages() {
    let renderer = Renderer::builder()
        .shortcode("note.html", "<aside>{{ body | markdown | safe }}</aside>")
        .shortcode("say.html", "<b>{{ text }}</b>")
        .shortcode("fails.html", "{{ body }} {{ missing.field.here }}")
        .build()
        .expect("the shortcodes parse");
    insta::with_settings!({snapshot_path => "../errors", prepend_module_to_snapshot => false}, {
        insta::glob!("..", "errors/*.md", |path| {
            let markdown = std::fs::read_to_string(path).expect("the fixture is there");
            let name = path.file_name().expect("a file has a name").to_string_lossy();
            let page = renderer.render_page(&markdown, &PageContext::new(name));
            let said: Vec<_> = page.diagnostics.iter().map(ToString::to_string).collect();
            insta::assert_snapshot!(said.join("\n\n"));
        });
    });
}

#[test]
fn lines_are_those_of_the_file() {
    let renderer = Renderer::builder()
        .build()
        .expect("it has no templates of its own");
    let mut context = PageContext::new("content/loops.md");
    context.first_line = 12;
    let page = renderer.render_page("text\n\n```pyodide id=\"a b\" hieght=12\n```\n", &context);
    let error = &page.diagnostics[1];
    assert_eq!(
        error.message(),
        "unknown option `hieght`; did you mean `height`?"
    );
    assert_eq!((error.line(), error.column()), (Some(14), Some(21)));
}
