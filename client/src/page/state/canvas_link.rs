//! The way from the page to the canvas of the board.

use leptos::prelude::{LocalStorage, SetValue as _, StoredValue, WithValue as _};
use shared::geometry::ScreenPoint;
use shared::model::palette::Rgb;

use crate::canvas::CanvasHandle;

/// The canvas, once it is on the page.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct CanvasLink(StoredValue<Option<CanvasHandle>, LocalStorage>);

impl CanvasLink {
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Sets the canvas.
    pub(in crate::page) fn set(self, canvas: CanvasHandle) {
        self.0.set_value(Some(canvas));
    }

    /// The colour at a point of the view; `None` where the canvas cannot be read.
    pub(in crate::page) fn color_at(self, at: ScreenPoint) -> Option<Rgb> {
        self.0.with_value(|canvas| canvas.as_ref()?.color_at(at))
    }
}
