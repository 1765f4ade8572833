//! Exports without the dialog: pictures for the clipboard.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use editor::PictureFormat;
use leptos::prelude::{GetUntracked as _, set_timeout};

use super::copy;
use super::work::Work;
use crate::page::state::{PageState, ToastList};
use crate::session::Session;
use crate::view_model::{ExportFormat, ExportOptions, ExportState, ToastTone};

/// Shorter work shows no notice before it has ended.
const SHORT_WORK: Duration = Duration::from_millis(400);
/// The notice while a file is made.
const MAKING: &str = "Making the file …";

/// Copies a picture of the selection, or of the whole board if nothing is selected.
pub(in crate::page) fn copy_picture(format: PictureFormat, session: Session, page: PageState) {
    let theme = page.theme.theme.get_untracked();
    let options = ExportOptions {
        format: match format {
            PictureFormat::Png => ExportFormat::Png,
            PictureFormat::Svg => ExportFormat::Svg,
        },
        // Other programs want the picture alone.
        has_scene: false,
        ..ExportOptions::new(session.selected_scope(), theme)
    };
    copy(options, session, work(page.toasts));
}

/// Work that shows its end in a notice; if it takes long, also that it goes on.
pub(super) fn work(toasts: ToastList) -> Work {
    let shown = Rc::new(Cell::new(None));
    let is_done = Rc::new(Cell::new(false));
    let (notice, done) = (Rc::clone(&shown), Rc::clone(&is_done));
    let work = Work::new(move |state| {
        let end = |tone, words: &str| {
            done.set(true);
            if let Some(id) = notice.take() {
                toasts.dismiss(id);
            }
            toasts.show(tone, words);
        };
        match state {
            ExportState::Idle | ExportState::Underway { .. } => {}
            ExportState::Done(words) => end(ToastTone::Info, &words),
            ExportState::Failed(why) => end(ToastTone::Warning, &why),
        }
    });
    let stopping = work.clone();
    set_timeout(
        move || {
            if !is_done.get() {
                shown.set(toasts.show_progress(MAKING, move || stopping.stop()));
            }
        },
        SHORT_WORK,
    );
    work
}
