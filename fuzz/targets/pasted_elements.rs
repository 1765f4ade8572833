//! Gives `fuzz::pasted_elements` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::pasted_elements::run(data));
