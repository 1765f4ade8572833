//! What a person reads: notes, warnings, headings and times of steps. Knows no command.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// Prints one line to standard output; a closed pipe is nobody's error.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(writeln!(out, "{text}").and_then(|()| out.flush()));
}

/// Prints what is about to happen.
pub(crate) fn note(text: &str) {
    line(&format!("  -> {text}"));
}

/// Prints something that is not as it should be, but does not stop the work.
pub(crate) fn warning(text: &str) {
    line(&format!("warning: {text}"));
}

/// The steps of a longer command, each with its time.
#[derive(Debug, Default)]
pub(crate) struct Steps(Vec<(&'static str, Duration)>);

impl Steps {
    /// Runs one step under a heading and prints why it fails, if it does.
    pub(crate) fn step<T>(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        line(&format!("\n=== {name} ==="));
        let began = Instant::now();
        let result = work();
        if let Err(error) = &result {
            line(&format!("FAILED: {name}: {error:#}"));
        }
        self.0.push((name, began.elapsed()));
        result
    }

    /// Prints the times of all steps, in seconds.
    pub(crate) fn print_times(&self) {
        let sum = ("in all", self.0.iter().map(|(_, took)| *took).sum());
        for (name, took) in self.0.iter().chain([&sum]) {
            line(&format!("{:>8.1} s  {name}", took.as_secs_f64()));
        }
    }
}
