//! Prints results as a table: case, fault, checks, result, figures.

use std::fmt::Write as _;

use crate::case::Case;
use crate::checker::verdict::Outcome;

/// The lines of a case.
#[must_use]
pub fn rows(case: &Case, outcome: &Result<Outcome, String>) -> String {
    let mut text = String::new();
    let checks: Vec<&str> = case.checks.iter().map(|it| it.short()).collect();
    let (result, figures) = match outcome {
        Ok(outcome) if outcome.broken().is_empty() => ("held", outcome.figures.as_slice()),
        Ok(outcome) => ("BROKEN", outcome.figures.as_slice()),
        Err(_) => ("FAILED", [].as_slice()),
    };
    let figures: Vec<String> = figures
        .iter()
        .map(|(name, it)| format!("{name} {it}"))
        .collect();
    let (row, name, fault) = (case.row, case.name, case.fault);
    let (checks, figures) = (checks.join(" "), figures.join("; "));
    writeln!(
        text,
        "| {row} | {name} | {fault} | {checks} | {result} | {figures} |"
    )
    .ok();
    let details = match outcome {
        Ok(outcome) => outcome.broken(),
        Err(error) => vec![error.clone()],
    };
    for line in details {
        writeln!(text, "    {line}").ok();
    }
    text
}

/// The head of the table.
#[must_use]
pub const fn head() -> &'static str {
    "| T | case | fault | checks | result | figures |\n|---|---|---|---|---|---|"
}
