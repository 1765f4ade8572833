//! What the log of libFuzzer says about a run.

/// The figures of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) target: String,
    /// Inputs that were run.
    pub(crate) executions: u64,
    pub(crate) per_second: u64,
    /// Places in the code that were reached.
    pub(crate) places: u64,
    /// Places, with how often they were reached, and values that were compared.
    pub(crate) features: u64,
    /// Seconds of the slowest input.
    pub(crate) slowest_s: u64,
    /// The most memory at any time, in MiB.
    pub(crate) memory_mib: u64,
    pub(crate) failure: Option<Failure>,
}

/// Why a run ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The panic, or what libFuzzer calls it: a timeout, too much memory.
    pub(crate) cause: String,
    /// The file with the input.
    pub(crate) input: Option<String>,
}

impl Outcome {
    pub(crate) fn read(target: &str, log: &str) -> Self {
        let last = log.lines().rfind(|line| line.contains(" cov: "));
        let last = last.unwrap_or_default();
        let stat = |name: &str| number_after(log, &format!("stat::{name}:"));
        Self {
            target: target.to_owned(),
            executions: stat("number_of_executed_units").unwrap_or_default(),
            per_second: stat("average_exec_per_sec").unwrap_or_default(),
            places: number_after(last, " cov: ").unwrap_or_default(),
            features: number_after(last, " ft: ").unwrap_or_default(),
            slowest_s: stat("slowest_unit_time_sec").unwrap_or_default(),
            memory_mib: stat("peak_rss_mb").unwrap_or_default(),
            failure: None,
        }
    }
}

impl Failure {
    pub(crate) fn read(log: &str) -> Self {
        let panic = log
            .lines()
            .skip_while(|line| !line.contains(" panicked at "));
        let panic: Vec<&str> = panic.take(2).collect();
        let error = log.lines().find(|line| line.contains("ERROR: "));
        let cause = match (panic.as_slice(), error) {
            ([], Some(error)) => error.to_owned(),
            ([], None) => "it ended without a reason".to_owned(),
            (panic, _) => panic.join(": "),
        };
        let input = log
            .split_once("Test unit written to ")
            .map(|(_, rest)| rest);
        let input = input.and_then(|rest| rest.lines().next());
        Self {
            cause,
            input: input.map(ToOwned::to_owned),
        }
    }
}

/// The number that follows a word.
fn number_after(text: &str, word: &str) -> Option<u64> {
    let (_, rest) = text.split_once(word)?;
    let digits = rest.trim_start();
    let end = digits.find(|it: char| !it.is_ascii_digit());
    digits.get(..end.unwrap_or(digits.len()))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_run_are_read() {
        let log = "#2\tINITED cov: 9 ft: 11 corp: 1/1b exec/s: 0 rss: 27Mb\n\
            #208204\tDONE   cov: 9327 ft: 13000 corp: 2080/72Kb lim: 120 exec/s: 23133 rss: 35Mb\n\
            stat::number_of_executed_units: 208204\nstat::average_exec_per_sec:     23133\n\
            stat::slowest_unit_time_sec:    1\nstat::peak_rss_mb:              35\n";
        let outcome = Outcome::read("ink", log);
        let (places, features) = (outcome.places, outcome.features);
        assert_eq!((outcome.executions, outcome.per_second), (208_204, 23_133));
        assert_eq!((places, features), (9_327, 13_000));
        assert_eq!((outcome.slowest_s, outcome.memory_mib), (1, 35));
    }

    #[test]
    fn a_panic_and_its_input_are_found() {
        let log = "thread '<unnamed>' (1) panicked at shared/src/x.rs:1:2:\nboards differ\n==1== \
            ERROR: libFuzzer: deadly signal\nartifact_prefix='x/'; Test unit written to x/crash-1\n";
        let failure = Failure::read(log);
        assert!(
            failure.cause.ends_with("x.rs:1:2:: boards differ"),
            "{failure:?}"
        );
        assert_eq!(failure.input.as_deref(), Some("x/crash-1"));
        let slow = Failure::read("==1== ERROR: libFuzzer: timeout after 25 seconds");
        assert_eq!(
            slow.cause,
            "==1== ERROR: libFuzzer: timeout after 25 seconds"
        );
    }
}
