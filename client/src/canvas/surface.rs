//! A canvas element with its 2D context, sized in device pixels.

use kurbo::Affine;
use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The longest side of a canvas that browsers allow, in device pixels.
const MAX_SIDE: f64 = 16_384.0;

/// A canvas that can be drawn on.
#[derive(Clone, Debug)]
pub(crate) struct Surface {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

/// When the content of a canvas reaches the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Latency {
    /// Together with the rest of the page.
    Ordinary,
    /// Earlier, without the compositor of the page, where the browser can. For ink under a pen.
    Low,
}

impl Surface {
    /// A canvas of the page. `None` if the browser gives no context.
    pub(crate) fn of(canvas: HtmlCanvasElement, latency: Latency) -> Option<Self> {
        let context = match latency {
            Latency::Ordinary => canvas.get_context("2d"),
            Latency::Low => {
                let options = js_sys::Object::new();
                js_sys::Reflect::set(&options, &"desynchronized".into(), &JsValue::TRUE).ok()?;
                canvas.get_context_with_context_options("2d", &options)
            }
        };
        let context = context.ok()??.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// A canvas that is not on the page.
    pub(crate) fn detached(width: u32, height: u32) -> Option<Self> {
        let canvas = document().create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        canvas.set_width(width);
        canvas.set_height(height);
        Self::of(canvas, Latency::Ordinary)
    }

    pub(crate) const fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    pub(crate) const fn context(&self) -> &CanvasRenderingContext2d {
        &self.context
    }

    /// Width and height in device pixels.
    pub(crate) fn size(&self) -> (f64, f64) {
        (
            f64::from(self.canvas.width()),
            f64::from(self.canvas.height()),
        )
    }

    /// Red, green, blue and opacity at a point in device pixels; `None` outside of the canvas.
    pub(crate) fn pixel(&self, x: f64, y: f64) -> Option<[u8; 4]> {
        let (width, height) = self.size();
        let is_within = (0.0..width).contains(&x) && (0.0..height).contains(&y);
        let read = is_within.then(|| self.context.get_image_data(x.floor(), y.floor(), 1.0, 1.0));
        let data = read?.ok()?.data();
        data.0.get(..4)?.try_into().ok()
    }

    /// Changes the size, which also clears the canvas. The same size changes nothing.
    pub(crate) fn resize(&self, width: u32, height: u32) -> bool {
        let changed = self.canvas.width() != width || self.canvas.height() != height;
        if changed {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        changed
    }

    /// Makes the canvas transparent and resets its transform.
    pub(crate) fn clear(&self) {
        self.transform(Affine::IDENTITY);
        let (width, height) = self.size();
        self.context.clear_rect(0.0, 0.0, width, height);
    }

    /// Sets the transform from the coordinates that follow to device pixels.
    pub(crate) fn transform(&self, affine: Affine) {
        let [a, b, c, d, e, f] = affine.as_coeffs();
        let set = self.context.set_transform(a, b, c, d, e, f);
        debug_assert!(set.is_ok(), "finite transforms are always accepted");
    }
}

/// A length in whole device pixels, within what every browser allows for a canvas.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped before"
)]
pub(super) fn device_pixels(length: f64) -> u32 {
    length.round().clamp(1.0, MAX_SIDE) as u32
}
