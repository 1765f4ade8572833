//! wasm-opt, from the npm package `binaryen`; Debian's own is too old.

use super::{Found, Tool, locate, npm};
use anyhow::Result;

/// The oldest version that knows what today's Rust emits.
const OLDEST: u32 = 116;

/// The npm package, pinned.
const PACKAGE: &str = "binaryen@132.0.0";

/// Makes the wasm file smaller.
pub(crate) const WASM_OPT: Tool = Tool {
    name: "wasm-opt",
    why: "make the client smaller",
    usually: "a few seconds",
    by_hand: "run `npm install --global binaryen`",
    find: find_wasm_opt,
    install: || npm::install(&[PACKAGE]),
};

fn find_wasm_opt() -> Result<Option<Found>> {
    Ok(locate::search(&["wasm-opt"], |version| {
        number(version).is_some_and(|n| n >= OLDEST)
    }))
}

/// The number in `wasm-opt version 132 (version_132)`.
fn number(version: &str) -> Option<u32> {
    version.split(' ').nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn the_version_number_is_understood() {
        assert_eq!(number("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(number("wasm-opt version 108"), Some(108));
        assert_eq!(number("something else"), None);
    }
}
