//! Prints the board: a page for each frame, or one page if there are no frames.
//!
//! The pages are made when the browser begins to print, however the user asked for that, and are
//! removed afterwards. The style sheet shows only them on paper.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{StoredValue, document, on_cleanup, window};
use leptos::task::spawn_local;
use shared::model::palette::Theme;
use shared::model::{MediaType, NewElement, Picture, Scope};
use shared::paint::{Background, PictureAddresses, RenderingOptions, SvgDetails};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, ShadowRootInit, ShadowRootMode,
};

use crate::chunk::{NotLoaded, in_chunk};
use crate::pictures::{Drawables as _, Pictures};
use crate::session::Session;

/// The class of the element that holds the pages.
const PAGES: &str = "print-pages";
/// The part of a picture's pixels on paper: half of them are sharp enough on a page of many pictures.
const PRINTED_SCALE: f64 = 0.5;
/// How often to look whether pictures are decoded, in milliseconds.
const LOOK_MS: u32 = 100;
/// After so many looks, 10 seconds, a picture that is still missing prints as its preview.
const MAX_LOOKS: u32 = 100;

in_chunk! {
    /// Makes the pages whenever the browser prints, until the current owner ends.
    ///
    /// # Errors
    /// If the code does not load.
    pub(super) fn listen(session: Session) -> Result<(), NotLoaded> {
        make_pages_to_print(session);
        Ok(())
    }
}

fn make_pages_to_print(session: Session) {
    let before = EventListener::new(&window(), "beforeprint", move |_| {
        remove_pages();
        // Without its pages the browser prints the controls; nothing is lost.
        let _ = add_pages(session);
    });
    let after = EventListener::new(&window(), "afterprint", |_| remove_pages());
    StoredValue::new_local([before, after]);
    on_cleanup(remove_pages);
}

/// Lets the browser print, as soon as the pictures of the board are decoded or cannot be had.
pub(super) fn print(session: Session) {
    spawn_local(async move {
        let pictures = session.pictures();
        let scene = session.export_scene(Scope::Board);
        let elements = scene.map(|scene| scene.elements()).unwrap_or_default();
        let missing = |element: &NewElement| {
            let picture = element.props.picture();
            picture.is_some_and(|picture| {
                pictures.shown(&picture, PRINTED_SCALE);
                pictures.decoded(picture.sha256).is_none()
                    && pictures.trouble(picture.sha256).is_none()
            })
        };
        for _ in 0..MAX_LOOKS {
            if elements.iter().filter(|it| missing(it)).count() == 0 {
                break;
            }
            TimeoutFuture::new(LOOK_MS).await;
        }
        // A browser that cannot print says so itself.
        let _ = window().print();
    });
}

/// The decoded pictures of the page. The browser waits for nothing when it begins to print, so files
/// cannot be loaded then.
#[derive(Debug)]
struct PagePictures(Rc<Pictures>);

impl PictureAddresses for PagePictures {
    fn address(&self, picture: &Picture) -> Option<String> {
        let drawable = self.0.decoded(picture.sha256)?;
        let canvas = document().create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        canvas.set_width(pixels(drawable.width));
        canvas.set_height(pixels(drawable.height));
        let context = canvas.get_context("2d").ok()??;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        let image = &drawable.image;
        context.draw_image_with_image_bitmap(image, 0.0, 0.0).ok()?;
        // Only JPEG has no transparent parts.
        let form = match picture.media_type {
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png | MediaType::WebP | MediaType::Gif => "image/png",
        };
        canvas.to_data_url_with_type(form).ok()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of pixels"
)]
const fn pixels(length: f64) -> u32 {
    length as u32
}

fn add_pages(session: Session) -> Result<(), JsValue> {
    let pages = document().create_element("div")?;
    pages.set_class_name(PAGES);
    for svg in drawings(session) {
        let page = document().create_element("div")?;
        page.set_class_name("print-page");
        add_drawing(&page, &svg)?;
        pages.append_child(&page)?;
    }
    let body = document().body().ok_or(JsValue::NULL)?;
    body.append_child(&pages).map(drop)
}

/// Adds a drawing below a root of its own: the names of clips in it are those of other drawings too.
fn add_drawing(page: &Element, svg: &str) -> Result<(), JsValue> {
    let root = page.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
    root.set_inner_html(svg);
    if let Some(drawing) = root.query_selector("svg")? {
        // A style sheet of the page does not reach below a root.
        let style = "display:block;inline-size:100%;block-size:100%";
        drawing.set_attribute("style", style)?;
    }
    Ok(())
}

/// A drawing for each page, on white paper.
fn drawings(session: Session) -> Vec<String> {
    let look = RenderingOptions {
        theme: Theme::Light,
        background: Background::Transparent,
        ..RenderingOptions::default()
    };
    let frames = session.frames();
    let scopes: Vec<Scope> = if frames.is_empty() {
        vec![Scope::Board]
    } else {
        frames
            .into_iter()
            .map(|(frame, _)| Scope::Frame(frame))
            .collect()
    };
    let scenes = scopes
        .into_iter()
        .filter_map(|scope| session.export_scene(scope));
    let pictures = PagePictures(session.pictures());
    let details = SvgDetails {
        pictures: Some(&pictures),
        ..SvgDetails::titled("")
    };
    scenes
        .map(|scene| scene.picture(look).write_svg(&details, String::new()))
        .collect()
}

fn remove_pages() {
    let pages = document().get_elements_by_class_name(PAGES);
    while let Some(page) = pages.item(0) {
        page.remove();
    }
}
