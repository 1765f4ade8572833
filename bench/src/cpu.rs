//! Processor time of processes that run beside this one.

use std::fmt::Write as _;
use std::time::Duration;

use crate::output::say;

/// Seconds of processor time by the name of a process; `None` where they cannot be read.
pub(crate) type CpuTimes = Vec<(String, Option<f64>)>;

/// Prints the times that were used during a span.
pub(crate) fn print(used: &[(String, Option<f64>)], measured: Duration) {
    if used.is_empty() {
        return say("  processor time: not known, the servers were not started here");
    }
    let seconds = measured.as_secs_f64();
    let mut line = "  processor time:".to_owned();
    for (name, used) in used {
        let written = match used {
            Some(used) => write!(
                line,
                " {name} {used:.2} s of {seconds:.0} s ({:.1} % of a core);",
                used / seconds * 100.0
            ),
            None => write!(line, " {name} not known;"),
        };
        debug_assert!(written.is_ok(), "a string can be written to");
    }
    say(line.trim_end_matches(';'));
}
