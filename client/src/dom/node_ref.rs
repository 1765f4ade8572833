//! A name for an element that will be on the page.

use std::fmt;
use std::marker::PhantomData;

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::signal::RwSignal;

/// An element, as soon as it is made: `node_ref=name` in its tag.
pub struct NodeRef<T> {
    element: RwSignal<Option<Element>>,
    kind: PhantomData<fn() -> T>,
}

impl<T: JsCast> NodeRef<T> {
    /// A name for nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            element: RwSignal::new(None),
            kind: PhantomData,
        }
    }

    /// The element; whoever follows signals hears when it is made.
    #[must_use]
    pub fn get(self) -> Option<T> {
        cast(self.element.get())
    }

    /// The element, without following it.
    #[must_use]
    pub fn get_untracked(self) -> Option<T> {
        cast(self.element.try_get_untracked().flatten())
    }

    pub(super) fn name(self, element: &Element) {
        self.element.set(Some(element.clone()));
    }
}

fn cast<T: JsCast>(element: Option<Element>) -> Option<T> {
    element.map(|element| element.unchecked_into())
}

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NodeRef<T> {}

impl<T: JsCast> Default for NodeRef<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for NodeRef<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NodeRef")
    }
}
