//! What a policy allows for what blocks ask for, and nothing else.

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
