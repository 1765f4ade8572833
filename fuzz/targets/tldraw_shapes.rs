//! Gives `fuzz::tldraw_shapes` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::tldraw_shapes::run(data));
