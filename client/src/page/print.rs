//! Prints the board: a page for each frame, or one page if there are no frames.
//!
//! The pages are made when the browser begins to print, however the user asked for that, and are
//! removed afterwards. The style sheet shows only them on paper.

use gloo_events::EventListener;
use leptos::prelude::{StoredValue, document, on_cleanup, window};
use shared::model::Scope;
use shared::model::palette::Theme;
use shared::paint::{Background, RenderingOptions, SvgDetails};
use wasm_bindgen::JsValue;
use web_sys::{Element, ShadowRootInit, ShadowRootMode};

use crate::session::Session;

/// The class of the element that holds the pages.
const PAGES: &str = "print-pages";

/// Makes the pages whenever the browser prints, until the current owner ends.
pub(super) fn listen(session: Session) {
    let before = EventListener::new(&window(), "beforeprint", move |_| {
        remove_pages();
        // Without its pages the browser prints the controls; nothing is lost.
        let _ = add_pages(session);
    });
    let after = EventListener::new(&window(), "afterprint", |_| remove_pages());
    StoredValue::new_local([before, after]);
    on_cleanup(remove_pages);
}

/// Lets the browser print.
pub(super) fn print() {
    // A browser that cannot print says so itself.
    let _ = window().print();
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
    scenes
        .map(|scene| {
            scene
                .picture(look)
                .write_svg(&SvgDetails::titled(""), String::new())
        })
        .collect()
}

fn remove_pages() {
    let pages = document().get_elements_by_class_name(PAGES);
    while let Some(page) = pages.item(0) {
        page.remove();
    }
}
