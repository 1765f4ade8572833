//! What can be read, wherever it comes from.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use super::handle::{Derive, Handle, Seen, Slot};
use super::{Memo, RwSignal};

/// A value that changes, for those who only read it.
pub struct Signal<T> {
    handle: Handle,
    kind: PhantomData<fn() -> T>,
}

impl<T: 'static> Signal<T> {
    /// A value that is worked out whenever it is read.
    #[must_use]
    pub fn derive(derive: impl Fn() -> T + 'static) -> Self {
        let derive: Derive<T> = Box::new(derive);
        Self::of(Handle::new(Slot::Derived(Rc::new(derive))))
    }

    /// A value that stays as it is.
    #[must_use]
    pub fn stored(value: T) -> Self {
        RwSignal::new(value).into()
    }
}

impl<T: 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(value: RwSignal<T>) -> Self {
        Self::of(value.handle)
    }
}

impl<T: 'static> From<Memo<T>> for Signal<T> {
    fn from(value: Memo<T>) -> Self {
        Self::of(value.handle)
    }
}

macro_rules! readable {
    ($($signal:ident),*) => {
        $(
            impl<T: 'static> $signal<T> {
                pub(super) const fn of(handle: Handle) -> Self {
                    Self {
                        handle,
                        kind: PhantomData,
                    }
                }

                /// Looks at the value and follows it.
                pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
                    look(&Seen::of(&self.handle.followed()))
                }

                /// Looks at the value as it is now.
                pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
                    look(&Seen::unfollowed(&self.handle.unfollowed()))
                }

                /// Follows the value without looking at it. Nothing happens after the owner went.
                pub fn track(&self) {
                    if self.handle.get().is_none() {
                        return;
                    }
                    let slot = self.handle.followed();
                    if let Slot::Derived(_) = slot {
                        drop(Seen::<T>::of(&slot));
                    }
                }

                /// The value, which is followed.
                #[must_use]
                pub fn get(&self) -> T
                where
                    T: Clone,
                {
                    T::clone(&Seen::of(&self.handle.followed()))
                }

                /// The value as it is now.
                #[must_use]
                pub fn get_untracked(&self) -> T
                where
                    T: Clone,
                {
                    T::clone(&Seen::unfollowed(&self.handle.unfollowed()))
                }
            }

            impl<T> Clone for $signal<T> {
                fn clone(&self) -> Self {
                    *self
                }
            }

            impl<T> Copy for $signal<T> {}

            impl<T> fmt::Debug for $signal<T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(stringify!($signal))
                }
            }
        )*
    };
}

readable!(Signal, RwSignal, Memo);
