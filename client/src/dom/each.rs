//! A row of things that come and go.

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::{Owner, component, document, untrack};
use wasm_bindgen::JsCast as _;
use web_sys::Node;

use super::element::append;
use super::follow::follow;
use super::part::{Part, mark};
use super::view::{IntoView, View};

/// Shows each of some things. One that has been there stays as it is, and is moved if its
/// place has changed.
#[component]
pub fn For<T, K, I>(
    /// The things in their order.
    each: impl Fn() -> I + 'static,
    /// What tells them apart; of two that are alike, only the first is shown.
    key: impl Fn(&T) -> K + 'static,
    /// How one is shown.
    children: impl Fn(T) -> View + 'static,
) -> impl IntoView
where
    T: 'static,
    K: PartialEq + 'static,
    I: IntoIterator<Item = T> + 'static,
{
    let children: Rc<dyn Fn(T) -> View> = Rc::new(children);
    let item = move |thing: T| Item {
        key: Box::new(key(&thing)),
        make: {
            let children = Rc::clone(&children);
            Box::new(move || children(thing))
        },
    };
    let each = move || each().into_iter().map(&item).collect();
    rows(Box::new(each), are_alike::<K>)
}

/// A thing, whatever it is.
struct Item {
    key: Box<dyn Any>,
    make: Box<dyn FnOnce() -> View>,
}

/// Whether two keys are the same.
type Alike = fn(&dyn Any, &dyn Any) -> bool;

fn are_alike<K: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    one.downcast_ref::<K>() == other.downcast_ref::<K>()
}

/// A thing that is shown.
struct Row {
    key: Box<dyn Any>,
    part: Part,
}

fn rows(each: Box<dyn Fn() -> Vec<Item>>, alike: Alike) -> View {
    let all: Node = document().create_document_fragment().unchecked_into();
    let end = mark();
    append(&all, View::of(end.clone()));
    let outer = Owner::new();
    let mut rows: Vec<Row> = Vec::new();
    follow(Box::new(move || {
        let mut before: Vec<_> = rows.drain(..).map(Some).collect();
        let mut next = 0;
        for Item { key, make } in each() {
            if let Some(at) = find(&before, next, &*key, alike) {
                rows.extend(before.get_mut(at).and_then(Option::take));
                next = at + 1;
            } else if !rows.iter().any(|row| alike(&*row.key, &*key)) {
                let part = made(&outer, make);
                rows.push(Row { key, part });
            }
        }
        for gone in before.into_iter().flatten() {
            gone.part.remove();
        }
        let mut next = end.clone();
        for row in rows.iter().rev() {
            next = row.part.stand_before(&next);
        }
    }));
    View::of(all)
}

/// Where a thing stood before, if it is not taken yet. Most stand behind the one that was
/// found last.
fn find(before: &[Option<Row>], next: usize, key: &dyn Any, alike: Alike) -> Option<usize> {
    let is_it = |at: &usize| {
        let row = before.get(*at).and_then(Option::as_ref);
        row.is_some_and(|row| alike(&*row.key, key))
    };
    (next..before.len()).chain(0..next).find(is_it)
}

fn made(outer: &Owner, make: Box<dyn FnOnce() -> View>) -> Part {
    let mut part = Part::new(outer.with(Owner::new));
    let mut make = Some(make);
    part.renew(&mut || untrack(|| make.take().map(|make| make()).into_view()));
    part
}
