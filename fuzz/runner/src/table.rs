//! Prints lines, and the table of the outcomes.

use std::io::Write as _;

use crate::outcome::Outcome;

/// Prints one line to standard output. A closed pipe is no error.
pub(crate) fn line(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}

/// Prints the figures of each target, and the sum.
pub(crate) fn print(outcomes: &[Outcome]) {
    line(&row([
        "target",
        "executions",
        "a second",
        "places",
        "features",
        "slowest s",
        "MiB",
    ]));
    for outcome in outcomes {
        let figures = [
            outcome.executions,
            outcome.per_second,
            outcome.places,
            outcome.features,
            outcome.slowest_s,
            outcome.memory_mib,
        ];
        let [a, b, c, d, e, f] = &figures.map(|figure| figure.to_string());
        let end = if outcome.failure.is_some() {
            "  FAILED"
        } else {
            ""
        };
        line(&format!(
            "{}{end}",
            row([&outcome.target, a, b, c, d, e, f])
        ));
    }
    let sum: u64 = outcomes.iter().map(|it| it.executions).sum();
    line(&format!("{sum} executions"));
}

fn row([target, figures @ ..]: [&str; 7]) -> String {
    let figures = figures.map(|figure| format!("{figure:>11}"));
    format!("{target:<20}{}", figures.concat())
}
