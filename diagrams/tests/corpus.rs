//! Two hundred diagrams of Mermaid, which together use all syntax of the three kinds.
//!
//! A file named `….line-N.mmd` is wrong in line N, and one named `….wrong.mmd` as a whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[allow(dead_code, reason = "each test file uses a part")]
mod drawn;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use diagrams::read;

/// The kinds, and how many files each has at least.
const KINDS: [(&str, usize); 3] = [("flowcharts", 110), ("mindmaps", 45), ("sequences", 45)];

fn files(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(kind);
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The fault that the name of a file tells: its line, if it has one.
fn expected_fault(name: &str) -> Option<Option<usize>> {
    if name.ends_with(".wrong.mmd") {
        return Some(None);
    }
    let line = name.strip_suffix(".mmd")?.rsplit_once(".line-")?.1;
    Some(Some(line.parse().unwrap()))
}

fn check(kind: &str, path: &Path) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let result = read(&text);
    if let Some(line) = expected_fault(name) {
        let error = result.expect_err("it is wrong");
        assert_eq!(error.line, line, "{error}");
        assert!(!error.message.is_empty());
        return;
    }
    let diagram = result.unwrap_or_else(|error| panic!("{error}"));
    let drawn = drawn::draw(&diagram);
    drawn.check();
    if kind != "sequences" {
        drawn.every_line_is_bound();
        drawn.nothing_overlaps();
    }
    drawn.labels_are_free();
}

#[test]
fn every_diagram_of_the_corpus_is_drawn_soundly_or_refused_at_its_faulty_line() {
    let mut failures = Vec::new();
    for (kind, least) in KINDS {
        let files = files(kind);
        assert!(files.len() >= least, "{} {kind}", files.len());
        for path in files {
            if catch_unwind(|| check(kind, &path)).is_err() {
                failures.push(path);
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
