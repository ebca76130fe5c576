//! pyfence with a real site generator: a Zola, where one is installed. Where none is, its tests are counted as ignored: libtest can't say so at run time, libtest-mimic can.
//!
//! A test that no list names is dead code, and dead code doesn't compile here.
#![deny(dead_code)]

use libtest_mimic::{Arguments, Trial};

/// Each test with its name, the path behind its generator's.
macro_rules! tests {
    ($($(#[$condition:meta])? $test:path),* $(,)?) => {
        &[$($(#[$condition])? (stringify!($test), $test)),*]
    };
}

mod zola;

/// A test that is handed its generator.
type Test<G> = fn(&G);

/// A test of `generator`, ignored where it can't be used.
fn trial<G: Clone + Send + 'static>(name: String, generator: Option<&G>, test: Test<G>) -> Trial {
    match generator.cloned() {
        Some(generator) => Trial::test(name, move || {
            test(&generator);
            Ok(())
        }),
        None => Trial::test(name, || Ok(())).with_ignored_flag(true),
    }
}

fn main() {
    libtest_mimic::run(&Arguments::from_args(), zola::trials()).exit();
}
