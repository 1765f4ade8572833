//! What all values have in common, whatever is in them.

use std::any::Any;
use std::cell::{Ref, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use leptos::prelude::{ArcMemo, ArcTrigger, Notify as _, Track as _, untrack};
use leptos::reactive::graph::ReactiveNode as _;
use leptos::reactive::owner::{ArenaItem, LocalStorage};

/// Where a value lies; `None` only before a memo is worked out for the first time.
pub(super) type Cell<T> = RefCell<Option<T>>;

/// Gives a value whenever it is asked for.
pub(super) type Derive<T> = Box<dyn Fn() -> T>;

/// Something that is followed, or only kept. The types behind `dyn Any` are known to those
/// who hold the handle.
#[derive(Clone)]
pub(super) enum Slot {
    /// A [`Cell`], and what tells that it was changed.
    Value(ArcTrigger, Rc<dyn Any>),
    /// A [`Cell`] that is worked out.
    Memo(ArcMemo<()>, Rc<dyn Any>),
    /// A [`Derive`].
    Derived(Rc<dyn Any>),
    /// Anything that nobody follows.
    Kept(Rc<dyn Any>),
}

/// A name for a slot, which goes with the owner under which it was made.
#[derive(Clone, Copy)]
pub(super) struct Handle(ArenaItem<Slot, LocalStorage>);

impl Handle {
    pub(super) fn new(slot: Slot) -> Self {
        Self(ArenaItem::new_local(slot))
    }

    /// What is there; `None` after its owner went.
    pub(super) fn get(self) -> Option<Slot> {
        self.0.try_get_value()
    }

    /// What is there, brought up to date; whoever is running follows it.
    pub(super) fn followed(self) -> Slot {
        let slot = self.get().unwrap_or_else(|| gone());
        match &slot {
            Slot::Value(changed, _) => changed.track(),
            Slot::Memo(memo, _) => {
                memo.track();
                memo.update_if_necessary();
            }
            Slot::Derived(_) | Slot::Kept(_) => {}
        }
        slot
    }

    /// What is there, brought up to date.
    pub(super) fn unfollowed(self) -> Slot {
        let slot = self.get().unwrap_or_else(|| gone());
        if let Slot::Memo(memo, _) = &slot {
            memo.update_if_necessary();
        }
        slot
    }

    /// Has everybody run anew who followed it.
    pub(super) fn notify(self) {
        if let Some(Slot::Value(changed, _)) = self.get() {
            changed.notify();
        }
    }
}

/// Says that there is nothing to read any more, which is a fault of the program.
pub(super) fn gone() -> ! {
    wasm_bindgen::throw_str("a signal was read after its owner had gone")
}

/// A value that is looked at.
pub(super) enum Seen<'slot, T> {
    Lent(Ref<'slot, Option<T>>),
    Made(T),
}

impl<'slot, T: 'static> Seen<'slot, T> {
    pub(super) fn of(slot: &'slot Slot) -> Self {
        match slot {
            Slot::Value(_, cell) | Slot::Memo(_, cell) => {
                Self::Lent(known::<Cell<T>>(cell).borrow())
            }
            Slot::Derived(derive) => Self::Made(known::<Derive<T>>(derive)()),
            Slot::Kept(_) => gone(),
        }
    }

    /// The same, and what has to be asked for the value is not followed either.
    pub(super) fn unfollowed(slot: &'slot Slot) -> Self {
        untrack(|| Self::of(slot))
    }
}

impl<T> Deref for Seen<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Lent(cell) => cell.as_ref().unwrap_or_else(|| gone()),
            Self::Made(value) => value,
        }
    }
}

/// What is known to be of this type.
pub(super) fn known<T: 'static>(any: &Rc<dyn Any>) -> &T {
    any.downcast_ref().unwrap_or_else(|| gone())
}
