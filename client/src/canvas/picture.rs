//! Pictures of elements by themselves, on canvases that are not on the page.
//!
//! A picture of many elements is painted a few milliseconds at a time, so that the page goes on.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Reflect};
use kurbo::Affine;
use leptos::prelude::document;
use shared::paint::{Rendering, paint_element};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement};

use super::paint_budget::PaintBudget;
use super::painter::CanvasPainter;
use super::surface::{Latency, Surface};
use crate::clock;
use crate::pictures::Drawables;

/// Time that is spent on painting before the page goes on, in milliseconds.
const SLICE_MS: f64 = 10.0;
/// How far painted edges may be off, in pixels.
const TOLERANCE_PX: f64 = 0.2;

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPicture {
    /// The browser gives no canvas of this size.
    NoCanvas,
    /// It is no longer wanted.
    Stopped,
}

/// A picture in pixels.
#[derive(Debug)]
pub(crate) struct PaintedPicture(Surface);

impl PaintedPicture {
    /// Paints a picture of this width and height in pixels. Images show what `pictures` gives.
    /// `goes_on` gets the share that is painted and says whether the picture is still wanted.
    pub(crate) async fn paint(
        picture: &Rendering<'_>,
        [width, height]: [u32; 2],
        pictures: &dyn Drawables,
        goes_on: &dyn Fn(f64) -> bool,
    ) -> Result<Self, NoPicture> {
        let surface = Surface::detached(width, height).ok_or(NoPicture::NoCanvas)?;
        paint_all(picture, &surface, pictures, goes_on).await?;
        // A browser loads a typeface when the first letter of it is painted.
        if let Some(loaded) = typefaces_under_way() {
            // Texts in a typeface that does not load stay in the next best one.
            let _ = JsFuture::from(loaded).await;
            surface.clear();
            paint_all(picture, &surface, pictures, goes_on).await?;
        }
        Ok(Self(surface))
    }

    /// Shows it on a canvas of the page.
    pub(crate) fn show_on(&self, canvas: HtmlCanvasElement) {
        let own = self.0.canvas();
        canvas.set_width(own.width());
        canvas.set_height(own.height());
        if let Some(shown) = Surface::of(canvas, Latency::Ordinary) {
            let context = shown.context();
            let drawn = context.draw_image_with_html_canvas_element(own, 0.0, 0.0);
            debug_assert!(drawn.is_ok(), "pictures are never empty");
        }
    }

    /// The picture as a PNG file.
    pub(crate) async fn into_png(self) -> Result<Blob, NoPicture> {
        let canvas = self.0.canvas();
        let written = Promise::new(&mut |resolve, reject| {
            if let Err(error) = canvas.to_blob(&resolve) {
                // The promise is not settled yet.
                let _ = reject.call1(&JsValue::UNDEFINED, &error);
            }
        });
        let written = JsFuture::from(written).await;
        // A canvas that is too large for the browser gives nothing.
        let blob = written.ok().and_then(|blob| blob.dyn_into().ok());
        blob.ok_or(NoPicture::NoCanvas)
    }
}

async fn paint_all(
    picture: &Rendering<'_>,
    surface: &Surface,
    pictures: &dyn Drawables,
    goes_on: &dyn Fn(f64) -> bool,
) -> Result<(), NoPicture> {
    let (context, region) = (surface.context(), picture.region());
    let (width, height) = surface.size();
    if let Some(background) = picture.background() {
        context.set_fill_style_str(&background.to_css());
        context.fill_rect(0.0, 0.0, width, height);
    }
    let scale = width / region.width();
    let to_surface = Affine::scale(scale) * Affine::translate(-region.origin().to_vec2());
    let (theme, tolerance) = (picture.theme(), TOLERANCE_PX / scale);
    let mut painter = CanvasPainter::new(context, to_surface).with_pictures(pictures);
    let mut budget = PaintBudget::until(clock::page_ms() + SLICE_MS);
    let elements = picture.elements();
    for (number, (element, bounds)) in elements.iter().enumerate() {
        if bounds.overlaps(region) {
            paint_element(picture.board(), element, theme, tolerance, &mut painter);
        }
        budget.spend(painter.take_cost());
        if budget.is_spent() {
            if !goes_on(number as f64 / elements.len() as f64) {
                return Err(NoPicture::Stopped);
            }
            TimeoutFuture::new(0).await;
            budget = PaintBudget::until(clock::page_ms() + SLICE_MS);
        }
    }
    if goes_on(1.0) {
        Ok(())
    } else {
        Err(NoPicture::Stopped)
    }
}

/// The end of the loading of typefaces, if some are loaded now.
fn typefaces_under_way() -> Option<Promise> {
    let fonts = Reflect::get(&document(), &"fonts".into()).ok()?;
    let get = |name: &str| Reflect::get(&fonts, &name.into()).ok();
    let is_loading = get("status")?.as_string()? == "loading";
    let ready: Promise = get("ready")?.dyn_into().ok()?;
    is_loading.then_some(ready)
}
