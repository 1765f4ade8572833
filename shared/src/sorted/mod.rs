//! Maps and sets in the order of their keys, in little code.
//!
//! The trees of the standard library are compiled anew for each type, 6 KB each, and a
//! browser must fetch them all. These are lists of short sorted lists: whatever is changed
//! moves no more than one short list and the list of lists. They know nothing else.

mod iter;
mod map;
mod search;
mod serial;
mod set;
#[cfg(test)]
mod tests;

pub use map::SortedMap;
pub use set::SortedSet;
