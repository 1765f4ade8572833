//! One element, and what is put on it.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::ev::EventDescriptor;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Event, Node};

use super::follow::keep;
use super::node_ref::NodeRef;
use super::value::{Property, Slot, Value};
use super::view::{IntoView, View};

/// Where elements of SVG come from.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element of the page. The macro `view!` makes it.
#[derive(Clone, Debug)]
pub struct Element(web_sys::Element);

impl Element {
    /// An element of HTML: its tag, and on a line each the attributes that stay as they
    /// are, such as `class=island`. One text is less code than a list of pairs.
    #[must_use]
    pub fn html(known: &str) -> Self {
        Self::dressed(known, |tag| document().create_element(tag))
    }

    /// An element of SVG.
    #[must_use]
    pub fn svg(known: &str) -> Self {
        Self::dressed(known, |tag| document().create_element_ns(Some(SVG), tag))
    }

    fn dressed(
        known: &str,
        make: fn(&str) -> Result<web_sys::Element, wasm_bindgen::JsValue>,
    ) -> Self {
        let mut lines = known.split('\n');
        let made = make(lines.next().unwrap_or_default());
        // Fails for names that no element can have, and ours are all right.
        let element = made.unwrap_or_else(|error| wasm_bindgen::throw_val(error));
        for (name, value) in lines.filter_map(|line| line.split_once('=')) {
            let _ = element.set_attribute(name, value);
        }
        Self(element)
    }

    /// Sets an attribute, now and whenever its value changes.
    pub fn attribute(&self, name: &'static str, value: impl Value) {
        value.set_on(&self.0, Slot::Attribute(name));
    }

    /// Sets a property of the style, now and whenever its value changes.
    pub fn style(&self, name: &'static str, value: impl Value) {
        value.set_on(&self.0, Slot::Style(name));
    }

    /// Sets a property, now and whenever its value changes.
    pub fn property(&self, name: &'static str, value: impl Property) {
        value.set_on(&self.0, name);
    }

    /// Lets others find the element by this name.
    pub fn known_as<T: JsCast>(&self, name: NodeRef<T>) {
        name.name(&self.0);
    }

    /// Runs something at each event of a kind.
    pub fn on<E: EventDescriptor<EventType: JsCast>>(
        &self,
        event: &E,
        mut run: impl FnMut(E::EventType) + 'static,
    ) {
        let run = move |event: Event| run(event.unchecked_into());
        self.listen(&event.name(), Box::new(run));
    }

    fn listen(&self, name: &str, mut run: Box<dyn FnMut(Event)>) {
        let options = EventListenerOptions::enable_prevent_default();
        let name = name.to_owned();
        let run = move |event: &Event| run(event.clone());
        let listener = EventListener::new_with_options(&self.0, name, options, run);
        keep(Box::new(listener));
    }

    /// Puts something into the element, behind what is in it.
    pub fn child(&self, child: impl IntoView) {
        append(&self.0, child.into_view());
    }
}

pub(super) fn append(parent: &Node, child: View) {
    // Fails only for what holds its own parent.
    let _ = parent.append_child(&child.into_node());
}

impl IntoView for Element {
    fn into_view(self) -> View {
        View::of(self.0.unchecked_into())
    }
}
