//! Gives `fuzz::client_messages` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::client_messages::run(data));
