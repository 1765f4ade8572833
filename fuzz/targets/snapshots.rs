//! Gives `fuzz::snapshots` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::snapshots::run(data));
