//! Nothing that an author writes takes more than linear time.

#[path = "linear/shapes.rs"]
mod shapes;
#[path = "linear/work.rs"]
mod work;

use std::time::Duration;

use shapes::{CHECKED_SHAPES, SHAPES, Shape, page_of_blocks};
use work::{check, code, locked_renderer, renderer, time, work};

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
    assert_linear(SHAPES, SIZE, once);
}

#[test]
fn four_times_the_blocks_are_checked_in_four_times_the_time() {
    let renderer = renderer();
    let once = |page: &str| {
        let page = code(&renderer, page);
        time(|| check(&page))
    };
    once("```pyodide\n1\n```\n");
    assert_linear(CHECKED_SHAPES, SIZE / 2, once);
}

#[test]
fn four_times_the_blocks_of_a_locked_site_take_four_times_as_long() {
    let renderer = locked_renderer();
    let once = |page: &str| time(|| drop(code(&renderer, page)));
    once("```pyodide\n1\n```\n");
    assert_linear(&[("blocks with a lock", page_of_blocks)], SIZE / 4, once);
}

/// Fails where four times a shape takes much more than four times the time.
fn assert_linear(shapes: &[Shape], size: usize, once: impl Fn(&str) -> Duration) {
    for (name, page) in shapes {
        let mut ratios = Vec::new();
        let grows_too_fast = |ratios: &mut Vec<f64>| {
            let small = once(&page(size));
            let large = once(&page(size * 4));
            ratios.push(large.as_secs_f64() / small.as_secs_f64());
            large > SHORT && ratios.last() > Some(&TOO_MUCH)
        };
        // Something else on the machine can slow down a measurement, but hardly three.
        let is_too_fast = (0..3).all(|_| grows_too_fast(&mut ratios));
        assert!(
            !is_too_fast,
            "{name}: four times the text takes {ratios:.1?} times as long"
        );
    }
}
