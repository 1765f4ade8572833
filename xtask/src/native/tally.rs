//! Adding up what test programs print.

use crate::report;
use anyhow::{Result, bail};

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
    /// Names of failed tests and of programs that died.
    culprits: Vec<String>,
}

impl Tally {
    /// Takes one line of the output of a test program.
    pub(crate) fn read_line(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed").unwrap_or(0);
            self.failed += number_before(result, " failed").unwrap_or(0);
        } else if let Some(test) = line.strip_prefix("test ").and_then(failed_name) {
            self.culprits.push(test.to_owned());
        }
    }

    /// Notes that a program ended badly.
    pub(crate) fn died(&mut self, label: &str) {
        if self.failed == 0 {
            self.failed = 1;
        }
        self.culprits.push(label.to_owned());
    }

    /// Notes a step that is no test and failed; the sum must not look as if all were well.
    pub(crate) fn step_failed(&mut self, reason: &str) {
        self.failed += 1;
        self.culprits.push(reason.to_owned());
    }

    /// Adds the results of other tests.
    pub(crate) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.culprits.extend(other.culprits.iter().cloned());
    }

    /// Prints the plain summary, the failed tests first.
    pub(crate) fn print(&self) {
        for culprit in &self.culprits {
            report::line(&format!("FAILED: {culprit}"));
        }
        report::line(&format!("{} passed, {} failed", self.passed, self.failed));
    }

    /// Turns failed tests into an error.
    ///
    /// # Errors
    /// A test failed.
    pub(crate) fn into_result(self) -> Result<()> {
        if self.failed > 0 {
            bail!(
                "{} of {} tests failed",
                self.failed,
                self.passed + self.failed
            );
        }
        Ok(())
    }
}

fn failed_name(line: &str) -> Option<&str> {
    line.strip_suffix(" ... FAILED")
}

/// The 12 in `ok. 12 passed; 0 failed`, for ` passed`.
fn number_before(text: &str, word: &str) -> Option<u64> {
    text.split_once(word)?
        .0
        .rsplit([' ', ';'])
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn tally(lines: &str) -> Tally {
        let mut tally = Tally::default();
        lines.lines().for_each(|line| tally.read_line(line));
        tally
    }

    #[test]
    fn results_of_several_programs_add_up() {
        let sum = tally(
            "test a ... ok\ntest result: ok. 12 passed; 0 failed; 0 ignored; 0 measured\n\
             test b ... FAILED\ntest result: FAILED. 3 passed; 1 failed; 0 ignored",
        );
        assert_eq!((sum.passed, sum.failed), (15, 1));
        assert_eq!(sum.culprits, ["b"]);
        assert!(sum.into_result().is_err());
    }

    #[test]
    fn a_program_that_dies_without_a_result_is_a_failure() {
        let mut sum = tally("running 3 tests\ntest a ... ok");
        sum.died("server (test ws): signal 6");
        assert_eq!(sum.failed, 1);
        assert!(sum.into_result().is_err());
    }

    #[test]
    fn a_failed_step_counts_beside_failed_tests() {
        let mut sum = tally("test result: FAILED. 3 passed; 1 failed;");
        sum.step_failed("formatting failed");
        assert_eq!((sum.passed, sum.failed), (3, 2));
    }

    #[test]
    fn success_is_no_error() {
        assert!(
            tally("test result: ok. 1 passed; 0 failed;")
                .into_result()
                .is_ok()
        );
    }
}
