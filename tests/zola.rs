//! pyfence with a real Zola: the one that `PYFENCE_ZOLA` names, else the one that `make zola`
//! made. Without one, these tests are counted as ignored.

#[path = "zola/kit.rs"]
mod kit;
#[path = "zola/support.rs"]
mod support;

use libtest_mimic::{Arguments, Trial};
use support::Zola;

fn main() {
    let zola = Zola::find();
    if zola.is_none() {
        eprintln!(
            "\n  NO ZOLA: its tests are skipped. `make zola` installs one; PYFENCE_ZOLA names another.\n"
        );
    }
    let tests: &[(&str, fn(&Zola))] = &[
        ("the_copied_kit_gives_blocks", kit::gives_blocks),
        (
            "the_copied_kit_loads_the_runtime_once",
            kit::loads_the_runtime_once,
        ),
    ];
    let trials = tests.iter().map(|(name, test)| {
        let trial = match zola.clone() {
            Some(zola) => Trial::test(*name, move || {
                test(&zola);
                Ok(())
            }),
            None => Trial::test(*name, || Ok(())).with_ignored_flag(true),
        };
        trial
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}
