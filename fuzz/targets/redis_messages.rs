//! Gives `fuzz::redis_messages` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::redis_messages::run(data));
