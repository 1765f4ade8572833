//! Gives `fuzz::websocket_stream` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::websocket_stream::run(data));
