//! The bytes of every message, fixed for each version of the protocol.
//!
//! `v<version>.txt` holds one line for each sample: its name and its bytes in hex.
//! Clients in other languages, boards in stores and outboxes of browsers contain such bytes, so a
//! line never changes. A change of the format raises `PROTOCOL_VERSION` and adds a file. The bytes
//! are not compared by insta, because insta would overwrite a changed line if asked to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod chat;
mod client;
mod element;
mod ops;
mod relay;
mod sample;
mod server;
mod snapshot;

use std::collections::BTreeMap;

use sample::Sample;
use shared::protocol::PROTOCOL_VERSION;

/// Every failure says what to do about a changed line.
const DEMAND: &str = "the bytes of a message are fixed for each version of the protocol: undo \
    the change, or raise PROTOCOL_VERSION (shared/src/protocol/mod.rs), add a golden file for \
    the new version, and say in docs/protocol.md and CHANGELOG.md what changed";

/// The golden file of a version. Files of earlier versions stay, because stores can be older than
/// servers.
fn golden(version: u16) -> BTreeMap<&'static str, &'static str> {
    let text = match version {
        1 => include_str!("v1.txt"),
        2 => include_str!("v2.txt"),
        3 => include_str!("v3.txt"),
        4 => include_str!("v4.txt"),
        5 => include_str!("v5.txt"),
        6 => include_str!("v6.txt"),
        7 => include_str!("v7.txt"),
        other => panic!("there is no golden file for version {other}; {DEMAND}"),
    };
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split_once(' ').expect("a name and bytes"))
        .collect()
}

fn samples() -> Vec<Sample> {
    let groups = [
        client::samples(),
        server::samples(),
        ops::samples(),
        element::samples(),
        snapshot::samples(),
        relay::samples(),
        chat::samples(),
    ];
    groups.into_iter().flatten().collect()
}

#[test]
fn every_message_has_the_bytes_of_its_version() {
    let golden = golden(PROTOCOL_VERSION);
    let changed: Vec<String> = samples()
        .iter()
        .filter(|sample| golden.get(sample.name) != Some(&sample.hex.as_str()))
        .map(|sample| format!("{} {}", sample.name, sample.hex))
        .collect();
    assert!(
        changed.is_empty(),
        "{DEMAND}\nthese lines differ:\n{}",
        changed.join("\n")
    );
}

/// Data that stores and outboxes of earlier versions contain must decode to the same values.
#[test]
fn data_stored_by_earlier_versions_keeps_its_meaning() {
    let kept = [
        "chat.",
        "op.",
        "commit.",
        "element.",
        "ink.",
        "look.",
        "snapshot.",
        "text.",
    ];
    let samples = samples();
    for version in 1..PROTOCOL_VERSION {
        for (name, hex) in golden(version) {
            if kept.iter().any(|kind| name.starts_with(kind)) {
                let now = samples.iter().find(|sample| sample.name == name);
                assert_eq!(now.expect(name).hex, hex, "{name} of version {version}");
            }
        }
    }
}

#[test]
fn no_golden_message_is_missing() {
    let samples = samples();
    let kept = golden(PROTOCOL_VERSION).into_keys();
    let gone: Vec<_> = kept
        .filter(|name| samples.iter().all(|one| one.name != *name))
        .collect();
    assert!(
        gone.is_empty(),
        "{DEMAND}\nno sample makes these lines: {gone:?}"
    );
}

#[test]
fn golden_bytes_decode_to_their_samples() {
    for sample in samples() {
        (sample.reads_back)().unwrap_or_else(|error| panic!("{}: {error}", sample.name));
    }
}

#[test]
fn every_variant_has_a_sample() {
    let names: Vec<&str> = samples().iter().map(|sample| sample.name).collect();
    let wanted = [
        client::VARIANTS,
        server::VARIANTS,
        ops::VARIANTS,
        element::VARIANTS,
        relay::VARIANTS,
        chat::VARIANTS,
    ];
    for name in wanted.concat() {
        assert!(names.contains(&name), "no sample shows {name}");
    }
}

#[test]
fn sample_names_are_unique() {
    let mut names: Vec<&str> = samples().iter().map(|sample| sample.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
