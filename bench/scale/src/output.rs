//! Prints the results.

/// Prints one line.
#[expect(clippy::print_stdout, reason = "the program prints figures")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}
