//! What a page costs, in the time that the processor spent on it.

use std::fs;
use std::time::{Duration, Instant};

use pyfence::{Dialect, PageCode, PageContext, Renderer};

/// A renderer with a few shortcodes.
pub fn renderer() -> Renderer {
    Renderer::builder()
        .shortcode("note.html", "<aside>{{ body }}</aside>")
        .shortcode("say.html", "<b>loud</b>")
        .build()
        .expect("the shortcodes parse")
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
