//! Which module of `shared` may know which: dependencies point one way.

use super::Finding;
use super::source::{Source, words};
use super::tree::File;

/// Every module at the top of `shared`, and the others it may name.
const ARROWS: [(&str, &[&str]); 9] = [
    ("id", &[]),
    ("limits", &[]),
    ("geometry", &["id", "limits"]),
    ("typeset", &[]),
    ("model", &["id", "limits", "geometry", "typeset"]),
    ("op", &["id", "limits", "geometry", "model"]),
    ("protocol", &["id", "limits", "geometry", "model", "op"]),
    // Both halves of the conversation speak in messages, so messages come first.
    (
        "sync",
        &["id", "limits", "geometry", "model", "op", "protocol"],
    ),
    ("paint", &["id", "limits", "geometry", "typeset", "model"]),
];

/// Checks every `crate::…` path in a file of `shared`; tests may look everywhere.
pub(super) fn check(file: &File, source: &Source) -> Vec<Finding> {
    let Some(from) = module_of(&file.path) else {
        return Vec::new();
    };
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == from) else {
        return Vec::new();
    };
    if file.is_test() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (to, line) in named_modules(&source.code) {
        let known = ARROWS.iter().any(|(name, _)| *name == to);
        let fine = to == from || !known || allowed.contains(&to.as_str());
        if !fine && !source.is_test_line(line) {
            let message = format!("`{from}` must not know `{to}`: arrows point the other way");
            findings.push(Finding::error(&file.path, line, message));
        }
    }
    findings
}

/// `model` for `shared/src/model/board.rs` and for `shared/src/model.rs`.
fn module_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("shared/src/")?;
    let first = inside.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

/// The top modules that follow `crate::`, also in a list in braces, with their lines.
fn named_modules(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for at in words(code, "crate") {
        let line = code.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let Some(rest) = code.get(at..).and_then(|rest| rest.strip_prefix("crate::")) else {
            continue;
        };
        match rest.strip_prefix('{') {
            Some(list) => found.extend(list_heads(list).into_iter().map(|name| (name, line))),
            None => found.push((head(rest), line)),
        }
    }
    found
}

/// The first words of the entries of `a, b::c, d::{e, f}}`.
fn list_heads(list: &str) -> Vec<String> {
    let mut heads = vec![head(list.trim_start())];
    let mut depth = 0_usize;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(head(list.get(at + 1..).unwrap_or_default().trim_start()))
            }
            _ => {}
        }
    }
    heads.retain(|name| !name.is_empty());
    heads
}

fn head(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}
