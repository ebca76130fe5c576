//! What a policy allows for what blocks ask for, and nothing else.

use std::fs;
use std::process::Command;

use pyfence::csp::Policy;
use pyfence::{Lock, PageContext, Renderer};

/// What is allowed beside the site itself and what every block needs.
fn allowed(fence: &str, lock: Option<&Lock>) -> Vec<String> {
    let renderer = Renderer::builder().build().expect("it is built");
    let page = renderer
        .parse(&format!("{fence}\n"), &PageContext::new("a.md"))
        .code();
    let policy = Policy::of(&[page], lock);
    let allowed = policy.allowed().iter();
    let beside = allowed.filter(|one| !["blob:", "'wasm-unsafe-eval'"].contains(&&*one.source));
    beside
        .map(|one| format!("{} {}", one.directive, one.source))
        .collect()
}

/// For a block that isn't edited.
fn of_code(options: &str, code: &str) -> Vec<String> {
    let fence = format!("```pyodide version=314.0.7 readonly=yes {options}\n{code}\n```");
    let mut allowed = allowed(&fence, None);
    let pyodide = "connect-src https://cdn.jsdelivr.net/pyodide/v314.0.7/full/";
    let place = allowed.iter().position(|one| one == pyodide);
    allowed.remove(place.expect("Pyodide is allowed"));
    allowed
}

#[test]
fn blocks_are_allowed_what_they_need_and_no_more() {
    let index = [
        "connect-src https://pypi.org",
        "connect-src https://files.pythonhosted.org",
    ];
    assert_eq!(of_code("", "print(1)"), [""; 0]);
    assert_eq!(of_code("", "import math\nmath.pi"), [""; 0]);
    assert_eq!(of_code("", "import numpy"), ["img-src data:"]);
    assert_eq!(of_code("install=sympy", "1"), [""; 0]);
    assert_eq!(of_code("install=cowsay", "1"), index);
    assert_eq!(of_code("install='sympy>=1.13'", "1"), index);
    assert_eq!(
        of_code("", "import micropip\nawait micropip.install('cowsay')"),
        index
    );
    assert_eq!(
        of_code("install=https://a.test/w/x-1-py3-none-any.whl", "1"),
        ["connect-src https://a.test/w/x-1-py3-none-any.whl"]
    );
    assert_eq!(
        of_code(
            "install='https://a.test/w/x-1-py3-none-any.whl?from=http://b.test'",
            "1"
        ),
        ["connect-src https://a.test/w/x-1-py3-none-any.whl"]
    );
    assert_eq!(
        of_code("install=http://a.test/w/x-1-py3-none-any.whl", "1"),
        ["connect-src http://a.test/w/x-1-py3-none-any.whl"]
    );
    assert_eq!(
        of_code("files=//a.test/d.csv", "1"),
        ["connect-src a.test/d.csv"]
    );
    assert_eq!(
        of_code("files='https://a.test/d;1.csv?x=1,here.csv'", "1"),
        ["connect-src https://a.test/d%3B1.csv"]
    );
    assert_eq!(
        of_code(
            "",
            "from urllib.request import urlopen\nurlopen('https://a.test/x')"
        ),
        ["connect-src https://a.test"]
    );
    assert_eq!(of_code("", "print('https://a.test/x')"), [""; 0]);
}

#[test]
fn every_page_has_its_own_pyodide_and_editing_its_editor() {
    let allowed = allowed("```pyodide version=0.27.7\n1\n```", None);
    assert!(allowed[0].starts_with("script-src https://cdn.jsdelivr.net/npm/ace-builds@"));
    assert_eq!(
        allowed[1..],
        ["connect-src https://cdn.jsdelivr.net/pyodide/v0.27.7/full/"]
    );
}

#[test]
fn with_a_lock_only_what_the_site_lacks_is_asked_elsewhere() {
    let text = r#"
lock-version = "1.0"
created-by = "pyfence"
pyodide = "314.0.7"

[[releases]]
version = "314.0.7"
python = "3.14"
platform = "pyemscripten_2026_0_wasm32"
files = []
requirements = { cowsay = "cowsay" }
"#;
    let lock = Lock::read("pyfence.lock", text).expect("it is a lock");
    let fence = "```pyodide install=cowsay\n1\n```";
    assert_eq!(allowed(fence, Some(&lock)), [""; 0]);
}

/// Header, element, lines for hosts: what follows the name of the policy is the same in all.
#[test]
fn each_format_is_what_its_server_reads() {
    let site = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("config.toml", "base_url = \"https://site.test\"\n"),
        ("content/_index.md", "+++\n+++\n```pyodide\n1\n```\n"),
        ("templates/index.html", "{{ section.content | safe }}"),
    ] {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }
    let printed = |format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_pyfence"))
            .args(["csp", "--engine", "embedded", "--format", format, "--root"])
            .arg(site.path())
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{output:?}");
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes)
                .expect("text")
                .trim_end()
                .to_owned()
        };
        let said = text(output.stderr);
        let isolation = said.rsplit_once("from 137 on:\n").expect("it is said");
        (text(output.stdout), isolation.1.to_owned())
    };
    let (header, isolation) = printed("header");
    let policy = header
        .strip_prefix("Content-Security-Policy: ")
        .expect("a header");
    let isolated = "isolate-and-credentialless";
    assert_eq!(isolation, format!("Document-Isolation-Policy: {isolated}"));
    for (format, around) in [
        ("_headers", ["/*\n  ", ": ", ""]),
        ("nginx", ["add_header ", " \"", "\" always;"]),
        ("apache", ["Header always set ", " \"", "\""]),
    ] {
        let [before, between, after] = around;
        let line = |name: &str, value: &str| format!("{before}{name}{between}{value}{after}");
        let lines = (
            line("Content-Security-Policy", policy),
            line("Document-Isolation-Policy", isolated),
        );
        assert_eq!(printed(format), lines);
    }
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    assert_eq!(printed("meta").0, meta);
}
