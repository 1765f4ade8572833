//! Gives `fuzz::stored_bytes` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::stored_bytes::run(data));
