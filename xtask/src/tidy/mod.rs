//! The house rules of the repository, checked: budgets, words, arrows, licences, links.
//!
//! Knows text and paths. Every rule is a function from a file (or the whole tree) to
//! findings, so that each can be shown to catch what it is for.

mod arrows;
mod budget;
mod finding;
mod functions;
mod licences;
mod links;
mod manifests;
mod source;
mod styles;
#[cfg(test)]
mod tests;
mod tree;
mod words;

pub(crate) use finding::{Finding, Severity};

use anyhow::Result;
use source::Source;
use std::path::Path;

/// Checks all rules and returns what is wrong, errors last, so they are seen.
///
/// # Errors
/// The repository cannot be read.
pub(crate) fn check(root: &Path) -> Result<Vec<Finding>> {
    let files = tree::read(root)?;
    let mut findings = Vec::new();
    for file in &files {
        findings.extend(check_file(file));
    }
    findings.extend(links::broken(root, &files));
    findings.extend(styles::check(&files));
    findings.extend(manifests::check(&files));
    findings.extend(licences::check(root)?);
    findings.sort_by(|a, b| (a.severity, &a.path, a.line).cmp(&(b.severity, &b.path, b.line)));
    Ok(findings)
}

/// The rules that look at one file at a time.
fn check_file(file: &tree::File) -> Vec<Finding> {
    let mut findings: Vec<Finding> = budget::check(file).into_iter().collect();
    if file.is_rust() {
        let source = Source::new(&file.text);
        findings.extend(functions::check(file, &source));
        findings.extend(words::check(file, &source));
        findings.extend(arrows::check(file, &source));
    }
    findings
}
