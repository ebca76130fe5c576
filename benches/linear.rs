//! How much longer twice the text takes, for each shape of page that once took four times as long
//! and for their kin: `cargo bench --bench linear`. About 2 is linear, 4 is quadratic.

#![allow(clippy::print_stdout)]

#[path = "../tests/suite/linear/shapes.rs"]
mod shapes;
#[path = "../tests/suite/linear/work.rs"]
mod work;

use std::time::Duration;

use shapes::SHAPES;
use work::{check, page_of_blocks, renderer, time, work};

const SIZE: usize = 10_000;
const ROUNDS: usize = 3;

fn main() {
    let renderer = renderer();
    println!(
        "{:<40} {:>9} {:>9} {:>9} {:>6}",
        "shape", "bytes", "once", "twice", "ratio"
    );
    for (name, page) in SHAPES {
        let (small, large) = (page(SIZE), page(SIZE * 2));
        let mut best = [Duration::MAX; 2];
        for _ in 0..ROUNDS {
            for (best, page) in best.iter_mut().zip([&small, &large]) {
                *best = time(|| work(&renderer, page)).min(*best);
            }
        }
        let [once, twice] = best.map(|time| time.as_secs_f64() * 1000.0);
        println!(
            "{name:<40} {:>9} {once:>6.1} ms {twice:>6.1} ms {:>6.2}",
            small.len(),
            twice / once
        );
    }
    let page = page_of_blocks(1_000);
    let best = (0..ROUNDS).map(|_| time(|| check(&renderer, &page))).min();
    let milliseconds = best.unwrap_or_default().as_secs_f64() * 1000.0;
    println!("checking the Python of 1,000 blocks {milliseconds:>25.1} ms");
}
