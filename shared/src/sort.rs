//! Sorting in little code.
//!
//! The sort of the standard library is compiled anew for each type, 4 KB each, and a browser
//! must fetch them all. Here one sort of numbers serves every list. Knows nothing else.

use std::cmp::Ordering;

/// Sorts a list; what compares equal keeps its order.
pub fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = order(items.len(), &mut |a, b| {
        match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            // Both numbers are places in the list.
            _ => Ordering::Equal,
        }
    });
    arrange(order, &mut |a, b| items.swap(a, b));
}

/// Sorts a list by something that its items have.
pub fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// The numbers below `len`, sorted by `compare`.
// Not inlined: the one sort for all lists.
#[inline(never)]
fn order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Brings to each place what `order` says belongs there, each once, by swapping.
#[inline(never)]
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        // Around a circle of places, each of which takes from the next.
        while let Some(from) = order.get_mut(at) {
            // Taken care of: what lies here belongs here.
            let from = std::mem::replace(from, at);
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_sort_of_the_standard_library(
            items in proptest::collection::vec((0_u8..8, any::<u16>()), 0..200),
        ) {
            let mut ours = items.clone();
            let mut theirs = items;
            super::by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            super::by(&mut ours, |a, b| b.cmp(a));
            theirs.sort_by(|a, b| b.cmp(a));
            prop_assert_eq!(ours, theirs);
        }
    }
}
