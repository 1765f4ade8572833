//! The board on the screen: canvases, pointer events, animation frames.
//!
//! Knows the browser and how to draw. It must not know rules of tools, merging or
//! the network: events go to the [`Session`], what to show comes from it.

mod bundle;
mod company;
mod frame;
mod grid;
mod lifted;
mod live;
mod look;
mod marks;
pub mod minimap;
mod others;
mod overlay;
mod painter;
mod pointer;
mod surface;
mod tiles;
mod trail;
mod veil;

use std::cell::RefCell;
use std::rc::Rc;

use editor::InputEvent;
use gloo_events::{EventListener, EventListenerOptions};
use leptos::html::{Canvas, Main};
use leptos::prelude::*;
use std::collections::BTreeSet;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlElement, PointerEvent, ResizeObserver, WheelEvent};

use crate::session::Session;
use crate::ui::Cursors;
use frame::{FrameLoop, Stage};
pub use minimap::Minimap;
use others::Others;
use surface::{Latency, Surface};

/// Menus and cards that a press elsewhere closes.
const OPEN: &str = "[popover=auto]:popover-open";

/// What the board has from a press on it until the next Tab: it shows no focus then.
pub(crate) const BY_HAND: &str = "data-by-hand";

/// Milliseconds since the page was opened, on the clock of pointer events.
pub(crate) fn now() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// The board itself: two canvases, and other people's cursors above them.
#[component]
pub(crate) fn BoardCanvas() -> impl IntoView {
    let session = Session::from_context();
    let main = NodeRef::<Main>::new();
    let scene = NodeRef::<Canvas>::new();
    let live = NodeRef::<Canvas>::new();
    let cursor = session.cursor();
    let others = Others::new();
    Effect::new(move || {
        let (Some(main), Some(scene), Some(live)) = (main.get(), scene.get(), live.get()) else {
            return;
        };
        let surfaces = (
            Surface::of(scene, Latency::Ordinary),
            Surface::of(live, Latency::Low),
        );
        let (Some(scene), Some(live)) = surfaces else {
            leptos::logging::error!("this browser gives no 2D canvas");
            return;
        };
        let frames = FrameLoop::new(Stage::new(session, main.clone(), (scene, live), others));
        let waker = frames.clone();
        session.on_frame_wanted(Rc::new(move || waker.wake()));
        let reader = frames.clone();
        session.on_color_wanted(Rc::new(move |at| reader.color_at(at)));
        // They go with the board.
        StoredValue::new_local((
            listen(&main, session),
            watch_size(&main, &frames),
            watch_typefaces(session),
        ));
        let frames = StoredValue::new_local(frames);
        on_cleanup(move || frames.with_value(FrameLoop::stop));
    });
    view! {
        <main
            class="board"
            aria-label="Board"
            tabindex="0"
            data-cursor=move || cursor.get()
            node_ref=main
        >
            <canvas class="board-scene" node_ref=scene></canvas>
            <canvas class="board-live" node_ref=live></canvas>
            <Cursors cursors=others.cursors camera=others.camera />
        </main>
    }
}

/// Everything that hands do on the board. The listeners go when dropped.
fn listen(main: &HtmlElement, session: Session) -> Vec<EventListener> {
    let closing = Rc::new(RefCell::new(BTreeSet::new()));
    let on_pointer = |name: &'static str, turn: fn(&PointerEvent, &HtmlElement) -> InputEvent| {
        let (board, closing) = (main.clone(), Rc::clone(&closing));
        EventListener::new_with_options(main, name, active(), move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>()
                && !only_closes(event, &board, &closing)
            {
                if name == "pointerdown" {
                    take_keyboard(event, &board, session);
                }
                session.input(turn(event, &board));
            }
        })
    };
    let wheel = EventListener::new_with_options(main, "wheel", active(), move |event| {
        if let Some(event) = event.dyn_ref::<WheelEvent>() {
            // The page itself must neither scroll nor zoom.
            event.prevent_default();
            session.input(pointer::wheel(event));
        }
    });
    // A second finger, a long press or a pen's double tap must not start the
    // browser's own gestures.
    let quiet = |name: &'static str| {
        EventListener::new_with_options(main, name, active(), |event| {
            if event.cancelable() {
                event.prevent_default();
            }
        })
    };
    vec![
        on_pointer("pointerdown", |event, board| pointer::down(event, board)),
        on_pointer("pointermove", |event, _| pointer::moved(event)),
        on_pointer("pointerup", |event, _| pointer::up(event)),
        on_pointer("pointercancel", |event, _| pointer::cancelled(event)),
        on_pointer("pointerleave", |_, _| InputEvent::PointerLeave),
        wheel,
        quiet("contextmenu"),
        quiet("touchstart"),
        quiet("gesturestart"),
        quiet("dragstart"),
        quiet("selectstart"),
    ]
}

/// A press of a finger or pen gives the keyboard to the board, as the browser does at one
/// of the mouse; what is written on keeps it.
fn take_keyboard(event: &PointerEvent, board: &HtmlElement, session: Session) {
    // The name is valid.
    let _ = board.set_attribute(BY_HAND, "");
    if event.pointer_type() != "mouse" && session.writes_on().is_none() {
        // What is on the page can have it.
        let _ = board.focus();
    }
}

/// Whether an event is of a press that closes a menu or card, and does nothing else.
/// `closing` holds the pointers of such presses.
fn only_closes(
    event: &PointerEvent,
    board: &HtmlElement,
    closing: &RefCell<BTreeSet<i32>>,
) -> bool {
    let pointer = event.pointer_id();
    let mut closing = closing.borrow_mut();
    match event.type_().as_str() {
        "pointerdown" => {
            // Browsers that do not know the selector know no such menus.
            let closes = document().query_selector(OPEN).ok().flatten().is_some();
            if closes {
                closing.insert(pointer);
                // Its end is heard wherever it is lifted. It may be lifted already.
                let _ = board.set_pointer_capture(pointer);
            } else {
                closing.remove(&pointer);
            }
            closes
        }
        "pointerup" | "pointercancel" => closing.remove(&pointer),
        _ => closing.contains(&pointer),
    }
}

/// Browsers load a typeface when its first letter is drawn; then it must be drawn
/// once more. Stops when dropped.
fn watch_typefaces(session: Session) -> EventListener {
    EventListener::new(&document().fonts(), "loadingdone", move |_| {
        session.typefaces_changed();
    })
}

fn active() -> EventListenerOptions {
    EventListenerOptions::enable_prevent_default()
}

/// Follows the size of the board on the page; stops when dropped.
fn watch_size(main: &HtmlElement, frames: &FrameLoop) -> SizeWatch {
    let (board, frames) = (main.clone(), frames.clone());
    let follow = move || {
        frames.resize(
            f64::from(board.client_width()),
            f64::from(board.client_height()),
        );
    };
    follow();
    let callback = Closure::<dyn FnMut(JsValue)>::new(move |_| follow());
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(main);
    }
    SizeWatch {
        observer,
        _callback: callback,
    }
}

struct SizeWatch {
    observer: Option<ResizeObserver>,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
