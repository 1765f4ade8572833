//! Processor time of processes that run beside this one.

use std::fmt::Write as _;
use std::time::Duration;

use crate::output::say;

/// Seconds of processor time by the name of a process; `None` where they cannot be read.
pub(crate) type CpuTimes = Vec<(String, Option<f64>)>;

/// Seconds of processor time that a process has used; `None` where that cannot be read.
pub(crate) fn seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    ticks(&stat).map(|ticks| ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}

/// User and system time in `/proc/<pid>/stat`. The name in it may contain spaces and brackets, so
/// the fields are counted from the last bracket.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_behind_a_strange_name() {
        let stat = "12 (a) 7 b)) S 1 2 3 4 5 6 7 8 9 10 40 2 0 0";
        assert_eq!(ticks(stat), Some(42));
        assert_eq!(ticks("nonsense"), None);
    }
}
