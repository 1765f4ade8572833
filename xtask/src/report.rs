//! What a person reads: headings, notes, warnings, timings. Knows no command.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// Prints one line to standard output; a closed pipe is nobody's error.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    // Nothing useful can be done when standard output is gone.
    drop(writeln!(out, "{text}"));
    drop(out.flush());
}

/// Prints what is about to happen.
pub(crate) fn note(text: &str) {
    line(&format!("  -> {text}"));
}

/// Prints something that is not as it should be, but does not stop the work.
pub(crate) fn warning(text: &str) {
    line(&format!("warning: {text}"));
}

/// Prints why a command fails, to standard error.
pub(crate) fn error(text: &str) {
    let mut out = std::io::stderr().lock();
    drop(writeln!(out, "error: {text}"));
}

/// `12.3 s` or `4 min 05 s`.
pub(crate) fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

/// The steps of a longer command, each with a heading and its time.
#[derive(Debug)]
pub(crate) struct Steps {
    began: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Starts the clock.
    pub(crate) fn start() -> Self {
        Self {
            began: Instant::now(),
            done: Vec::new(),
        }
    }

    /// Runs one step under a heading and remembers how long it took.
    ///
    /// # Errors
    /// The error of `work`, with the name of the step.
    pub(crate) fn step<T>(
        &mut self,
        name: &str,
        work: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        line(&format!("\n=== {name} ==="));
        let began = Instant::now();
        let result = work();
        let took = began.elapsed();
        let word = if result.is_ok() { "done" } else { "FAILED" };
        line(&format!("--- {name}: {word} in {}", seconds(took)));
        self.done.push((name.to_owned(), took));
        result.map_err(|error| error.context(format!("{name} failed")))
    }

    /// Prints the times of all steps.
    pub(crate) fn print_times(&self) {
        line("\nTimes:");
        for (name, took) in &self.done {
            line(&format!("  {:>13}  {name}", seconds(*took)));
        }
        line(&format!("  {:>13}  in all", seconds(self.began.elapsed())));
    }
}

#[cfg(test)]
mod tests {
    use super::seconds;
    use std::time::Duration;

    #[test]
    fn times_are_short_and_readable() {
        assert_eq!(seconds(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(245)), "4 min 05 s");
    }
}
