//! Prints the results.

/// Prints one line.
#[expect(clippy::print_stdout, reason = "figures are for reading")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}
