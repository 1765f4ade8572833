//! What an attribute, a property or a style may be set to.

use std::borrow::Cow;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement};

use super::follow::follow;
use crate::signal::{Memo, RwSignal, Signal};

/// What an attribute is set to; `None` where it is left out.
pub type Words = Option<Cow<'static, str>>;

/// Something that is words, or that there is nothing.
pub trait IntoWords {
    /// The words; `None` leaves the attribute out.
    fn into_words(self) -> Words;
}

impl IntoWords for &'static str {
    fn into_words(self) -> Words {
        Some(Cow::Borrowed(self))
    }
}

impl IntoWords for String {
    fn into_words(self) -> Words {
        Some(Cow::Owned(self))
    }
}

/// An attribute that is there or not.
impl IntoWords for bool {
    fn into_words(self) -> Words {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: IntoWords> IntoWords for Option<T> {
    fn into_words(self) -> Words {
        self.and_then(IntoWords::into_words)
    }
}

/// What is set on an element.
#[derive(Clone, Copy, Debug)]
pub enum Slot {
    /// An attribute.
    Attribute(&'static str),
    /// A property of the style.
    Style(&'static str),
}

/// Sets it; nothing takes it away.
pub(super) fn set(element: &Element, slot: Slot, words: &Words) {
    // Fails for names that no attribute can have, and ours are all right.
    let _ = match (slot, words) {
        (Slot::Attribute(name), Some(words)) => element.set_attribute(name, words),
        (Slot::Attribute(name), None) => element.remove_attribute(name),
        (Slot::Style(name), words) => {
            let style = element.unchecked_ref::<HtmlElement>().style();
            style.set_property(name, words.as_deref().unwrap_or_default())
        }
    };
}

/// Something that an attribute or style can be set to: words, or a closure or signal
/// that gives them and is followed.
pub trait Value {
    /// Sets it on an element, now and whenever it changes.
    fn set_on(self, element: &Element, slot: Slot);
}

fn set_anew(element: &Element, slot: Slot, mut words: Box<dyn FnMut() -> Words>) {
    let element = element.clone();
    let mut shown: Option<Words> = None;
    follow(Box::new(move || {
        let words = words();
        if shown.as_ref() != Some(&words) {
            set(&element, slot, &words);
            shown = Some(words);
        }
    }));
}

impl<F, T> Value for F
where
    F: FnMut() -> T + 'static,
    T: IntoWords,
{
    fn set_on(mut self, element: &Element, slot: Slot) {
        set_anew(element, slot, Box::new(move || self().into_words()));
    }
}

macro_rules! fixed {
    ($($kind:ty),*) => {
        $(impl Value for $kind {
            fn set_on(self, element: &Element, slot: Slot) {
                set(element, slot, &self.into_words());
            }
        })*
    };
}

fixed!(
    &'static str,
    String,
    bool,
    Option<&'static str>,
    Option<String>
);

macro_rules! followed {
    ($($signal:ident),*) => {
        $(impl<T: IntoWords + Clone + 'static> Value for $signal<T> {
            fn set_on(self, element: &Element, slot: Slot) {
                set_anew(element, slot, Box::new(move || self.get().into_words()));
            }
        })*
    };
}

followed!(Signal, RwSignal, Memo);

/// Something that a property of an element can be set to.
pub trait Property {
    /// Sets it on an element, now and whenever it changes.
    fn set_on(self, element: &Element, name: &'static str);
}

impl<F, T> Property for F
where
    F: FnMut() -> T + 'static,
    T: Into<JsValue>,
{
    fn set_on(mut self, element: &Element, name: &'static str) {
        set_property(element, name, Box::new(move || self().into()));
    }
}

fn set_property(element: &Element, name: &'static str, mut value: Box<dyn FnMut() -> JsValue>) {
    let element = element.clone();
    // Elements of a page let their properties be set.
    let set = move || drop(js_sys::Reflect::set(&element, &name.into(), &value()));
    follow(Box::new(set));
}
