//! Gives `fuzz::tables` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::tables::run(data));
