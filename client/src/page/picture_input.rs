//! The hidden field by which the user chooses the files of pictures.

use leptos::html;
use leptos::prelude::*;
use shared::id::ElementId;

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

/// The way from the page to the field.
#[derive(Clone, Copy, Debug)]
pub(super) struct PictureChooser {
    pub(super) field: NodeRef<html::Input>,
    /// The image whose picture is replaced.
    replaced: StoredValue<Option<ElementId>>,
}

impl PictureChooser {
    pub(super) fn new() -> Self {
        Self {
            field: NodeRef::new(),
            replaced: StoredValue::new(None),
        }
    }

    /// Lets the user choose pictures for the board, or one for an image.
    pub(super) fn open(self, replaced: Option<ElementId>) {
        self.replaced.set_value(replaced);
        if let Some(field) = self.field.get_untracked() {
            field.set_multiple(replaced.is_none());
            field.click();
        }
    }
}
