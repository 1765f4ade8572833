//! Checks the allowed dependencies between crates and between the folders of `shared`.

use super::imports::Need;
use std::collections::BTreeSet;

/// Modules of `shared` that all others may use, and that use only each other.
const LEAVES: &str = "id limits name number tally";

/// Every other module at the top of `shared`, and the modules that it may use besides the leaves.
const SHARED: [(&str, &str); 10] = [
    ("geometry", ""),
    ("typeset", ""),
    ("model", "geometry typeset"),
    ("chat", "model"),
    ("op", "geometry typeset model chat"),
    ("history", "model op"),
    ("protocol", "geometry model chat op"),
    // Client and server half of `sync` exchange messages, so `protocol` comes first.
    ("sync", "geometry model chat op protocol"),
    ("paint", "geometry typeset model"),
    ("api", "model op protocol"),
];

/// Whether a list of words has a word.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// Checks every arrow from one module of `shared` to another; no module is exempt.
pub(super) fn between_folders(needs: &[Need<'_>]) -> Vec<String> {
    let mut findings = BTreeSet::new();
    for need in needs.iter().filter(|need| need.from.folder == "shared") {
        let (Some(from), Some(to)) = (need.from.module.first(), need.to.module.first()) else {
            continue;
        };
        let allowed = SHARED.iter().find(|(name, _)| name == from);
        let is_listed = allowed.is_some() || has(LEAVES, from);
        let is_allowed = has(LEAVES, to) || allowed.is_some_and(|(_, names)| has(names, to));
        if from != to && !(is_listed && is_allowed) {
            let message = format!("`{from}` must not use `{to}` (see {})", file!());
            findings.insert(format!("{}: {message}", need.place));
        }
    }
    findings.into_iter().collect()
}

/// Dependencies that a crate must not have. `clippy.toml` also forbids clocks.
const FORBIDDEN: &str = "\
shared: editor server tokio axum redis web-sys js-sys getrandom rand
editor: server leptos tokio web-sys js-sys getrandom rand
importer: server leptos tokio web-sys js-sys
formats: editor importer server leptos tokio web-sys js-sys
authoring: editor importer painters server leptos tokio web-sys js-sys getrandom rand
diagrams: formats editor importer server leptos tokio web-sys js-sys getrandom rand
client: server tokio axum redis leptos_axum
painters: formats editor client server leptos tokio web-sys
server: client editor web-sys";

/// Checks the dependencies of the product. Those of tests are not restricted.
pub(super) fn between_crates(crates: &[(String, Vec<String>)]) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, forbidden) in FORBIDDEN.lines().filter_map(|line| line.split_once(": ")) {
        let message = |it: &String| format!("Cargo.toml:1: `{name}` must not depend on `{it}`");
        let own = crates.iter().filter(|(it, _)| it == name);
        let broken = own.flat_map(|(_, all)| all).filter(|it| has(forbidden, it));
        findings.extend(broken.map(message));
    }
    findings
}
