//! Gives `fuzz::web_pages` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::web_pages::run(data));
