//! How long a file may be.

use super::Finding;
use super::tree::File;

/// Lines of a file worth splitting soon.
const SOFT: usize = 300;
/// Lines of a file that must be split.
const HARD: usize = 400;
/// Lines of a file with nothing but tests, which read like a list.
const HARD_TESTS: usize = 600;

/// Checks the length of a Rust or style file.
pub(super) fn check(file: &File) -> Option<Finding> {
    if !file.ends_with(&[".rs", ".css"]) {
        return None;
    }
    let lines = file.text.lines().count();
    let hard = if file.is_test() { HARD_TESTS } else { HARD };
    if lines > hard {
        let message = format!("{lines} lines; a file has at most {hard}");
        Some(Finding::error(&file.path, hard + 1, message))
    } else if lines > SOFT && !file.is_test() {
        let message = format!("{lines} lines; {SOFT} are better");
        Some(Finding::warning(&file.path, SOFT + 1, message))
    } else {
        None
    }
}
