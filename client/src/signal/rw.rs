//! A value that is read and written.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::ArcTrigger;

use super::handle::{Cell, Handle, Seen, Slot, known};

/// A value that can be changed; whoever read it is run anew then.
pub struct RwSignal<T> {
    pub(super) handle: Handle,
    pub(super) kind: PhantomData<fn() -> T>,
}

impl<T: 'static> RwSignal<T> {
    /// A value to begin with.
    #[must_use]
    pub fn new(value: T) -> Self {
        let cell: Cell<T> = RefCell::new(Some(value));
        Self::of(Handle::new(Slot::Value(ArcTrigger::new(), Rc::new(cell))))
    }

    /// Puts another value there. Nothing happens after the owner went.
    pub fn set(&self, value: T) {
        self.change(|cell| *cell = Some(value));
    }

    /// Changes the value. Nothing happens after the owner went.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.change(|cell| {
            cell.as_mut().map(change);
        });
    }

    /// Has everybody run anew who read it, as if it had changed.
    pub fn notify(&self) {
        self.handle.notify();
    }

    fn change(&self, change: impl FnOnce(&mut Option<T>)) {
        if let Some(Slot::Value(_, cell)) = self.handle.get() {
            change(&mut known::<Cell<T>>(&cell).borrow_mut());
            self.notify();
        }
    }

    /// The value as it is now; `None` after the owner went.
    #[must_use]
    pub fn try_get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        let slot = self.handle.get()?;
        Some(T::clone(&Seen::of(&slot)))
    }
}
