//! Gives `fuzz::server_messages` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::server_messages::run(data));
