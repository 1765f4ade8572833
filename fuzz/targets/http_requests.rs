//! Gives `fuzz::http_requests` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::http_requests::run(data));
