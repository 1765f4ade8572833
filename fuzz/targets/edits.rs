//! Gives `fuzz::edits` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::edits::run(data));
