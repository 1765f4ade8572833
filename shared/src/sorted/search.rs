//! Searching a list of short sorted lists, in one piece of code for all types.
//!
//! Knows neither keys nor values.

use std::cmp::Ordering;

/// The longest a short list gets before it is parted in two.
pub(super) const LONGEST: usize = 64;

/// Where an entry is, or where it would be.
pub(super) type Place = (usize, Result<usize, usize>);

/// Stands for the last entry of a list.
pub(super) const LAST: usize = usize::MAX;

/// Searches so many sorted lists for a key: `compare` says how the entry at a place of a
/// list compares to it.
#[inline(never)]
pub(super) fn search(lists: usize, compare: &dyn Fn(usize, usize) -> Option<Ordering>) -> Place {
    let is_below = |list, at| compare(list, at) == Some(Ordering::Less);
    let list = first(lists, &|list| !is_below(list, LAST));
    // A key behind everything belongs to the end of the last list.
    let list = list.min(lists.saturating_sub(1));
    let at = first(LONGEST, &|at| !is_below(list, at));
    match compare(list, at) {
        Some(Ordering::Equal) => (list, Ok(at)),
        _ => (list, Err(at)),
    }
}

/// The first of `len` places where `holds` is true, as it is from there on.
#[inline(never)]
fn first(len: usize, holds: &dyn Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (0, len);
    while from < to {
        let middle = usize::midpoint(from, to);
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}
