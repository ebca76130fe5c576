//! The shipped component, read as Zola 0.23 reads it: the whole page is a template of Tera 2
//! without escaping, and what comes out of it is Markdown.

use pulldown_cmark::{Options, Parser, html};
use tera::{Context, Kwargs, State, Tera};

const COMPONENT: &str = include_str!("../shortcodes/components/pyodide.html");

fn tera() -> Tera {
    let mut tera = Tera::new();
    tera.register_function("get_url", |arguments: Kwargs, _: &State<'_>| {
        let path: String = arguments.must_get("path")?;
        Ok::<_, tera::Error>(format!("https://example.org/{path}"))
    });
    tera.register_function("get_hash", |arguments: Kwargs, _: &State<'_>| {
        let path: String = arguments.must_get("path")?;
        Ok::<_, tera::Error>(format!("hash-of-{path}"))
    });
    tera.add_raw_template("components/pyodide.html", COMPONENT)
        .expect("it parses");
    tera
}

fn zola_0_23(content: &str) -> String {
    let markdown = tera()
        .render_str(content, &Context::new(), false)
        .expect("it renders");
    let mut page = String::new();
    html::push_html(
        &mut page,
        Parser::new_ext(&markdown, Options::ENABLE_TABLES),
    );
    page
}

fn block(options: &str, code: &str) -> String {
    format!(
        "<div><pyodide-block {options}><pre class=\"pyfence-code\">\
         <code class=\"language-python\">{code}</code></pre></pyodide-block></div>"
    )
}

#[test]
fn the_code_survives_being_read_as_markdown() {
    let page = zola_0_23(
        "before\n\n{% <pyodide> %}\n# a comment\n\n\ndef f(x):\n\n    return x < 1 and \"*a* `b`\"\n\n\n    # the end & so on\n{% </pyodide> %}\n\nafter\n",
    );
    let code = "# a comment&#10;&#10;&#10;def f(x):&#10;&#10;    return x &lt; 1 and &quot;*a* `b`&quot;&#10;&#10;&#10;    # the end &amp; so on";
    let block = block("session=\"default\"", code);
    assert_eq!(page, format!("<p>before</p>\n{block}\n<p>after</p>\n"));
}

#[test]
fn in_a_list_the_indent_of_the_item_goes() {
    let page = zola_0_23(
        "- item\n\n  {% <pyodide> %}\n  if x:\n\n      print(x)\n  {% </pyodide> %}\n\n  more\n- next\n",
    );
    let block = block("session=\"default\"", "if x:&#10;&#10;    print(x)");
    assert_eq!(
        page,
        format!(
            "<ul>\n<li>\n<p>item</p>\n{block}\n<p>more</p>\n</li>\n<li>\n<p>next</p>\n</li>\n</ul>\n"
        )
    );
}

#[test]
fn in_quotes_their_marks_go() {
    for quote in ["> ", "> > ", "> - "] {
        let inner = quote.replace('-', " ");
        let content = [
            format!("{quote}{{% <pyodide> %}}"),
            format!("{inner}if x > 1:"),
            inner.trim_end().to_owned(),
            format!("{inner}    print(x)"),
            format!("{inner}{{% </pyodide> %}}"),
        ];
        let page = zola_0_23(&content.join("\n"));
        let block = block("session=\"default\"", "if x &gt; 1:&#10;&#10;    print(x)");
        assert!(page.contains(&block), "{page}");
    }
}

#[test]
fn python_full_of_braces_stands_in_raw() {
    let page = zola_0_23(
        "{% <pyodide> %}{% raw %}\nprint(f'{{x}} {%d%}', {1: {2}}, '{# #}')\n{% endraw %}{% </pyodide> %}",
    );
    let code = "print(f&#39;{{x}} {%d%}&#39;, {1: {2}}, &#39;{# #}&#39;)";
    assert_eq!(
        page.trim_end().replace("&#x27;", "&#39;"),
        block("session=\"default\"", code)
    );
}

#[test]
fn all_options() {
    let page = zola_0_23(
        "{% <pyodide session='a \"b\" <c>' install='x[y,z]>=1,w' version='v0.27.7' height={12} theme='tomorrow,tomorrow_night'> %}1{% </pyodide> %}",
    );
    let options = "session=\"a &quot;b&quot; &lt;c&gt;\" install=\"x[y,z]&gt;=1,w\" height=\"12\" data-least=\"12\" data-most=\"12\" theme=\"tomorrow,tomorrow_night\" version=\"0.27.7\"";
    assert_eq!(page.trim_end(), block(options, "1"));
}

#[test]
fn the_loader_stands_where_it_is_asked_for() {
    let tags = "<link rel=\"stylesheet\" href=\"https://example.org/pyfence/0.1.0/pyfence.css\" integrity=\"sha384-hash-of-pyfence/0.1.0/pyfence.css\">\
                <script type=\"module\" src=\"https://example.org/pyfence/0.1.0/pyfence.js\" integrity=\"sha384-hash-of-pyfence/0.1.0/pyfence.js\"></script>";
    let page = zola_0_23(
        "{% <pyodide assets=\"yes\"> %}1{% </pyodide> %}\n\n{% <pyodide assets={false}> %}2{% </pyodide> %}",
    );
    assert_eq!(page.matches(tags).count(), 1);
    assert!(
        page.starts_with(&format!("<div>{tags}<pyodide-block")),
        "{page}"
    );
    let mut context = Context::new();
    context.insert("content", &page);
    let base = "{% if '<pyodide-block' in content %}{{ <pyodide_loader /> }}{% endif %}";
    let escaping = tera().render_str(base, &context, true).expect("it renders");
    assert_eq!(escaping, tags);
}

#[test]
fn a_template_that_escapes_gives_the_same_block() {
    let content = "{% <pyodide session='<a>'> %}\nx < 1 & \"y\"\n\nz\n{% </pyodide> %}";
    let [plain, escaping] = [false, true].map(|escapes| {
        tera()
            .render_str(content, &Context::new(), escapes)
            .expect("it renders")
    });
    assert_eq!(plain, escaping);
}
