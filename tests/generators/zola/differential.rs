//! Texts full of shortcodes, half-shortcodes and Markdown, rendered by pyfence and by Zola: the
//! same HTML, or an error from both.

use std::collections::BTreeMap;
use std::fs;

use pyfence::{PageContext, Renderer};

use super::support::{Zola, replace_all, unescape};

const TEXTS: usize = 2000;
/// Zola builds a site or it doesn't, so each text that is an error is a site of its own.
const ERRORS: usize = 40;

const HTML: &str = "<b>{{ nth }}{% if x is defined %}[{{ x }}]{% endif %}{% if body is defined %}({{ body }}){% endif %}</b>";
const MARKDOWN: &str = "*m{{ nth }}*{% if x is defined %} {{ x }}{% endif %}{% if body is defined %} {{ body }}{% endif %}";

/// Calls, escaped calls, and what only looks like one.
const CALLS: &[&str] = &[
    "{{ a() }}",
    "{{a()}}",
    "{{ a(x=1) }}",
    "{{ a(x=\"q\") }}",
    "{{ a(x='q\"',y=true) }}",
    "{{ a(x=`z`) }}",
    "{{ a(x=01) }}",
    "{{ a(x=1,) }}",
    "{{ a(x=1 y=2) }}",
    "{{ a(x=[1,[2,3.5],]) }}",
    "{{ a(x=-1.5) }}",
    "{{ a(x=1e3) }}",
    "{{ a(1) }}",
    "{{ a }}",
    "{{- a() -}}",
    "{{/* a() */}}",
    "{{/* a */}}",
    "{{ m() }}",
    "{{ m(x=2) }}",
    "{{\na(\nx=1\n)\n}}",
    "{{ a(x=1,x=2) }}",
    "{{ a(x=\"x\\\"y\") }}",
    "{{ bar }}",
    "{# c #}",
    "{% if x %}",
];
/// Tags of bodies, paired or not.
const TAGS: &[&str] = &[
    "{% a() %}",
    "{% a(x=\"}}\") %}",
    "{% m() %}",
    "{% end %}",
    "{%end%}",
    "{% endfor %}",
    "{%/* a() */%}",
    "{%/* end */%}",
    "{%- a() -%}",
];
const MARKUP: &[&str] = &[
    "text",
    "*em*",
    "**b**",
    "`code",
    "`",
    "\n",
    "\n\n",
    "\n\n- item ",
    "\n> q ",
    "\n\n    ind ",
    "\n```\n",
    "\n~~~py\n",
    "# h ",
    "<div>",
    "</div>",
    "<!-- c -->",
    "[l](http://u)",
    "&amp;",
    "<",
    "\"q\" ",
    "\\",
    "{",
    "{{",
    "{%",
    "}}",
    "%}",
    " ",
    "  \n",
    "@@",
    "_",
    "1. ",
    "é",
    "🐍",
    "|a|b|\n|-|-|\n|c|{{ a() }}|\n",
];

pub fn the_same_as_zola(zola: &Zola) {
    let renderer = Renderer::builder()
        .shortcode("a.html", HTML)
        .shortcode("m.md", MARKDOWN)
        .build()
        .expect("they parse");
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let texts: Vec<String> = (0..TEXTS).map(|_| text(&mut random)).collect();
    let ours: Vec<Option<String>> = texts
        .iter()
        .map(|text| {
            let page = renderer.render_page(text, &PageContext::new("a.md"));
            page.into_result().ok().map(|page| page.html)
        })
        .collect();
    let (good, bad): (Vec<usize>, Vec<usize>) =
        (0..TEXTS).partition(|&index| ours[index].is_some());
    let mut theirs = BTreeMap::new();
    build(zola, &texts, &good, &mut theirs);
    for index in bad.into_iter().take(ERRORS) {
        build(zola, &texts, &[index], &mut theirs);
    }

    let mut leaked = 0;
    let mut different = Vec::new();
    for (index, html) in theirs {
        // Zola #2565: in inline code its placeholder shows, and blocks what follows.
        if html.as_ref().is_some_and(|html| html.contains("@@ZOLA_SC")) {
            leaked += 1;
        } else if ours[index].as_deref().map(normalised) != html.as_deref().map(normalised) {
            different.push(format!(
                "{:?}\nours: {:?}\nzola: {html:?}",
                texts[index], ours[index]
            ));
        }
    }
    assert!(
        good.len() > TEXTS / 4,
        "most texts are no errors: {}",
        good.len()
    );
    assert!(leaked < good.len() / 4, "Zola's leak is rare: {leaked}");
    assert!(
        different.is_empty(),
        "{} differ:\n{}",
        different.len(),
        different.join("\n\n")
    );
}

/// What a host decides, not the shortcodes: ids of headings, the markup of code, and which
/// characters are escaped (Tera 1 also `/`, and once more where output is text).
fn normalised(html: &str) -> String {
    let mut plain = html.replace("rel=\"external\" ", "");
    for level in 1..=6 {
        plain = replace_all(
            &plain,
            &format!("<h{level} id=\""),
            ">",
            &format!("<h{level}>"),
        );
    }
    plain = replace_all(&plain, "<pre class=\"giallo", ">", "<pre>");
    plain = replace_all(&plain, "<code ", ">", "<code>");
    plain = replace_all(&plain, "<span", ">", "").replace("</span>", "");
    plain = unescape(&unescape(&plain));
    // Line ends around code are its host's.
    plain.replace('\n', "")
}

/// Adds what Zola makes of the texts: `None` where it fails.
fn build(
    zola: &Zola,
    texts: &[String],
    indices: &[usize],
    pages: &mut BTreeMap<usize, Option<String>>,
) {
    let site = tempfile::tempdir().expect("a folder");
    let write = |name: String, text: &str| {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("it is written");
    };
    write("config.toml".to_owned(), "base_url = \"http://x\"");
    write(
        "templates/page.html".to_owned(),
        "{{ page.content | safe }}",
    );
    for template in ["index", "section", "404"] {
        write(format!("templates/{template}.html"), "");
    }
    write("templates/shortcodes/a.html".to_owned(), HTML);
    write("templates/shortcodes/m.md".to_owned(), MARKDOWN);
    for &index in indices {
        write(
            format!("content/p{index}.md"),
            &format!("+++\n+++\n{}", texts[index]),
        );
    }
    if zola.run(site.path(), &["build"]).status.success() {
        for &index in indices {
            let page = site.path().join(format!("public/p{index}/index.html"));
            pages.insert(index, Some(fs::read_to_string(page).expect("a page")));
        }
    } else if let [index] = indices {
        pages.insert(*index, None);
    } else {
        let (left, right) = indices.split_at(indices.len() / 2);
        build(zola, texts, left, pages);
        build(zola, texts, right, pages);
    }
}

fn text(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..1 + random.below(9) {
        match random.below(16) {
            0..4 => {
                let name = random.of(&["a", "m"]);
                let arguments = random.of(&["", "x=1", "x='s'"]);
                let open = random.of(&["\n", "", " "]);
                text.push_str(&format!("{{% {name}({arguments}) %}}{open}"));
                for _ in 0..random.below(4) {
                    let kind = random.of(&[CALLS, MARKUP]);
                    text.push_str(random.of(kind));
                }
                text.push_str(random.of(&["\n", ""]));
                text.push_str("{% end %}");
            }
            4..9 => text.push_str(random.of(CALLS)),
            9 => text.push_str(random.of(TAGS)),
            _ => text.push_str(random.of(MARKUP)),
        }
        text.push_str(random.of(&["", " ", "\n", "\n\n"]));
    }
    text
}

/// Xorshift: the same texts on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % end as u64).expect("it is below a usize")
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}
