//! Gives `fuzz::ink` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::ink::run(data));
