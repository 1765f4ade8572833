//! The way from the page to the field by which pictures are chosen.

use leptos::html;
use leptos::prelude::*;
use shared::id::ElementId;

/// The way from the page to the field.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct PictureChooser {
    pub(in crate::page) field: NodeRef<html::Input>,
    /// The image whose picture is replaced.
    pub(in crate::page) replaced: StoredValue<Option<ElementId>>,
}

impl PictureChooser {
    pub(super) fn new() -> Self {
        Self {
            field: NodeRef::new(),
            replaced: StoredValue::new(None),
        }
    }

    /// Lets the user choose pictures for the board, or one for an image.
    pub(in crate::page) fn open(self, replaced: Option<ElementId>) {
        self.replaced.set_value(replaced);
        if let Some(field) = self.field.get_untracked() {
            field.set_multiple(replaced.is_none());
            field.click();
        }
    }
}
