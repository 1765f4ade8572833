//! Gives `fuzz::svg_drawings` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::svg_drawings::run(data));
