//! Blocks that authors wrote as HTML, or as ordinary fences, count for whoever looks at a site's sources.

use std::fs;
use std::path::Path;

use pyfence::csp::Policy;
use pyfence::{PageContext, Renderer};

use crate::support::{pyfence, ran};
use crate::vendor::{LOCAL, is_set_up, lock_of, site, vendor};

const PAGE: &str = "\
```pyodide
numbers = [1]
```

- <pyodide-block install=\"cowsay\"><pre><code>import cowsay</code></pre></pyodide-block>

> <pre data-pyodide data-session=\"default\"><code>if numbers &lt; [2]:
>     import tabulate
> </code></pre>

```python,pyodide=run,install=tabulate
import sympy
```

<!-- <pyodide-block><pre><code>import griffe</code></pre></pyodide-block> -->

```html
<pyodide-block><pre><code>import griffe</code></pre></pyodide-block>
```
";

/// What a command says of a site, and its exit code.
fn run(name: &str, root: &Path) -> (Option<i32>, String) {
    ran(pyfence().args([name, "--root"]).arg(root))
}

#[test]
fn what_they_ask_for_is_vendored() {
    if !is_set_up() {
        return;
    }
    let site = site(PAGE);
    let root = site.path();
    let (code, said) = vendor(root, &LOCAL);
    assert_eq!(code, Some(0), "{said}");
    let lock = lock_of(root).expect("it is there");
    let names = lock.packages.iter().map(|package| package.name.as_str());
    let names: Vec<&str> = names.collect();
    let expected = ["cowsay", "micropip", "mpmath", "sympy", "tabulate"];
    assert_eq!(names, expected);

    // What isn't locked fails the build, at its place.
    let page = root.join("content/_index.md");
    let text = fs::read_to_string(&page).expect("it is there");
    fs::write(&page, text.replace("import tabulate", "import numpy")).expect("there is room");
    let (code, said) = run("build", root);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("`numpy` is not in the lock"), "{said}");
    assert!(said.contains("_index.md:10:14"), "{said}");
    fs::write(&page, text.replace("install=tabulate", "install=griffe")).expect("there is room");
    let (_, said) = run("build", root);
    assert!(
        said.contains("`griffe` is not in the site's lock"),
        "{said}"
    );
    assert!(said.contains("_index.md:13:1"), "{said}");
}

#[test]
fn they_are_checked_with_the_session_that_they_are_in() {
    let site = site(&PAGE.replace("import tabulate", "print(nothing)"));
    let (code, said) = run("check", site.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("defines `nothing`"), "{said}");
    assert!(said.contains("_index.md:10:13"), "{said}");
    assert!(said.contains("4 blocks: 0 errors, 1 warning"), "{said}");
}

#[test]
fn the_policy_allows_what_they_need() {
    let renderer = Renderer::builder().build().expect("it has no templates");
    let page = "<pyodide-block readonly files=\"https://a.test/b.csv\"><pre><code>import numpy</code></pre></pyodide-block>\n";
    let page = renderer.parse(page, &PageContext::new("a.md")).code();
    let policy = Policy::of(&[page], None).to_string();
    assert!(policy.contains("https://a.test/b.csv"), "{policy}");
    assert!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
    assert!(policy.contains("data:"), "{policy}");
}
