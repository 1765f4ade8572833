//! Gives `fuzz::commits` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::commits::run(data));
