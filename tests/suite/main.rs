//! All tests of the library and the commands that need nothing installed but this crate, in one
//! binary: linking is what a test binary costs. `cargo test --test suite spec::` runs one module.
//!
//! Fixtures lie beside this folder: `tests/spec`, `tests/errors`, `tests/golden`, `tests/site`.

mod add;
mod architecture;
mod block_size;
mod build_again;
mod check;
mod command_lines;
mod commonmark;
mod component;
mod csp;
mod dependencies;
mod engines;
mod errors;
mod examples;
mod finished;
mod fuzz_finds;
mod golden;
mod highlight;
mod host;
mod hosts;
mod join_modules;
mod linear;
mod offline;
mod option_values;
mod publish;
#[cfg(feature = "records")]
mod records;
mod rewrite;
mod rewrite_code;
mod script_spaces;
mod serve;
mod site;
mod spec;
mod support;
mod vendor;
mod vendor_ended;
mod vendor_left;
mod vendor_update;
mod workflow;
mod written_html;
