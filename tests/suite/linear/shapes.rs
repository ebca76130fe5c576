//! Pages that grow in one way each: what an author's slip, repeated, or a hostile text looks like.

/// A way to grow: its name, and the page of a size.
pub type Shape = (&'static str, fn(usize) -> String);

/// All of them.
pub const SHAPES: &[Shape] = &[
    ("plain paragraphs", |n| "text *and* more\n\n".repeat(n)),
    ("open blocks on one line", |n| "{% pyodide() %}".repeat(n)),
    ("blocks on one line", |n| {
        "{% pyodide() %}1{% end %}".repeat(n / 4)
    }),
    ("words in an option list", |n| fence(&"word ".repeat(n))),
    ("values in an option list", |n| fence(&"a=1 ".repeat(n))),
    ("a list that wants quotes", |n| {
        fence(&format!("install={},{}", "a".repeat(n), "a,".repeat(n)))
    }),
    ("different unknown options", |n| {
        fence(&numbered(n / 4, |i| format!("o{i}=1 ")))
    }),
    ("fences with one unknown option", |n| {
        fence("hieght=1").repeat(n / 4)
    }),
    ("fences with different unknown options", |n| {
        numbered(n / 4, |i| fence(&format!("o{i}=1")))
    }),
    ("stray ends", |n| "{% end %}\n".repeat(n)),
    ("stray ends on one line", |n| "é{% end %}".repeat(n)),
    ("unknown shortcodes", |n| "{{ nothing() }}\n\n".repeat(n)),
    ("different unknown shortcodes", |n| {
        numbered(n / 2, |i| format!("{{{{ n{i}() }}}}\n"))
    }),
    ("unclosed shortcodes", |n| "{% note() %}\n".repeat(n)),
    ("unclosed blocks", |n| "{% pyodide() %}\n".repeat(n)),
    ("nested shortcodes", |n| {
        format!(
            "{}text{}",
            "{% note() %}\n".repeat(n),
            "{% end %}\n".repeat(n)
        )
    }),
    ("shortcodes in one line", |n| "{{ say() }}".repeat(n / 2)),
    ("blocks written as HTML", |n| {
        "<pyodide-block install=a><pre><code>1</code></pre></pyodide-block>\n".repeat(n / 4)
    }),
    ("blocks in a paragraph, as HTML", |n| {
        "a <pre data-pyodide><code>1\n2</code></pre>".repeat(n / 4)
    }),
    ("ordinary fences", |n| {
        "```python,pyodide=run\n1\n```\n".repeat(n / 4)
    }),
    ("open tags of blocks", |n| "<pyodide-block ".repeat(n)),
    ("open blocks as HTML", |n| {
        "<pyodide-block><pre><code>\n".repeat(n)
    }),
    ("a block of many lines", |n| {
        format!(
            "<pre data-pyodide><code>{}</code></pre>",
            "1\n".repeat(n * 4)
        )
    }),
    ("blocks without loader", |n| {
        fence("assets=no").repeat(n / 4)
    }),
    ("blocks with one id", |n| fence("id=a").repeat(n / 4)),
    ("pairs of ids", |n| {
        numbered(n / 8, |i| fence(&format!("id=a{i}")).repeat(2))
    }),
    ("fences that show shortcodes", |n| {
        "```pyodide\n{% pyodide() %}\n```\n\n{% pyodide() %}\n```pyodide\n{% end %}\n\n"
            .repeat(n / 8)
    }),
    ("fences and shortcodes in turn", |n| {
        "```pyodide\n{% pyodide() %}\n```\n{% end %}\n".repeat(n / 8)
    }),
    ("calls in a fence in a quote", |n| {
        format!(
            "> ```pyodide\n{}> ```\n",
            "> {% pyodide() %}\n> {% end %}\n".repeat(n / 4)
        )
    }),
    ("attributes in the last lines of headings", |n| {
        "> a\n>  {.b}\n> ---\n".repeat(n / 4)
    }),
    ("words like a placeholder", |n| {
        format!("@@PYFENCE{} {{{{", "X".repeat(n * 8))
    }),
    ("quotes in each other", |n| ">".repeat(n)),
    ("a long paragraph in many quotes", |n| {
        format!(
            "{} a\n{}",
            ">".repeat(n / 8),
            "a {{ say() }}\n".repeat(n / 8)
        )
    }),
    ("lines that go on in many quotes", |n| {
        format!("{} a\n{}", ">".repeat(n * 2), "a\n".repeat(n * 2))
    }),
    ("lines that go on in many lists", |n| {
        format!("{}a\n{}", "1. ".repeat(n * 2), "a\n".repeat(n * 2))
    }),
    ("a hint of many quotes", |n| {
        format!(
            "```pyodide exercise=a\n1\n```\n\n```pyodide hint=a\n{} a\n{}```\n",
            ">".repeat(n * 2),
            "a\n".repeat(n * 2)
        )
    }),
    ("lists in each other", |n| "- ".repeat(n / 2)),
    ("brackets", |n| "[".repeat(n)),
    ("images in each other", |n| {
        format!("{}{}", "![".repeat(n / 4), "](a)".repeat(n / 4))
    }),
    ("braces", |n| "{{".repeat(n)),
    ("open arguments", |n| "{{a(b='".repeat(n)),
    ("open lists in arguments", |n| {
        format!("{{{{ a(b={}", "[".repeat(n))
    }),
    ("many arguments", |n| format!("{{{{ a({}", "b=1,".repeat(n))),
    ("blanks in tags", |n| {
        format!("{{{{{}", " ".repeat(n * 8)).repeat(2)
    }),
    ("carriage returns alone", |n| "```a 1 ```\r".repeat(n)),
    ("emphasis", |n| "*a ".repeat(n)),
];

/// Pages whose blocks have Python to check, with as little of it as the shape takes.
pub const CHECKED_SHAPES: &[Shape] = &[
    ("definitions and uses of names", page_of_blocks),
    ("blocks of one session", |n| block("", "1").repeat(n)),
    ("a session each", |n| {
        numbered(n, |i| block(&format!("session={}", word(i)), "1"))
    }),
    ("an id each", |n| {
        numbered(n, |i| block(&format!("id={}", word(i)), "1"))
    }),
    ("a name each", |n| {
        numbered(n, |i| block("", &format!("n{i} = 1")))
    }),
    ("names of the block below", |n| {
        numbered(n, |i| block("", &format!("n{i} = n{}", i + 1)))
    }),
    ("names that nobody defines", |n| {
        numbered(n, |i| block("", &format!("n{i}")))
    }),
    ("a module of the site each", |n| {
        numbered(n, |i| {
            block(&format!("files=m{i}.py"), &format!("import m{i}"))
        })
    }),
    ("modules that nothing brings", |n| {
        block("", &numbered(n * 4, |i| format!("import m{i}\n")))
    }),
    ("a package of them all", |n| {
        block("install=p", "1").repeat(n)
    }),
    ("a package each", |n| {
        numbered(n, |i| {
            block(
                &format!("install=p{i}"),
                &format!("'{}'", word(i).repeat(9)),
            )
        })
    }),
    ("an exercise each", |n| {
        numbered(n, |i| {
            let part = |role: &str, code: &str| block(&format!("{role}=e{i}"), code);
            part("exercise", "a") + &part("check", "a -> 1") + &part("solution", "a = 1")
        })
    }),
    ("one rule to ignore each", |n| {
        numbered(n, |i| block(&format!("ignore=rule-{i}"), "1"))
    }),
];

/// A page of so many blocks in one session, each of which defines and uses a few names.
pub fn page_of_blocks(count: usize) -> String {
    let block = |number: usize| {
        format!(
            "```pyodide\nimport math\ndef area_{number}(radius):\n    return math.pi * radius ** 2\n\n\
             total_{number} = [area_{number}(radius) for radius in range(10)]\n\
             print(f\"{{sum(total_{number}):.2f}}\", area_0(2))\n```\n\n"
        )
    };
    (0..count).map(block).collect()
}

fn block(options: &str, code: &str) -> String {
    format!("```pyodide {options}\n{code}\n```\n\n")
}

/// A word of letters for a number, each twice: none is a slip of another.
fn word(number: usize) -> String {
    let letter = |digit: char| (digit as u8 - b'0' + b'a') as char;
    format!("{number:06}")
        .chars()
        .map(letter)
        .flat_map(|letter| [letter, letter])
        .collect()
}

fn fence(options: &str) -> String {
    format!("```pyodide {options}\n1\n```\n\n")
}

fn numbered(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}
