//! A row of things that come and go.

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
    let all: Node = document().create_document_fragment().unchecked_into();
    let end = mark();
    append(&all, View::of(end.clone()));
    let outer = Owner::new();
    let mut rows: Vec<(K, Part)> = Vec::new();
    follow(Box::new(move || {
        let mut before = std::mem::take(&mut rows);
        for thing in each() {
            let key = key(&thing);
            let is_known = |(known, _): &(K, Part)| *known == key;
            if rows.iter().any(is_known) {
                continue;
            }
            let known = before.iter().position(is_known);
            let row = known.map(|at| before.remove(at)).unwrap_or_else(|| {
                let mut part = Part::new(outer.with(Owner::new));
                let mut thing = Some(thing);
                part.renew(&mut || untrack(|| thing.take().map(&children).into_view()));
                (key, part)
            });
            rows.push(row);
        }
        for (_, gone) in before {
            gone.remove();
        }
        let mut next = end.clone();
        for (_, part) in rows.iter().rev() {
            next = part.stand_before(&next);
        }
    }));
    View::of(all)
}
