//! Prints the results, and how far a run is.

/// Prints one line.
#[expect(clippy::print_stdout, reason = "the program prints figures")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Tells how far a long run is, on the standard error.
#[expect(clippy::print_stderr, reason = "the program shows its progress")]
pub(crate) fn progress(line: &str) {
    eprintln!("{line}");
}
