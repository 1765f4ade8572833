//! The house rules that no other tool knows: lengths of files, arrows between folders and
//! crates. Every rule is a function from files to findings, which read as
//! `path:line: message`.

mod arrows;
mod cycles;
mod files;
#[cfg(test)]
mod tests;
mod uses;

use anyhow::Result;
use std::path::Path;

/// Checks all rules and returns what is wrong.
pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let files = files::read(root)?;
    let uses = uses::in_all(&files)?;
    let mut findings: Vec<String> = files.iter().filter_map(files::too_long).collect();
    findings.extend(files.iter().filter_map(files::without_docs));
    findings.extend(files.iter().filter_map(files::without_lints));
    findings.extend(arrows::between_folders(&uses));
    findings.extend(arrows::between_crates(&crate::cargo::packages()?));
    findings.extend(cycles::find(&uses));
    Ok(findings)
}
