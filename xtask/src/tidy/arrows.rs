//! Which crate and which folder may know which: dependencies point one way.

use super::uses::Use;
use crate::cargo::Package;

/// Modules of `shared` that all others may name, and that name none but each other.
const LEAVES: &str = "id limits number tally";

/// Every other module at the top of `shared`, and the ones it may name besides the leaves.
const SHARED: [(&str, &str); 8] = [
    ("geometry", ""),
    ("typeset", ""),
    ("model", "geometry typeset"),
    ("op", "geometry model"),
    ("protocol", "geometry model op"),
    // Both halves of the conversation speak in messages, so messages come first.
    ("sync", "geometry model op protocol"),
    ("paint", "geometry typeset model"),
    ("api", "protocol"),
];

/// Whether a list of words has a word.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// Checks every arrow from one module of `shared` to another; no module is exempt.
pub(super) fn between_folders(uses: &[Use<'_>]) -> Vec<String> {
    let mut findings = Vec::new();
    for one in uses.iter().filter(|one| one.folder == "shared") {
        let (from, to) = (one.from, one.to.as_str());
        let allowed = SHARED.iter().find(|(name, _)| *name == from);
        let is_listed = allowed.is_some() || has(LEAVES, from);
        let is_allowed = has(LEAVES, to) || allowed.is_some_and(|(_, names)| has(names, to));
        if !is_listed || !is_allowed {
            let message = format!("`{from}` must not know `{to}` (see {})", file!());
            findings.push(format!("{}: {message}", one.place));
        }
    }
    findings
}

/// Dependencies a crate must not have: another side of an arrow, or the world. What is not a
/// dependency cannot be named in the code either; clocks are forbidden by `clippy.toml`.
const FORBIDDEN: [(&str, &str); 4] = [
    (
        "shared",
        "editor server tokio axum redis web-sys js-sys getrandom rand",
    ),
    (
        "client/editor",
        "server leptos tokio web-sys js-sys getrandom rand",
    ),
    ("client", "server tokio axum redis leptos_axum"),
    ("server", "client editor web-sys"),
];

/// Checks the dependencies that the product has; tests may use what they like.
pub(super) fn between_crates(packages: &[Package]) -> Vec<String> {
    let mut findings = Vec::new();
    for (folder, names) in FORBIDDEN {
        let package = packages.iter().find(|package| package.folder == folder);
        for name in package.iter().flat_map(|package| &package.dependencies) {
            if has(names, name) {
                findings.push(format!(
                    "{folder}/Cargo.toml:1: `{folder}` must not know `{name}`"
                ));
            }
        }
    }
    findings
}
