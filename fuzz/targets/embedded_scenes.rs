//! Gives `fuzz::embedded_scenes` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::embedded_scenes::run(data));
