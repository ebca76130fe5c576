//! pyfence with a real Zola: the one that `PYFENCE_ZOLA` names, else the one that `make zola`
//! made. Without one, these tests are counted as ignored, and so are those of the other dialect.

mod as_zola;
mod command_lines;
mod differential;
#[cfg(unix)]
mod faults;
mod kit;
mod own_shortcodes;
#[cfg(unix)]
mod publish;
#[cfg(unix)]
mod serve;
mod sorting;
#[cfg(target_os = "linux")]
mod stage_place;
mod support;
mod ways;
mod wrapper;

use libtest_mimic::Trial;
use support::Zola;

use crate::{Test, trial};

const TESTS: &[(&str, Test<Zola>)] = tests![
    ways::all_ways_give_the_same_blocks,
    ways::stock_fences_need_a_theme_for_code,
    ways::the_example_course_has_the_same_blocks,
    kit::gives_blocks,
    kit::loads_the_runtime_once,
    kit::lines_hold_in_every_template,
    wrapper::blocks_are_those_of_the_author,
    own_shortcodes::they_keep_working,
    own_shortcodes::they_see_the_page_and_the_configuration,
    sorting::pages_are_in_the_same_order,
    wrapper::computed_from_a_page,
    wrapper::lists_and_feeds,
    wrapper::blocks_that_are_html_get_the_loader,
    wrapper::flags_are_handed_on,
    as_zola::passes_over_what_zola_passes_over,
    as_zola::reads_folders_of_other_tools,
    as_zola::reads_what_it_has_written,
    as_zola::keeps_resized_images,
    command_lines::each_does_what_it_does_with_zola,
    wrapper::sources_are_never_written_over,
    wrapper::mistakes_in_blocks_are_all_reported,
    wrapper::zola_s_own_errors_name_the_author_s_files,
    #[cfg(unix)]
    faults::zola_is_missing,
    #[cfg(unix)]
    faults::zola_is_killed,
    #[cfg(unix)]
    faults::zola_is_none,
    #[cfg(unix)]
    faults::zola_is_asked_only_what_matters,
    #[cfg(unix)]
    faults::there_is_no_temporary_folder,
    #[cfg(unix)]
    faults::the_disk_is_full,
    #[cfg(target_os = "linux")]
    stage_place::small_sites_are_staged_in_memory,
    #[cfg(unix)]
    publish::foreign_folders_are_not_replaced,
    #[cfg(unix)]
    publish::builds_at_the_same_time_keep_dotfiles,
    #[cfg(unix)]
    publish::zola_doesn_t_outlive_a_killed_server,
    #[cfg(unix)]
    serve::changes_are_served_until_ctrl_c,
    #[cfg(unix)]
    serve::changed_shortcodes_are_served,
];

/// For a Zola that has shortcodes.
const OF_SHORTCODES: &[(&str, Test<Zola>)] = tests![
    wrapper::all_but_the_blocks_is_as_zola_builds_it,
    differential::the_same_as_zola,
];

/// For a Zola that has components instead.
const OF_COMPONENTS: &[(&str, Test<Zola>)] = tests![
    own_shortcodes::one_that_needs_zola_is_a_clear_error,
    ways::stock_fences_hold_braces_where_pages_are_no_templates,
];

pub fn trials() -> Vec<Trial> {
    let zola = Zola::find();
    if zola.is_none() {
        eprintln!(
            "\n  NO ZOLA: its tests are skipped. `make zola` installs one; PYFENCE_ZOLA names another.\n"
        );
    }
    let any = zola.as_ref();
    let with_shortcodes = any.filter(|zola| zola.has_shortcodes());
    let with_components = any.filter(|zola| !zola.has_shortcodes());
    let groups = [
        (any, TESTS),
        (with_shortcodes, OF_SHORTCODES),
        (with_components, OF_COMPONENTS),
    ];
    let trials = groups.into_iter().flat_map(|(zola, tests)| {
        let named = tests.iter();
        named.map(move |(name, test)| trial(format!("zola::{name}"), zola, *test))
    });
    trials.collect()
}
