//! Gives `fuzz::ids_and_options` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::ids_and_options::run(data));
