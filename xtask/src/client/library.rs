//! The standard library compiled with the client, for shipping.
//!
//! As it comes, it holds what every panic would say and where, which is a fourteenth of the
//! client after compression. In a shipped client a panic only stops it; the other builds
//! still say what was the matter. Cargo and rustc can do this, but do not promise it yet,
//! so they must be told that this is known. Build scripts hear it too, and some then use
//! what is not promised either; only what is shipped is compiled so.

use crate::workspace;
use std::process::Command;

/// Parts of the library that the client needs.
const PARTS: &str = "std,panic_abort";
/// Prefers small code to fast code in the library.
const FEATURES: &str = "optimize_for_size";
/// A panic stops at once; neither places in the source nor `Debug` are written out.
const FLAGS: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Lets a build compile the standard library too, in a folder of its own, as nothing that
/// was compiled otherwise fits.
pub(super) fn compile_with(build: &mut Command) {
    build
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", PARTS)
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", FEATURES)
        .env("RUSTFLAGS", FLAGS)
        .env(
            "CARGO_TARGET_DIR",
            workspace::target_dir().join("xtask/shipped"),
        );
}
