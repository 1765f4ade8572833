//! The maps and sets of the standard library say what ours must do.

use super::{SortedMap, SortedSet};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Step {
    Insert(u16, u8),
    Remove(u16),
    PutNew(u16, u8),
    Change(u16, u8),
    PopFirst,
    PopLast,
    Retain(u16),
}

fn step() -> impl Strategy<Value = Step> {
    // Few keys meet often, many fill several lists.
    let key = prop_oneof![0_u16..30, 0_u16..2000];
    prop_oneof![
        8 => (key.clone(), any::<u8>()).prop_map(|(key, value)| Step::Insert(key, value)),
        3 => key.clone().prop_map(Step::Remove),
        2 => (key.clone(), any::<u8>()).prop_map(|(key, value)| Step::PutNew(key, value)),
        2 => (key, any::<u8>()).prop_map(|(key, value)| Step::Change(key, value)),
        1 => Just(Step::PopFirst),
        1 => Just(Step::PopLast),
        1 => (2_u16..20).prop_map(Step::Retain),
    ]
}

fn take(step: &Step, ours: &mut SortedMap<u16, u8>, theirs: &mut BTreeMap<u16, u8>) {
    match *step {
        Step::Insert(key, value) => assert_eq!(ours.insert(key, value), theirs.insert(key, value)),
        Step::Remove(key) => assert_eq!(ours.remove(&key), theirs.remove(&key)),
        Step::PutNew(key, value) => {
            ours.put_new(key, || value);
            theirs.entry(key).or_insert(value);
        }
        Step::Change(key, value) => {
            let add = |old: &mut u8| {
                *old = old.wrapping_add(value);
                *old
            };
            let expected = add(theirs.entry(key).or_insert(7));
            assert_eq!(ours.change(key, || 7, add), expected);
        }
        Step::PopFirst => assert_eq!(ours.pop_first(), theirs.pop_first()),
        Step::PopLast => assert_eq!(ours.pop_last(), theirs.pop_last()),
        Step::Retain(by) => {
            ours.retain(|key, _| key % by != 0);
            theirs.retain(|key, _| key % by != 0);
        }
    }
}

proptest! {
    #[test]
    fn a_map_does_what_that_of_the_standard_library_does(
        start in 0_u16..1500,
        steps in proptest::collection::vec(step(), 0..300),
    ) {
        let mut ours: SortedMap<u16, u8> = (0..start).map(|key| (key, 1)).collect();
        let mut theirs: BTreeMap<u16, u8> = (0..start).map(|key| (key, 1)).collect();
        for step in &steps {
            take(step, &mut ours, &mut theirs);
            prop_assert_eq!(ours.len(), theirs.len());
            prop_assert_eq!(ours.is_empty(), theirs.is_empty());
        }
        prop_assert!(ours.iter().eq(theirs.iter()));
        prop_assert!(ours.keys().rev().eq(theirs.keys().rev()));
        prop_assert!(ours.values().eq(theirs.values()));
        prop_assert_eq!(ours.first().map(|(key, _)| key), theirs.keys().next());
        prop_assert_eq!(ours.last().map(|(key, _)| key), theirs.keys().last());
        for key in 0..2000 {
            prop_assert_eq!(ours.get(&key), theirs.get(&key));
        }
        let again: SortedMap<u16, u8> = theirs.iter().rev().map(|(key, it)| (*key, *it)).collect();
        prop_assert_eq!(&again, &ours, "equal, however it was made");
        prop_assert!(ours.into_iter().eq(theirs));
    }

    #[test]
    fn a_set_does_what_that_of_the_standard_library_does(
        a in proptest::collection::vec(0_u8..40, 0..80),
        b in proptest::collection::vec(0_u8..40, 0..80),
    ) {
        let ours = [&a, &b].map(|all| all.iter().copied().collect::<SortedSet<u8>>());
        let theirs = [&a, &b].map(|all| all.iter().copied().collect::<BTreeSet<u8>>());
        let ([a, b], [c, d]) = (&ours, &theirs);
        prop_assert!(a.iter().eq(c));
        prop_assert!(a.difference(b).eq(c.difference(d)));
        prop_assert_eq!(a.is_subset(b), c.is_subset(d));
        let of = |items: Vec<&u8>| items.into_iter().copied().collect::<BTreeSet<u8>>();
        prop_assert_eq!(of(a.union(b).collect()), of(c.union(d).collect()));
        let both = (a.symmetric_difference(b).collect(), c.symmetric_difference(d).collect());
        prop_assert_eq!(of(both.0), of(both.1));
    }

    #[test]
    fn a_map_is_stored_as_that_of_the_standard_library(
        theirs in proptest::collection::btree_map(any::<u16>(), any::<u32>(), 0..200),
    ) {
        let ours: SortedMap<u16, u32> = theirs.clone().into_iter().collect();
        let bytes = crate::protocol::encode(&ours).unwrap();
        prop_assert_eq!(&bytes, &crate::protocol::encode(&theirs).unwrap());
        let back: SortedMap<u16, u32> = crate::protocol::decode(&bytes, usize::MAX).unwrap();
        prop_assert_eq!(back, ours);
    }
}

#[test]
fn what_comes_in_order_fills_its_lists() {
    let map: SortedMap<u32, ()> = (0..640).map(|key| (key, ())).collect();
    assert!(map.lists.len() <= 11, "{}", map.lists.len());
}
