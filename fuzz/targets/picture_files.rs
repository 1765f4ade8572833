//! Gives `fuzz::picture_files` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::picture_files::run(data));
