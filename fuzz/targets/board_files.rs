//! Gives `fuzz::board_files` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::board_files::run(data));
