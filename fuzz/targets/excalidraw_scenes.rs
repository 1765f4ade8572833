//! Gives `fuzz::excalidraw_scenes` to libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::excalidraw_scenes::run(data));
