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
pub(crate) mod minimap;
mod others;
mod overlay;
mod painter;
mod pointer;
mod surface;
mod tiles;
mod trail;
mod veil;

use std::collections::BTreeSet;
use std::rc::Rc;

use editor::InputEvent;
use gloo_events::EventListener;
use leptos::html::{Canvas, Main};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, HtmlCanvasElement, HtmlElement, PointerEvent, ResizeObserver, WheelEvent};

use crate::session::Session;
use crate::ui::Cursors;
use frame::{FrameLoop, Stage};
pub(crate) use minimap::Minimap;
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
        if let (Some(main), Some(scene), Some(live)) = (main.get(), scene.get(), live.get()) {
            begin_frames(session, &main, (scene, live), others);
        }
    });
    let hands = Hands {
        session,
        board: main,
        closing: StoredValue::default(),
    };
    view! {
        <main
            class="board"
            aria-label="Board"
            tabindex="0"
            data-cursor=move || cursor.get()
            node_ref=main
            on:pointerdown=move |event| hands.on_pointer(&event, |event, board| pointer::down(event, board))
            on:pointermove=move |event| hands.on_pointer(&event, |event, _| pointer::moved(event))
            on:pointerup=move |event| hands.on_pointer(&event, |event, _| pointer::up(event))
            on:pointercancel=move |event| hands.on_pointer(&event, |event, _| pointer::cancelled(event))
            on:pointerleave=move |event| hands.on_pointer(&event, |_, _| InputEvent::PointerLeave)
            on:wheel=move |event| hands.on_wheel(&event)
            // A second finger, a long press or a pen's double tap must not start the
            // browser's own gestures.
            on:contextmenu=|event| refuse(&event)
            on:touchstart=|event| refuse(&event)
            on:gesturestart=|event| refuse(&event)
            on:dragstart=|event| refuse(&event)
            on:selectstart=|event| refuse(&event)
        >
            <canvas class="board-scene" node_ref=scene></canvas>
            <canvas class="board-live" node_ref=live></canvas>
            <Cursors cursors=others.cursors camera=others.camera />
        </main>
    }
}

/// Shows the session on the canvases, frame by frame, until the current owner ends.
fn begin_frames(
    session: Session,
    main: &HtmlElement,
    (scene, live): (HtmlCanvasElement, HtmlCanvasElement),
    others: Others,
) {
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
    // They go with the owner.
    StoredValue::new_local((watch_size(main, &frames), watch_typefaces(session)));
    let frames = StoredValue::new_local(frames);
    on_cleanup(move || frames.with_value(FrameLoop::stop));
}

/// Takes what hands do on the board to the session.
#[derive(Clone, Copy)]
struct Hands {
    session: Session,
    board: NodeRef<Main>,
    /// The pointers of presses that close a menu or card, and do nothing else.
    closing: StoredValue<BTreeSet<i32>>,
}

impl Hands {
    fn on_pointer(
        self,
        event: &PointerEvent,
        input: impl FnOnce(&PointerEvent, &HtmlElement) -> InputEvent,
    ) {
        // An event may come while the board is taken off the page.
        let Some(board) = self.board.try_get_untracked().flatten() else {
            return;
        };
        if self.only_closes(event, &board) {
            return;
        }
        if event.type_() == "pointerdown" {
            take_keyboard(event, &board, self.session);
        }
        self.session.input(input(event, &board));
    }

    fn on_wheel(self, event: &WheelEvent) {
        // The page itself must neither scroll nor zoom.
        event.prevent_default();
        self.session.input(pointer::wheel(event));
    }

    /// Whether an event is of a press that closes a menu or card, and does nothing else.
    fn only_closes(self, event: &PointerEvent, board: &HtmlElement) -> bool {
        let pointer = event.pointer_id();
        let is_closing = || {
            self.closing
                .with_value(|closing| closing.contains(&pointer))
        };
        let is_over = || {
            let over = self
                .closing
                .try_update_value(|closing| closing.remove(&pointer));
            over.unwrap_or_default()
        };
        match event.type_().as_str() {
            "pointerdown" => {
                // Browsers that do not know the selector know no such menus.
                let closes = document().query_selector(OPEN).ok().flatten().is_some();
                if closes {
                    self.closing.update_value(|closing| {
                        closing.insert(pointer);
                    });
                    // Its end is heard wherever it is lifted. It may be lifted already.
                    let _ = board.set_pointer_capture(pointer);
                } else {
                    is_over();
                }
                closes
            }
            "pointerup" | "pointercancel" => is_over(),
            _ => is_closing(),
        }
    }
}

/// Keeps the browser from doing something of its own.
fn refuse(event: &Event) {
    if event.cancelable() {
        event.prevent_default();
    }
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

/// Browsers load a typeface when its first letter is drawn; then it must be drawn
/// once more. Stops when dropped.
fn watch_typefaces(session: Session) -> EventListener {
    EventListener::new(&document().fonts(), "loadingdone", move |_| {
        session.typefaces_changed();
    })
}

/// Follows the size of the board on the page; stops when dropped. `leptos-use` has a hook
/// for this, which brings nine crates; there is no other use for them.
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
