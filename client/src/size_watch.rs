//! Follows the size of an element on the page.
//!
//! `leptos-use` has a hook for this, which would bring nine crates for this one use.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlElement, ResizeObserver};

/// Watches until it is dropped.
pub(crate) struct SizeWatch {
    observer: Option<ResizeObserver>,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl SizeWatch {
    /// Tells the size of an element now and whenever it changes, in CSS pixels.
    pub(crate) fn new(element: &HtmlElement, tell: impl Fn(f64, f64) + 'static) -> Self {
        let watched = element.clone();
        let tell_size = move || {
            tell(
                f64::from(watched.client_width()),
                f64::from(watched.client_height()),
            );
        };
        tell_size();
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |_| tell_size());
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self {
            observer,
            _callback: callback,
        }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
