//! A value that the session sets and components read.

use std::ops::Deref;

use leptos::prelude::{ReadSignal, Set as _, Signal, WithUntracked as _, WriteSignal, signal};

/// A signal that only the session can set. It reads like a [`ReadSignal`].
#[derive(Debug)]
pub(crate) struct Published<T: 'static> {
    read: ReadSignal<T>,
    write: WriteSignal<T>,
}

impl<T> Clone for Published<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Published<T> {}

impl<T: Send + Sync + 'static> Published<T> {
    pub(super) fn new(value: T) -> Self {
        let (read, write) = signal(value);
        Self { read, write }
    }
}

impl<T: PartialEq + Send + Sync + 'static> Published<T> {
    /// Whether this is the value.
    pub(super) fn is(self, value: &T) -> bool {
        self.read.try_with_untracked(|now| now == value) == Some(true)
    }

    /// Sets the value if it differs, so that nothing is rendered in vain. After the page has
    /// gone this does nothing: the answer to a request can come that late.
    pub(super) fn publish(self, value: T) {
        if self.read.try_with_untracked(|old| *old != value) == Some(true) {
            self.write.set(value);
        }
    }
}

impl<T> Deref for Published<T> {
    type Target = ReadSignal<T>;

    fn deref(&self) -> &ReadSignal<T> {
        &self.read
    }
}

impl<T: Send + Sync + 'static> From<Published<T>> for Signal<T> {
    fn from(published: Published<T>) -> Self {
        published.read.into()
    }
}
