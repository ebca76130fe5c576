//! pyfence with a real Zola: the one that `PYFENCE_ZOLA` names, else the one that `make zola`
//! made. Without one, these tests are counted as ignored, and so are those of the other dialect.

#[path = "zola/differential.rs"]
mod differential;
#[path = "zola/faults.rs"]
#[cfg(unix)]
mod faults;
#[path = "zola/kit.rs"]
mod kit;
#[path = "zola/own_shortcodes.rs"]
mod own_shortcodes;
#[path = "zola/serve.rs"]
#[cfg(unix)]
mod serve;
#[path = "zola/support.rs"]
mod support;
#[path = "zola/ways.rs"]
mod ways;
#[path = "zola/wrapper.rs"]
mod wrapper;

use libtest_mimic::{Arguments, Trial};
use support::Zola;

/// A test that is handed the Zola to use.
type Test = fn(&Zola);

/// Tests for a Zola that has shortcodes, and for one that has none.
const OF_SHORTCODES: [&str; 2] = [
    "all_but_the_blocks_is_as_zola_builds_it",
    "shortcodes_give_the_same_as_in_zola",
];
const OF_TEMPLATES: [&str; 1] = ["an_own_shortcode_that_needs_zola_is_a_clear_error"];

fn main() {
    let zola = Zola::find();
    if zola.is_none() {
        eprintln!(
            "\n  NO ZOLA: its tests are skipped. `make zola` installs one; PYFENCE_ZOLA names another.\n"
        );
    }
    let tests: &[(&str, Test)] = &[
        (
            "all_ways_give_the_same_blocks",
            ways::all_ways_give_the_same_blocks,
        ),
        (
            "stock_fences_need_a_theme_for_code",
            ways::stock_fences_need_a_theme_for_code,
        ),
        (
            "the_example_course_has_the_same_blocks",
            ways::the_example_course_has_the_same_blocks,
        ),
        ("the_copied_kit_gives_blocks", kit::gives_blocks),
        (
            "the_copied_kit_loads_the_runtime_once",
            kit::loads_the_runtime_once,
        ),
        (
            "all_but_the_blocks_is_as_zola_builds_it",
            wrapper::all_but_the_blocks_is_as_zola_builds_it,
        ),
        (
            "blocks_are_those_of_the_author",
            wrapper::blocks_are_those_of_the_author,
        ),
        (
            "the_site_s_own_shortcodes_keep_working",
            own_shortcodes::they_keep_working,
        ),
        (
            "own_shortcodes_see_the_page_and_the_configuration",
            own_shortcodes::they_see_the_page_and_the_configuration,
        ),
        (
            "an_own_shortcode_that_needs_zola_is_a_clear_error",
            own_shortcodes::one_that_needs_zola_is_a_clear_error,
        ),
        ("flags_are_handed_on", wrapper::flags_are_handed_on),
        (
            "sources_are_never_written_over",
            wrapper::sources_are_never_written_over,
        ),
        (
            "mistakes_in_blocks_are_all_reported",
            wrapper::mistakes_in_blocks_are_all_reported,
        ),
        (
            "zola_s_own_errors_name_the_author_s_files",
            wrapper::zola_s_own_errors_name_the_author_s_files,
        ),
        #[cfg(unix)]
        ("zola_is_missing", faults::zola_is_missing),
        #[cfg(unix)]
        ("zola_is_killed", faults::zola_is_killed),
        #[cfg(unix)]
        (
            "there_is_no_temporary_folder",
            faults::there_is_no_temporary_folder,
        ),
        #[cfg(unix)]
        ("the_disk_is_full", faults::the_disk_is_full),
        #[cfg(unix)]
        (
            "changes_are_served_until_ctrl_c",
            serve::changes_are_served_until_ctrl_c,
        ),
        #[cfg(unix)]
        (
            "changed_shortcodes_are_served",
            serve::changed_shortcodes_are_served,
        ),
        (
            "shortcodes_give_the_same_as_in_zola",
            differential::the_same_as_zola,
        ),
    ];
    let trials = tests.iter().map(|(name, test)| {
        let usable = zola.clone().filter(|zola| match zola.has_shortcodes() {
            true => !OF_TEMPLATES.contains(name),
            false => !OF_SHORTCODES.contains(name),
        });
        match usable {
            Some(zola) => Trial::test(*name, move || {
                test(&zola);
                Ok(())
            }),
            None => Trial::test(*name, || Ok(())).with_ignored_flag(true),
        }
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}
