//! The house rules that no other tool checks: lengths of files, dependencies between folders and
//! crates, cycles. Every rule is a function from files to findings of the form
//! `path:line: message`.

mod arrows;
mod cycles;
mod files;
mod imports;
#[cfg(test)]
mod tests;
mod uses;

use anyhow::Result;

/// Checks all rules and returns what is wrong.
pub(crate) fn check() -> Result<Vec<String>> {
    let files = files::read()?;
    let sources = uses::in_all(&files)?;
    let needs = imports::between(&sources);
    let mut findings: Vec<String> = files.iter().filter_map(files::too_long).collect();
    findings.extend(files.iter().filter_map(files::without_docs));
    findings.extend(files.iter().filter_map(files::without_lints));
    findings.extend(arrows::between_folders(&needs));
    findings.extend(arrows::between_crates(&crate::cargo::crates()?));
    findings.extend(cycles::refused(&cycles::find(&needs)));
    Ok(findings)
}

/// All cycles between folders and between files, also those that are allowed.
pub(crate) fn cycles() -> Result<Vec<String>> {
    let files = files::read()?;
    let sources = uses::in_all(&files)?;
    let needs = imports::between(&sources);
    let cycles = cycles::find(&needs);
    Ok(cycles.iter().map(cycles::Cycle::to_string).collect())
}
