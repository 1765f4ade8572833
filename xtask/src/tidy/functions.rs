//! How long a function may be.

use super::Finding;
use super::source::Source;
use super::tree::File;

/// Lines of a function worth splitting soon.
const SOFT: usize = 40;
/// Lines of a function that must be split.
const HARD: usize = 70;

/// Checks the length of every function.
pub(super) fn check(file: &File, source: &Source) -> Vec<Finding> {
    let judge = |function: &super::source::Function| {
        let (name, lines) = (&function.name, function.lines);
        let test = file.is_test() || source.is_test_line(function.line);
        if lines > HARD {
            let message = format!("`{name}` has {lines} lines; a function has at most {HARD}");
            Some(Finding::error(&file.path, function.line, message))
        } else if lines > SOFT && !test {
            let message = format!("`{name}` has {lines} lines; {SOFT} are better");
            Some(Finding::warning(&file.path, function.line, message))
        } else {
            None
        }
    };
    source.functions().iter().filter_map(judge).collect()
}
