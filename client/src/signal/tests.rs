//! What can be seen of signals without a page: who is run anew, and what is left in the end.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::Owner;

use super::{Callback, Memo, RwSignal, Signal, StoredValue};

/// A memo, and how often it was worked out.
fn counted<T: PartialEq + 'static>(compute: impl Fn() -> T + 'static) -> (Memo<T>, Rc<Cell<u32>>) {
    let runs = Rc::new(Cell::new(0));
    let count = Rc::clone(&runs);
    let memo = Memo::new(move || {
        count.set(count.get() + 1);
        compute()
    });
    (memo, runs)
}

#[test]
fn a_memo_is_worked_out_again_when_what_it_read_became_another() {
    Owner::new().with(|| {
        let number = RwSignal::new(1);
        let (is_even, runs) = counted(move || number.get() % 2 == 0);
        let (words, told) = counted(move || if is_even.get() { "even" } else { "odd" });
        assert_eq!((words.get(), runs.get(), told.get()), ("odd", 1, 1));
        number.set(3);
        assert_eq!((words.get(), runs.get(), told.get()), ("odd", 2, 1));
        number.update(|number| *number += 1);
        assert_eq!((words.get(), runs.get(), told.get()), ("even", 3, 2));
    });
}

#[test]
fn what_is_read_without_following_is_not_followed() {
    Owner::new().with(|| {
        let number = RwSignal::new(1);
        let doubled = Signal::derive(move || number.get() * 2);
        let (memo, runs) =
            counted(move || doubled.get_untracked() + number.with_untracked(|it| *it));
        assert_eq!((memo.get(), runs.get()), (3, 1));
        number.set(5);
        assert_eq!((memo.get(), runs.get()), (3, 1));
        assert_eq!(doubled.get(), 10);
    });
}

#[test]
fn a_signal_is_whatever_it_was_made_of() {
    Owner::new().with(|| {
        let number = RwSignal::new(1);
        let all: [Signal<i32>; 4] = [
            number.into(),
            Memo::new(move || number.get()).into(),
            Signal::derive(move || number.get()),
            7.into(),
        ];
        number.set(2);
        assert_eq!(all.map(|signal| signal.get()), [2, 2, 2, 7]);
        let add = Callback::new(move |more: i32| number.get_untracked() + more);
        assert_eq!(add.run(3), 5);
    });
}

#[test]
fn a_signal_that_is_set_after_its_owner_went_is_let_be() {
    let owner = Owner::new();
    let (number, kept) = owner.with(|| (RwSignal::new(1), StoredValue::new(1)));
    assert_eq!((number.try_get_untracked(), kept.get_value()), (Some(1), 1));
    owner.cleanup();
    number.set(2);
    number.update(|number| *number += 1);
    number.track();
    kept.set_value(2);
    assert_eq!(number.try_get_untracked(), None);
}
