//! Blurred previews as canvases.

use std::collections::BTreeMap;

use leptos::prelude::document;
use shared::model::{BlobHash, Picture};
use shared::paint::Preview;
use wasm_bindgen::{Clamped, JsCast as _};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::Drawable;

/// Previews that are kept: those of a crowded screen. A preview is made again within a millisecond.
const MAX_PREVIEWS: usize = 500;

/// The previews that were painted lately.
#[derive(Debug, Default)]
pub(super) struct Previews(BTreeMap<BlobHash, Drawable>);

impl Previews {
    /// The preview of a picture; `None` if the browser gives no canvas.
    pub(super) fn of(&mut self, picture: &Picture) -> Option<Drawable> {
        if let Some(known) = self.0.get(&picture.sha256) {
            return Some(known.clone());
        }
        if self.0.len() >= MAX_PREVIEWS {
            self.0.clear();
        }
        let made = painted(&Preview::of(picture))?;
        self.0.insert(picture.sha256, made.clone());
        Some(made)
    }
}

fn painted(preview: &Preview) -> Option<Drawable> {
    let (width, height) = (
        u32::try_from(preview.width).ok()?,
        u32::try_from(preview.height).ok()?,
    );
    let canvas = document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let pixels =
        ImageData::new_with_u8_clamped_array_and_sh(Clamped(&preview.rgba), width, height).ok()?;
    context.put_image_data(&pixels, 0.0, 0.0).ok()?;
    Some(Drawable {
        // Contexts draw canvases by the same method as bitmaps.
        image: canvas.unchecked_into(),
        width: f64::from(width),
        height: f64::from(height),
    })
}
