//! How much longer twice the text takes, for each shape of page that once took four times as long
//! and for their kin: `cargo bench --bench linear`. About 2 is linear, 4 is quadratic.

#![allow(clippy::print_stdout)]

#[path = "../tests/suite/linear/shapes.rs"]
mod shapes;
#[path = "../tests/suite/linear/work.rs"]
mod work;

use std::time::Duration;

use shapes::{CHECKED_SHAPES, SHAPES, page_of_blocks};
use work::{check, code, locked_renderer, renderer, time, work};

const SIZE: usize = 10_000;
/// Blocks of a page whose Python is checked.
const BLOCKS: usize = 10_000;

const ROUNDS: usize = 3;

fn main() {
    let renderer = renderer();
    println!(
        "{:<40} {:>9} {:>9} {:>9} {:>6}",
        "shape", "bytes", "once", "twice", "ratio"
    );
    for (name, page) in SHAPES {
        let pages = [page(SIZE), page(SIZE * 2)];
        let best = pages.each_ref().map(|page| best(|| work(&renderer, page)));
        print(name, pages[0].len(), best);
    }
    println!("the Python of blocks");
    for (name, page) in CHECKED_SHAPES {
        let pages = [page(BLOCKS), page(BLOCKS * 2)];
        let best = pages.each_ref().map(|page| {
            let page = code(&renderer, page);
            best(|| check(&page))
        });
        print(name, pages[0].len(), best);
    }
    let locked = locked_renderer();
    let pages = [page_of_blocks(BLOCKS), page_of_blocks(BLOCKS * 2)];
    let best_of_locked = pages
        .each_ref()
        .map(|page| best(|| drop(code(&locked, page))));
    print("blocks with a lock", pages[0].len(), best_of_locked);
    let page = page_of_blocks(1_000);
    let whole = best(|| check(&code(&renderer, &page)));
    println!(
        "reading and checking 1,000 blocks {:>27.1} ms",
        milliseconds(whole)
    );
}

fn best(work: impl Fn()) -> Duration {
    let times = (0..ROUNDS).map(|_| time(&work));
    times.min().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn print(name: &str, bytes: usize, best: [Duration; 2]) {
    let [once, twice] = best.map(milliseconds);
    println!(
        "{name:<40} {bytes:>9} {once:>6.1} ms {twice:>6.1} ms {:>6.2}",
        twice / once
    );
}
