//! A value that is worked out of others.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::ArcMemo;
use send_wrapper::SendWrapper;

use super::handle::{Cell, Handle, Slot};

/// A value that is worked out anew when one changed that it read, and only then. Who reads
/// it hears of it when it is another one than before.
pub struct Memo<T> {
    pub(super) handle: Handle,
    pub(super) kind: PhantomData<fn() -> T>,
}

impl<T: PartialEq + 'static> Memo<T> {
    /// A value that is worked out like this, as soon as somebody reads it.
    #[must_use]
    pub fn new(compute: impl Fn() -> T + 'static) -> Self {
        let cell: Rc<Cell<T>> = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&cell);
        let renew = move || {
            let value = Some(compute());
            let is_new = *kept.borrow() != value;
            if is_new {
                kept.replace(value);
            }
            is_new
        };
        Self::of(Handle::new(Slot::Memo(watch(Box::new(renew)), cell)))
    }
}

/// Takes part in the graph for something that says whether it has become another.
fn watch(renew: Box<dyn Fn() -> bool>) -> ArcMemo<()> {
    let renew = SendWrapper::new(renew);
    ArcMemo::new_owning(move |_| ((), renew()))
}
