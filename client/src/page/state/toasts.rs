//! Notices on the screen.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::{
    LocalStorage, ReadSignal, StoredValue, Update as _, UpdateValue as _, WithUntracked as _,
    WriteSignal, set_timeout, signal,
};

use super::live_region::LiveRegion;
use crate::view_model::{Toast, ToastTone};

/// How long a notice stays.
const SHOWN_FOR: Duration = Duration::from_secs(7);
/// Notices on the screen at once. More would cover the board.
const MAX_TOASTS: usize = 4;

/// Stops the work that a notice is about.
type Stop = Box<dyn FnOnce()>;

/// The notices, oldest first.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct ToastList {
    /// The notices that are shown.
    pub(in crate::page) shown: ReadSignal<Vec<Toast>>,
    write: WriteSignal<Vec<Toast>>,
    /// Ids are not used twice: the timer of a closed notice must not close a later one.
    next_id: StoredValue<u64>,
    /// What the buttons of notices of work under way do.
    stops: StoredValue<BTreeMap<u64, Stop>, LocalStorage>,
    live_region: LiveRegion,
}

impl ToastList {
    pub(super) fn new(live_region: LiveRegion) -> Self {
        let (shown, write) = signal(Vec::new());
        Self {
            shown,
            write,
            next_id: StoredValue::new(0),
            stops: StoredValue::new_local(BTreeMap::new()),
            live_region,
        }
    }

    /// Shows a notice for a while, unless the same text is shown already.
    pub(in crate::page) fn show(self, tone: ToastTone, text: &str) {
        if let Some(id) = self.add(tone, text) {
            set_timeout(move || self.dismiss(id), SHOWN_FOR);
        }
    }

    /// Shows a notice of work under way, until it is dismissed. Its button stops the work. Returns
    /// its id.
    pub(in crate::page) fn show_progress(
        self,
        text: &str,
        stop: impl FnOnce() + 'static,
    ) -> Option<u64> {
        let id = self.add(ToastTone::Progress, text)?;
        let stop: Stop = Box::new(stop);
        self.stops.try_update_value(|stops| stops.insert(id, stop));
        Some(id)
    }

    /// Removes a notice whose button was pressed, and stops the work that it is about.
    pub(in crate::page) fn press(self, id: u64) {
        let stop = self.stops.try_update_value(|stops| stops.remove(&id));
        self.dismiss(id);
        if let Some(stop) = stop.flatten() {
            stop();
        }
    }

    /// Removes a notice.
    pub(in crate::page) fn dismiss(self, id: u64) {
        // The page can be gone before its notices are.
        self.stops.try_update_value(|stops| stops.remove(&id));
        let _ = self
            .write
            .try_update(|all| all.retain(|toast| toast.id != id));
    }

    /// Adds a notice and returns its id; `None` if the same text is shown already.
    fn add(self, tone: ToastTone, text: &str) -> Option<u64> {
        let is_shown = |all: &Vec<Toast>| all.iter().any(|toast| toast.text == text);
        if self.shown.with_untracked(is_shown) {
            return None;
        }
        match tone {
            ToastTone::Info | ToastTone::Progress => self.live_region.announce(text),
            // A warning has the role `alert`, so screen readers announce it at once.
            ToastTone::Warning => {}
        }
        let id = self.next_id.try_update_value(|next| {
            *next += 1;
            *next
        })?;
        self.write.update(|all| {
            all.push(Toast {
                id,
                tone,
                text: text.to_owned(),
            });
            let excess = all.len().saturating_sub(MAX_TOASTS);
            all.drain(..excess);
        });
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use leptos::prelude::GetUntracked as _;

    use super::*;

    fn list() -> ToastList {
        ToastList::new(LiveRegion::new())
    }

    fn texts(list: ToastList) -> Vec<String> {
        let shown = list.shown.get_untracked();
        shown.into_iter().map(|toast| toast.text).collect()
    }

    #[test]
    fn the_oldest_notice_makes_room_for_a_new_one() {
        let list = list();
        for number in 0..=MAX_TOASTS {
            list.add(ToastTone::Warning, &number.to_string());
        }
        assert_eq!(texts(list), ["1", "2", "3", "4"]);
    }

    #[test]
    fn a_text_that_is_shown_is_not_shown_twice() {
        let list = list();
        let first = list.add(ToastTone::Info, "Copied.");
        assert_eq!(list.add(ToastTone::Info, "Copied."), None);
        list.dismiss(first.unwrap());
        let second = list.add(ToastTone::Info, "Copied.");
        assert_ne!(first, second, "the timer of the first would close it");
        assert_eq!(texts(list), ["Copied."]);
    }

    #[test]
    fn the_button_of_a_progress_notice_stops_its_work_once() {
        let list = list();
        let stopped = Rc::new(Cell::new(0));
        let count = Rc::clone(&stopped);
        let id = list.show_progress("Reading …", move || count.set(count.get() + 1));
        let id = id.unwrap();
        list.press(id);
        list.press(id);
        assert_eq!((stopped.get(), texts(list)), (1, Vec::new()));
        let count = Rc::clone(&stopped);
        let done = list.show_progress("Reading …", move || count.set(count.get() + 1));
        list.dismiss(done.unwrap());
        list.press(done.unwrap());
        assert_eq!(stopped.get(), 1, "work that is done is not stopped");
    }

    #[test]
    fn only_an_information_is_announced_by_the_live_region() {
        let list = list();
        list.add(ToastTone::Warning, "Not saved.");
        assert_eq!(list.live_region.text.get_untracked(), "");
        list.add(ToastTone::Info, "Copied.");
        assert_eq!(list.live_region.text.get_untracked(), "Copied.");
    }
}
