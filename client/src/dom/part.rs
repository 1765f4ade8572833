//! A part of the page that changes what it shows.

use std::fmt;

use leptos::prelude::{Owner, component, document, untrack};
use wasm_bindgen::JsCast as _;
use web_sys::{Node, Text};

use super::element::append;
use super::follow::follow;
use super::view::{ChildrenFn, IntoView, View};
use crate::signal::Memo;

/// Two marks with what is shown between them. What is shown has an owner of its own.
pub struct Part {
    start: Node,
    end: Node,
    owner: Owner,
    text: Option<Text>,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Part")
    }
}

/// A mark on the page that nobody sees.
pub(super) fn mark() -> Node {
    document().create_comment("").unchecked_into()
}

/// Takes everything off the page that stands behind one node and before another.
pub(super) fn clear(start: &Node, end: &Node) {
    let Some(parent) = end.parent_node() else {
        return;
    };
    while let Some(next) = start.next_sibling().filter(|next| next != end) {
        // Fails only if something else on the page has torn the two marks apart.
        if parent.remove_child(&next).is_err() {
            return;
        }
    }
}

/// Puts a view before a node.
pub(super) fn put(view: View, end: &Node) {
    if let Some(parent) = end.parent_node() {
        // The end is a child of its parent.
        let _ = parent.insert_before(&view.into_node(), Some(end));
    }
}

impl Part {
    /// A part that shows nothing and is not yet on the page.
    pub(super) fn new(owner: Owner) -> Self {
        let (start, end) = (mark(), mark());
        let all: Node = document().create_document_fragment().unchecked_into();
        append(&all, View::of(start.clone()));
        append(&all, View::of(end.clone()));
        Self {
            start,
            end,
            owner,
            text: None,
        }
    }

    /// Moves all of it before a node, unless it stands there; returns where it begins.
    pub(super) fn stand_before(&self, next: &Node) -> Node {
        let parent = next.parent_node();
        let parent = parent.filter(|_| self.end.next_sibling().as_ref() != Some(next));
        let mut node = parent.as_ref().map(|_| self.start.clone());
        while let (Some(parent), Some(moved)) = (&parent, node) {
            node = moved.next_sibling().filter(|_| moved != self.end);
            // The next one is a child of its parent.
            let _ = parent.insert_before(&moved, Some(next));
        }
        self.start.clone()
    }

    /// Takes all of it off the page.
    pub(super) fn remove(self) {
        self.owner.cleanup();
        clear(&self.start, &self.end);
        for mark in [&self.start, &self.end] {
            if let Some(parent) = mark.parent_node() {
                // It is a child of its parent.
                let _ = parent.remove_child(mark);
            }
        }
    }

    /// Shows something else.
    pub fn renew(&mut self, make: &mut dyn FnMut() -> View) {
        // Whoever cleans up may still look at the page as it was.
        self.owner.cleanup();
        clear(&self.start, &self.end);
        self.text = None;
        let view = self.owner.with(make);
        put(view, &self.end);
    }

    /// Shows a text; one that was there is only rewritten.
    pub fn write(&mut self, words: &str) {
        let text = self.text.get_or_insert_with(|| {
            let text = document().create_text_node("");
            put(View::of(text.clone().unchecked_into()), &self.end);
            text
        });
        if text.data() != words {
            text.set_data(words);
        }
    }
}

/// A part that is filled now and whenever a signal changes that `fill` read.
pub(super) fn follow_part(mut fill: Box<dyn FnMut(&mut Part)>) -> View {
    let mut part = Part::new(Owner::new());
    // The fragment that the marks stand in until they are on the page.
    let all = part.start.parent_node();
    follow(Box::new(move || fill(&mut part)));
    all.map_or_else(|| ().into_view(), View::of)
}

/// Shows its children while something is so.
#[component]
pub fn Show(
    /// Whether they are shown.
    when: impl Fn() -> bool + 'static,
    /// What is shown otherwise.
    #[prop(optional, into)]
    fallback: Option<Fallback>,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    show(Box::new(when), fallback, children)
}

/// What is shown instead of something.
pub struct Fallback(Box<dyn Fn() -> View>);

impl<F: Fn() -> V + 'static, V: IntoView> From<F> for Fallback {
    fn from(make: F) -> Self {
        Self(Box::new(move || make().into_view()))
    }
}

impl fmt::Debug for Fallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fallback")
    }
}

fn show(when: Box<dyn Fn() -> bool>, fallback: Option<Fallback>, children: ChildrenFn) -> View {
    let when = Memo::new(when);
    follow_part(Box::new(move |part| {
        let is_shown = when.get();
        part.renew(&mut || {
            untrack(|| match (is_shown, &fallback) {
                (true, _) => children(),
                (false, Some(fallback)) => fallback.0(),
                (false, None) => ().into_view(),
            })
        });
    }))
}
