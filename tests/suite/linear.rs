//! Nothing that an author writes takes more than linear time.

#[path = "linear/shapes.rs"]
mod shapes;
#[path = "linear/work.rs"]
mod work;

use std::time::Duration;

use shapes::SHAPES;
use work::{check, page_of_blocks, renderer, time, work};

/// Four times the text takes about four times as long; sixteen times, where it is quadratic.
const TOO_MUCH: f64 = 9.0;

const SIZE: usize = 1_000;

/// Times under this are mostly what every page costs.
const SHORT: Duration = Duration::from_millis(30);

#[test]
fn four_times_the_text_takes_four_times_as_long() {
    let renderer = renderer();
    let once = |page: &str| time(|| work(&renderer, page));
    once("warm up\n\n```pyodide\n1\n```\n");
    for (name, page) in SHAPES {
        let mut ratios = Vec::new();
        let grows_too_fast = |ratios: &mut Vec<f64>, size: usize| {
            let small = once(&page(size));
            let large = once(&page(size * 4));
            ratios.push(large.as_secs_f64() / small.as_secs_f64());
            large > SHORT && ratios.last() > Some(&TOO_MUCH)
        };
        // Something else on the machine can slow down a measurement, but hardly three.
        let is_too_fast = (0..3).all(|_| grows_too_fast(&mut ratios, SIZE));
        assert!(
            !is_too_fast,
            "{name}: four times the text takes {ratios:.1?} times as long"
        );
    }
}

#[test]
fn four_times_the_blocks_are_checked_in_four_times_the_time() {
    let renderer = renderer();
    let once = |count: usize| {
        let page = page_of_blocks(count);
        time(|| check(&renderer, &page))
    };
    once(1);
    let ratios: Vec<_> = (0..3)
        .map(|_| once(SIZE).as_secs_f64() / once(SIZE / 4).as_secs_f64())
        .collect();
    let least = ratios.iter().copied().fold(f64::MAX, f64::min);
    assert!(
        least < TOO_MUCH,
        "four times the blocks take {ratios:.1?} times as long"
    );
}
