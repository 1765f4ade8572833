//! The notice while many elements come to the board.

use leptos::prelude::{GetValue as _, SetValue as _, StoredValue, UpdateValue as _};

use super::toasts::ToastList;

/// What happens when all elements are on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) enum Afterwards {
    /// The view stays.
    Stay,
    /// The view shows all of the board.
    ZoomToFit,
}

/// The notice, while it is shown.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct Putting {
    /// Its id.
    notice: StoredValue<Option<u64>>,
    afterwards: StoredValue<Afterwards>,
}

impl Putting {
    pub(super) fn new() -> Self {
        Self {
            notice: StoredValue::new(None),
            afterwards: StoredValue::new(Afterwards::Stay),
        }
    }

    /// Shows the notice. Its button stops the work.
    pub(in crate::page) fn begin(
        self,
        words: &str,
        toasts: ToastList,
        stop: impl FnOnce() + 'static,
    ) {
        self.notice.set_value(toasts.show_progress(words, stop));
    }

    /// Lets the view show all of the board when the work ends. Returns false if there is none.
    pub(in crate::page) fn zoom_to_fit_afterwards(self) -> bool {
        let is_going_on = self.notice.get_value().is_some();
        if is_going_on {
            self.afterwards.set_value(Afterwards::ZoomToFit);
        }
        is_going_on
    }

    /// Removes the notice, and says what happens now.
    pub(in crate::page) fn end(self, toasts: ToastList) -> Afterwards {
        if let Some(id) = self.notice.try_update_value(Option::take).flatten() {
            toasts.dismiss(id);
        }
        let then = self
            .afterwards
            .try_update_value(|then| std::mem::replace(then, Afterwards::Stay));
        then.unwrap_or(Afterwards::Stay)
    }
}
