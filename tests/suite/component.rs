//! The shipped component, read as Zola 0.23 reads it: the whole page is a template of Tera 2
//! without escaping, and what comes out of it is Markdown.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use pulldown_cmark::{Options, Parser, html};
use tera::{Context, Kwargs, State, Tera};

fn component() -> String {
    fs::read_to_string("shortcodes/components/pyodide.html").expect("the component is there")
}

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
    tera.register_filter("markdown", |text: &str, _: Kwargs, _: &State<'_>| {
        let mut rendered = String::new();
        html::push_html(&mut rendered, Parser::new(text));
        Ok::<_, tera::Error>(rendered)
    });
    tera.add_raw_template("components/pyodide.html", &component())
        .expect("it parses");
    tera
}

fn page_of(content: &str) -> String {
    zola_0_23(content).expect("it renders")
}

pub(super) fn zola_0_23(content: &str) -> Result<String, String> {
    let markdown = tera()
        .render_str(content, &Context::new(), false)
        .map_err(|error| format!("{error:?}"))?;
    let mut page = String::new();
    html::push_html(
        &mut page,
        Parser::new_ext(&markdown, Options::ENABLE_TABLES),
    );
    Ok(page)
}

fn block(options: &str, code: &str) -> String {
    format!(
        "<div><pyodide-block {options}><pre class=\"pyfence-code\">\
         <code class=\"language-python\">{code}</code></pre></pyodide-block></div>"
    )
}

#[test]
fn the_code_survives_being_read_as_markdown() {
    let page = page_of(
        "before\n\n{% <pyodide> %}\n# a comment\n\n\ndef f(x):\n\n    return x < 1 and \"*a* `b`\"\n\n\n    # the end & so on\n{% </pyodide> %}\n\nafter\n",
    );
    let code = "# a comment&#10;&#10;&#10;def f(x):&#10;&#10;    return x &lt; 1 and &quot;*a* `b`&quot;&#10;&#10;&#10;    # the end &amp; so on";
    let block = block("session=\"default\"", code);
    assert_eq!(page, format!("<p>before</p>\n{block}\n<p>after</p>\n"));
}

#[test]
fn in_a_list_the_indent_of_the_item_goes() {
    let page = page_of(
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
        let page = page_of(&content.join("\n"));
        let block = block("session=\"default\"", "if x &gt; 1:&#10;&#10;    print(x)");
        assert!(page.contains(&block), "{page}");
    }
}

#[test]
fn python_full_of_braces_stands_in_raw() {
    let page = page_of(
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
    let page = page_of(
        "{% <pyodide session='a \"b\" <c>' install='x[y,z]>=1,w' version='v0.27.7' height={12} theme='tomorrow,tomorrow_night'> %}1{% </pyodide> %}",
    );
    let options = "session=\"a &quot;b&quot; &lt;c&gt;\" install=\"x[y,z]&gt;=1,w\" height=\"12\" data-least=\"12\" data-most=\"12\" theme=\"tomorrow,tomorrow_night\" version=\"0.27.7\"";
    assert_eq!(page.trim_end(), block(options, "1"));
}

#[test]
fn parts_of_an_exercise_stay_out_of_the_markdown() {
    let page = page_of(
        "- a\n\n  {% <pyodide exercise=\"x\" attempts={3}> %}\n  y = 1\n  {% </pyodide> %}\n\n  \
         {% <pyodide check=\"x\" title=\"One\"> %}\n  # as it is\n\n  y -> 1\n  {% </pyodide> %}\n\n  \
         {% <pyodide hint=\"x\"> %}\n  It is *one*.\n\n      code\n  {% </pyodide> %}\n\n  \
         {% <pyodide solution=\"x\"> %}\n  y = 1\n  {% </pyodide> %}\n",
    );
    for part in [
        "<pyodide-block session=\"default\" exercise=\"x\" attempts=\"3\"><pre class=\"pyfence-code\"><code class=\"language-python\">y = 1</code></pre></pyodide-block>",
        "<pyodide-part title=\"One\" hidden check=\"x\"><pre class=\"pyfence-code\"><code class=\"language-python\"># as it is&#10;&#10;y -&gt; 1</code></pre></pyodide-part>",
        "<pyodide-part hint=\"x\"><details><summary>Hint</summary><p>It is <em>one</em>.</p>&#10;<pre><code>code</code></pre></details></pyodide-part>",
        "<pyodide-part solution=\"x\"><details><summary>Solution</summary><pre class=\"pyfence-code\"><code class=\"language-python\">y = 1</code></pre></details></pyodide-part>",
    ] {
        assert!(page.contains(part), "{part}\n\n{page}");
    }
    assert_eq!(
        page.matches("<h1").count() + page.matches("<ul>").count(),
        1,
        "{page}"
    );
}

#[test]
fn the_loader_stands_where_it_is_asked_for() {
    let folder = concat!("pyfence/", env!("CARGO_PKG_VERSION"));
    let address = |file: &str| {
        format!(
            "\"https://example.org/{folder}/{file}\" integrity=\"sha384-hash-of-{folder}/{file}\""
        )
    };
    let tags = format!(
        "<link rel=\"stylesheet\" href={}><script type=\"module\" src={}></script>",
        address("pyfence.css"),
        address("pyfence.js")
    );
    let page = page_of(
        "{% <pyodide assets=\"yes\"> %}1{% </pyodide> %}\n\n{% <pyodide assets={false}> %}2{% </pyodide> %}",
    );
    assert_eq!(page.matches(&tags).count(), 1);
    assert!(
        page.starts_with(&format!("<div>{tags}<pyodide-block")),
        "{page}"
    );
    let mut context = Context::new();
    context.insert("content", &page);
    let base = pyfence::zola::Kit::for_zola((0, 23))
        .snippet()
        .expect("it has one");
    for (name, loads) in [("page", true), ("section", true), ("term", false)] {
        let mut context = Context::new();
        context.insert(name, &BTreeMap::from([("content", &page)]));
        let loader = tera().render_str(base, &context, true).expect("it renders");
        assert_eq!(loader, if loads { &tags[..] } else { "" }, "{name}");
    }
    let without = BTreeMap::from([("content", "no block")]);
    context.insert("page", &without);
    context.insert("section", &without);
    assert_eq!(
        tera().render_str(base, &context, true).expect("it renders"),
        ""
    );
}

/// The lines that documents tell authors to paste hold in every template, also of lists and of the
/// page for lost readers, of either Zola.
#[test]
fn lines_for_the_base_template_hold_in_every_template() {
    let docs = fs::read_to_string("docs/zola.md").expect("it is there");
    let start = docs
        .find("{% if page is defined and page.content is defined and \"data-pyodide\"")
        .expect("the lines");
    let end = start + docs[start..].find("{% endif %}").expect("their end") + "{% endif %}".len();
    let lines = docs[start..end].replace("get_url(path=", "identity(path=");
    let mut first = tera1::Tera::default();
    first.register_function("identity", |arguments: &HashMap<String, tera1::Value>| {
        Ok(arguments["path"].clone())
    });
    let mut second = Tera::new();
    second.register_function("identity", |arguments: Kwargs, _: &State<'_>| {
        arguments.must_get::<String>("path")
    });
    let code = BTreeMap::from([("content", "<code data-pyodide=\"run\">")]);
    let none = BTreeMap::from([("content", "")]);
    // Some themes make a `page` of their own where there is none.
    let own = BTreeMap::from([("title", "")]);
    for (values, loads) in [
        (vec![], false),
        (vec![("page", &code)], true),
        (vec![("section", &code)], true),
        (vec![("page", &none), ("section", &none)], false),
        (vec![("page", &none), ("section", &code)], true),
        (vec![("page", &own)], false),
        (vec![("page", &own), ("section", &code)], true),
    ] {
        let values: BTreeMap<_, _> = values.into_iter().collect();
        let context = tera1::Context::from_serialize(&values).expect("they are text");
        let of_first = first.render_str(&lines, &context).expect("it renders");
        let context = Context::from_serialize(&values).expect("they are text");
        let of_second = second
            .render_str(&lines, &context, true)
            .expect("it renders");
        for page in [of_first, of_second] {
            assert_eq!(page.contains("<script"), loads, "{values:?}: {page}");
        }
    }
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
