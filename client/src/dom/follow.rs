//! Doing something anew whenever a signal changes.

use leptos::prelude::{RenderEffect, on_cleanup};
use send_wrapper::SendWrapper;

/// Runs something now and whenever a signal changes that it read, until the owner goes.
pub(super) fn follow(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    keep(Box::new(effect));
}

/// Keeps something until the owner goes.
pub(super) fn keep(kept: Box<dyn std::any::Any>) {
    let kept = SendWrapper::new(kept);
    on_cleanup(move || drop(kept));
}
