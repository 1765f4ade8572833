//! A value that goes with its owner and that nobody follows.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use super::handle::{Handle, Slot, gone, known};

/// A value that closures share by copying its name.
pub struct StoredValue<T> {
    handle: Handle,
    kind: PhantomData<fn() -> T>,
}

impl<T: 'static> StoredValue<T> {
    /// Keeps a value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self {
            handle: Handle::new(Slot::Kept(Rc::new(RefCell::new(value)))),
            kind: PhantomData,
        }
    }

    /// Looks at the value.
    pub fn with_value<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        let kept = self.kept();
        let value = known::<RefCell<T>>(&kept).borrow();
        look(&value)
    }

    /// Keeps another value. Nothing happens after the owner went.
    pub fn set_value(&self, value: T) {
        if let Some(Slot::Kept(kept)) = self.handle.get() {
            known::<RefCell<T>>(&kept).replace(value);
        }
    }

    fn kept(&self) -> Rc<dyn std::any::Any> {
        match self.handle.get() {
            Some(Slot::Kept(kept)) => kept,
            Some(Slot::Value(..) | Slot::Memo(..) | Slot::Derived(_)) | None => gone(),
        }
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// The value.
    #[must_use]
    pub fn get_value(&self) -> T {
        self.with_value(T::clone)
    }
}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T> fmt::Debug for StoredValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredValue")
    }
}
