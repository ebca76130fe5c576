#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pyfence_fuzz::options_toml(text));
