//! `cargo xtask tidy`: the house rules.

use crate::tidy::{self, Severity};
use crate::{report, workspace};
use anyhow::{Result, bail};

/// Prints every finding and fails if one is an error.
///
/// # Errors
/// A rule is broken, or the repository cannot be read.
pub(super) fn run() -> Result<()> {
    let findings = tidy::check(&workspace::root())?;
    for finding in &findings {
        report::line(&finding.to_string());
    }
    let errors = findings
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .count();
    let warnings = findings.len() - errors;
    report::line(&format!("tidy: {errors} errors, {warnings} warnings"));
    if errors > 0 {
        bail!("{errors} house rules are broken");
    }
    Ok(())
}
