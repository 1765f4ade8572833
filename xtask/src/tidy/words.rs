//! Words that a file must have, and words that it must not.

use super::Finding;
use super::source::{Source, words};
use super::tree::File;

/// Words that stand nowhere in Rust files, tests included.
const NOWHERE: [(&str, &str); 4] = [
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("dbg!", "remove it"),
    ("#[ignore", "a test runs or does not exist"),
];

/// Marks of unfinished work, in comments too.
const MARKS: [&str; 2] = [concat!("FIX", "ME"), concat!("XX", "X")];

/// Words a crate must not know outside tests: the core is told the time, its chance and
/// its input, and never asks the world for them.
struct Ban {
    /// Folder of the crate.
    folder: &'static str,
    /// Files that may, because they are the seam.
    except: &'static [&'static str],
    words: &'static [&'static str],
}

const WORLD: [&str; 8] = [
    "tokio",
    "web_sys",
    "js_sys",
    "leptos",
    "std::time::Instant",
    "Instant::now",
    "SystemTime",
    "rand::",
];

const BANS: [Ban; 4] = [
    Ban {
        folder: "shared",
        except: &["shared/src/api.rs"],
        words: &WORLD,
    },
    Ban {
        folder: "client/editor",
        except: &[],
        words: &WORLD,
    },
    Ban {
        folder: "client",
        except: &[],
        words: &["redis", "tokio", "axum", "leptos_axum"],
    },
    Ban {
        folder: "server",
        except: &[],
        words: &["web_sys", "editor::"],
    },
];

/// Checks the words of a Rust file.
pub(super) fn check(file: &File, source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(missing_docs(file));
    findings.extend(nowhere(file, source));
    findings.extend(marks(file));
    findings.extend(banned(file, source));
    findings
}

/// Every file begins by saying what it is.
fn missing_docs(file: &File) -> Option<Finding> {
    let mut lines = file.text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.find(|line| !line.starts_with("#!["));
    let documented = first.is_some_and(|line| line.starts_with("//!"));
    (!documented).then(|| Finding::error(&file.path, 1, "the file has no module docs (`//!`)"))
}

fn nowhere(file: &File, source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in source.code.lines().enumerate() {
        for (word, advice) in NOWHERE {
            if has(line, word) {
                let message = format!("`{}`: {advice}", word.trim_start_matches("#["));
                findings.push(Finding::error(&file.path, number + 1, message));
            }
        }
    }
    findings
}

fn marks(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        for mark in MARKS {
            if words(line, mark).next().is_some() {
                let message = format!("`{mark}`: finish it or write an issue");
                findings.push(Finding::error(&file.path, number + 1, message));
            }
        }
    }
    findings
}

fn banned(file: &File, source: &Source) -> Vec<Finding> {
    let applies =
        |ban: &&Ban| ban.folder == file.crate_folder() && !ban.except.contains(&file.path.as_str());
    let mut findings = Vec::new();
    if file.is_test() {
        return findings;
    }
    for ban in BANS.iter().filter(applies) {
        for (number, line) in source.product_lines() {
            for word in ban.words.iter().filter(|word| has(line, word)) {
                let message = format!("`{}` must not know `{word}`", ban.folder);
                findings.push(Finding::error(&file.path, number, message));
            }
        }
    }
    findings
}

/// Whether a line of code has a word; a word that ends in punctuation needs no end of its own.
fn has(line: &str, word: &str) -> bool {
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
    line.contains(word) && words(line, bare).next().is_some()
}
