#!/bin/sh
# Cargo calls this instead of rustc for the crates of this workspace (RUSTC_WORKSPACE_WRAPPER). It adds
# the coverage that libFuzzer reads. `-C passes` and `-C llvm-args` are stable, while `-Z sanitizer`,
# which `cargo fuzz` uses by default, is not. Other crates are compiled as always, and only once.
exec "$@" \
    -C opt-level=1 \
    -C passes=sancov-module \
    -C llvm-args=-sanitizer-coverage-level=4 \
    -C llvm-args=-sanitizer-coverage-inline-8bit-counters \
    -C llvm-args=-sanitizer-coverage-pc-table \
    -C llvm-args=-sanitizer-coverage-trace-compares
