#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pyfence_fuzz::finished_html(text));
