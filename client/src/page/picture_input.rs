//! The hidden field by which the user chooses the files of pictures.

use leptos::prelude::*;

use super::file::listed;
use super::pictures::{Candidate, Target, insert};
use super::state::PageState;
use crate::session::Session;

/// The files that the browser offers to choose.
const ACCEPTED: &str = "image/*,.svg,.avif";

/// A field for files, which a command opens.
#[component]
pub(crate) fn PictureInput() -> impl IntoView {
    let session = Session::from_context();
    let PageState {
        toasts, chooser, ..
    } = PageState::from_context();
    let on_change = move |_| {
        let Some(field) = chooser.field.get_untracked() else {
            return;
        };
        let candidates = listed(field.files()).into_iter().map(Candidate::from);
        let target = chooser.replaced.get_value();
        let target = target.map_or(Target::Board(None), Target::Image);
        insert(session, toasts, candidates.collect(), target);
        // The same file can be chosen again.
        field.set_value("");
    };
    view! {
        <input
            class="picture-input"
            type="file"
            hidden
            multiple=true
            accept=ACCEPTED
            aria-label="Choose pictures"
            node_ref=chooser.field
            on:change=on_change
        />
    }
}
