//! The code that HTML of a site's own shortcodes holds, in Markdown for a Zola with templates.

use pyfence::{Dialect, PageContext, Renderer};

use crate::rewrite::read;

/// What Zola's templates make of rewritten Markdown.
fn templated(markdown: &str) -> String {
    let mut tera = tera::Tera::default();
    let added = tera.add_raw_template("page", markdown);
    added.expect("nothing in it is a template by chance");
    let page = tera.render("page", &tera::Context::new());
    page.expect("nothing in it asks for anything")
}

#[test]
fn scripts_and_styles_of_a_shortcode_stay_as_they_are() {
    let style = "<style>\n@media print{#a {\n  color: red;\n\n}}\n</style>";
    let script = "<SCRIPT>\n// drawn & done\nif (1 < 2) {\n\n  draw({ a: [1] }); const b = '{{name}} {{ name() }} {% end %} {#';\n}\n</SCRIPT>";
    let code = "<pre title=\"{{\">{{<textarea>\n{%\n\n*</textarea>";
    let chart = format!(
        "<div>{{{{ name }}}}</div>\n{{% raw %}}{style}\n{script}\n{code}<!-- {{# --></pre>{{% endraw %}}\n<p>end</p>"
    );
    let renderer = Renderer::builder()
        .shortcode("chart.html", chart)
        .build()
        .expect("a renderer");
    let markdown = "before\n\n{{ chart(name=\"x\") }}\n\n- a\n\n  {{ chart(name=\"y\") }}\n";
    let page = renderer.rewrite_page(markdown, &PageContext::new("a.md"), Dialect::Templates);
    assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
    let html = read(&templated(&page.markdown));
    let shown = html.replace("<!---->", "").replace("&#123;", "{");
    let script = script.replace("</SCRIPT>", "</script>");
    for part in [style, &script, code, "<p>end</p>"] {
        assert_eq!(
            shown.matches(part).count(),
            2,
            "{part}\n{}\n=>\n{html}",
            page.markdown
        );
    }
}

#[test]
fn code_of_a_shortcode_is_the_same_anywhere_or_an_error() {
    let kept = [
        "<script>f({a: 1})\n\n  g('*a* `b` {{name}} {# {% {% end %}')</script>",
        "<style>.a {\n  color: red }</style>",
        "<textarea>\n{{ *a* }}</textarea>",
        "<pre>\n{% *a* %}</pre>",
        "<xmp>\n*a*</xmp>",
    ];
    let lost = [
        "<script>a > b</script>",
        "<STYLE>.a &\n.b {}</STYLE>",
        "<xmp><b></xmp>",
    ];
    let raw = "<script>'{{ a }}{% endraw %}'</script>";
    for (before, after, kept, lost) in [
        ("a ", " b\n", &[&kept[..], &[raw]].concat(), &lost[..]),
        ("- a ", "\n", &[&kept[..], &[raw]].concat(), &lost[..]),
        ("", "\n", &[&kept[..4], &lost[..2]].concat(), &[raw]),
        (
            "<div>",
            "</div>\n",
            &[&kept[1..4], &lost[..2]].concat(),
            &[raw, kept[0], kept[4]],
        ),
    ] {
        let markdown = format!("1\n\n{before}{{{{ code() }}}}{after}");
        for html in kept {
            let page = rewritten_with(html, &markdown);
            assert!(page.diagnostics.is_empty(), "{:?}", page.diagnostics);
            let read = read(&templated(&page.markdown)).replace("<!---->", "");
            let is_code = html.to_lowercase().starts_with("<s");
            let read = match is_code {
                true => read,
                false => read.replace("&#10;", "\n").replace("&#123;", "{"),
            };
            let as_read = html.replace("</STYLE>", "</style>");
            assert!(read.contains(&as_read), "{html}: {read}");
        }
        for html in lost {
            let page = rewritten_with(html, &markdown);
            let [error] = &page.diagnostics[..] else {
                panic!("{markdown}{html}: {:?}", page.diagnostics);
            };
            assert_eq!(
                (error.line(), error.column()),
                (Some(3), Some(before.len() + 1)),
                "{error}"
            );
            assert!(error.message().contains("other code"), "{error}");
        }
    }
}

/// A page for a Zola with templates, where `code` is a shortcode that gives `html`.
fn rewritten_with(html: &str, markdown: &str) -> pyfence::Rewritten {
    let template = html.split("{% endraw %}").collect::<Vec<_>>();
    let template = template.join("{% endraw %}{{ '{% endraw %}' }}{% raw %}");
    let renderer = Renderer::builder()
        .shortcode(
            "code.html",
            format!("<b>{{% raw %}}{template}{{% endraw %}}</b>"),
        )
        .build()
        .expect("a renderer");
    renderer.rewrite_page(markdown, &PageContext::new("a.md"), Dialect::Templates)
}
