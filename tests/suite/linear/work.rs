//! What a page costs, in the time that the processor spent on it.

use std::fs;
use std::time::{Duration, Instant};

use pyfence::{Dialect, Lock, PageCode, PageContext, Renderer};

/// A renderer with a few shortcodes.
pub fn renderer() -> Renderer {
    Renderer::builder()
        .shortcode("note.html", "<aside>{{ body }}</aside>")
        .shortcode("say.html", "<b>loud</b>")
        .build()
        .expect("the shortcodes parse")
}

/// A renderer for a site with a lock of a hundred packages.
pub fn locked_renderer() -> Renderer {
    let mut lock = String::from(
        "lock-version = \"1.0\"\ncreated-by = \"pyfence\"\npyodide = \"314.0.7\"\n\n[[releases]]\n\
         version = \"314.0.7\"\npython = \"3.14\"\nplatform = \"pyemscripten_2026_0_wasm32\"\nfiles = []\n",
    );
    for number in 0..100 {
        let (name, digest) = (format!("package{number}"), "00".repeat(32));
        lock += &format!(
            "\n[[packages]]\nname = \"{name}\"\nversion = \"1\"\npyodide = \"314.0.7\"\nimports = [\"{name}\"]\n\
             wheels = [{{ name = \"{name}.whl\", url = \"https://files.test/{name}.whl\", \
             hashes = {{ sha256 = \"{digest}\" }} }}]\n"
        );
    }
    let lock = Lock::read("pyfence.lock", &lock).expect("it is a lock");
    Renderer::builder().lock(lock).build().expect("it is built")
}

/// Renders and rewrites a page, finds its blocks, and draws what is said of it.
pub fn work(renderer: &Renderer, page: &str) {
    let context = PageContext::new("a.md");
    let mut diagnostics = renderer.render_page(page, &context).diagnostics;
    std::hint::black_box(code(renderer, page));
    for dialect in [Dialect::Shortcodes, Dialect::Templates] {
        diagnostics.extend(renderer.rewrite_page(page, &context, dialect).diagnostics);
    }
    for error in diagnostics {
        std::hint::black_box(error.to_string());
    }
}

/// The blocks of a page.
pub fn code(renderer: &Renderer, page: &str) -> PageCode {
    renderer.parse(page, &PageContext::new("a.md")).code()
}

/// Checks the Python of a page's blocks.
pub fn check(page: &PageCode) {
    std::hint::black_box(pyfence::check::check(page, &|_| true));
}

/// How much time of the processor `work` takes: what else runs on the machine doesn't count, where
/// the system tells them apart.
pub fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    let before = processor_time();
    work();
    match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

/// Linux's own account of this thread, in nanoseconds.
fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = stat.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
