//! The board as a component: two canvases, the cursors of other people, and the pointer events
//! that go to the board.

use std::collections::BTreeSet;
use std::rc::Rc;

use editor::InputEvent;
use gloo_events::EventListener;
use js_sys::Reflect;
use leptos::html::{Canvas, Div, Main};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, EventTarget, HtmlCanvasElement, HtmlElement, PointerEvent, WheelEvent};

use super::background::BackgroundLayer;
use super::frame_loop::CanvasHandle;
use super::pointer;
use super::remote_cursors::RemoteCursors;
use super::renderer::Renderer;
use super::source::BoardSource;
use super::surface::{Latency, Surface};
use crate::size_watch::SizeWatch;
use crate::ui::Cursors;

/// Menus and cards that are open. A press elsewhere closes them.
const OPEN_POPOVER: &str = "[popover=auto]:popover-open";

/// The attribute of the board from a press on it until the next Tab. The board shows no focus
/// ring while it has this.
pub(crate) const USED_BY_POINTER: &str = "data-used-by-pointer";

/// The text in place of the board if there is no canvas.
const NO_CANVAS: &str = "This browser gives no canvas to paint on, so it cannot show the board. \
                         Please reload the page, or use another browser.";

/// A source in a form that listeners can copy.
type Source = StoredValue<Rc<dyn BoardSource>, LocalStorage>;

/// The board.
#[component]
pub(crate) fn BoardCanvas(
    /// The board to show.
    source: Rc<dyn BoardSource>,
    /// The shape of the pointer over the board, as the style sheet knows it.
    #[prop(into)]
    cursor: Signal<&'static str>,
) -> impl IntoView {
    let source = StoredValue::new_local(source);
    let main = NodeRef::<Main>::new();
    let dots = NodeRef::<Div>::new();
    let tiles = NodeRef::<Canvas>::new();
    let live = NodeRef::<Canvas>::new();
    let remote_cursors = RemoteCursors::new();
    let is_paintable = RwSignal::new(true);
    Effect::new(move || {
        if let (Some(main), Some(dots), Some(tiles), Some(live)) =
            (main.get(), dots.get(), tiles.get(), live.get())
        {
            let background = BackgroundLayer::new(main.clone(), (*dots).clone());
            let frames = begin_frames(source, &main, background, (tiles, live), remote_cursors);
            is_paintable.set(frames);
        }
    });
    let input = PointerInput {
        source,
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
            on:pointerdown=move |event| input.on_pointer(&event, |event, board| pointer::down(event, board))
            on:pointermove=move |event| input.on_pointer(&event, |event, _| pointer::moved(event))
            on:pointerup=move |event| input.on_pointer(&event, |event, _| pointer::up(event))
            on:pointercancel=move |event| input.on_pointer(&event, |event, _| pointer::cancelled(event))
            on:pointerleave=move |event| input.on_pointer(&event, |_, _| InputEvent::PointerLeave)
            on:wheel=move |event| input.on_wheel(&event)
            // A second finger, a long press or a pen's double tap must not start the
            // browser's own gestures.
            on:contextmenu=|event| prevent_default(&event)
            on:touchstart=|event| prevent_default(&event)
            on:gesturestart=|event| prevent_default(&event)
            on:dragstart=|event| prevent_default(&event)
            on:selectstart=|event| prevent_default(&event)
        >
            <div class="board-background" node_ref=dots></div>
            <canvas node_ref=tiles></canvas>
            <canvas node_ref=live></canvas>
            <Cursors cursors=remote_cursors.cursors camera=remote_cursors.camera />
            <Show when=move || !is_paintable.get()>
                <p class="board-unpaintable" role="alert">{NO_CANVAS}</p>
            </Show>
        </main>
    }
}

/// Paints the board frame by frame, until the current owner ends. Returns whether the browser gives
/// the canvases for that.
fn begin_frames(
    source: Source,
    main: &HtmlElement,
    background: BackgroundLayer,
    (tiles, live): (HtmlCanvasElement, HtmlCanvasElement),
    remote_cursors: RemoteCursors,
) -> bool {
    let surfaces = (
        Surface::of(tiles, Latency::Ordinary),
        Surface::of(live, Latency::Low),
    );
    let (Some(tiles), Some(live)) = surfaces else {
        return false;
    };
    let source = source.get_value();
    let renderer = Renderer::new(background, (tiles, live), remote_cursors);
    let canvas = CanvasHandle::new(Rc::clone(&source), renderer);
    source.attach(canvas.clone());
    let resized = canvas.clone();
    let size = SizeWatch::new(main, move |width, height| resized.resize(width, height));
    // Both end with the owner.
    StoredValue::new_local((size, watch_typefaces(source)));
    let canvas = StoredValue::new_local(canvas);
    on_cleanup(move || canvas.with_value(CanvasHandle::stop));
    true
}

/// A browser loads a typeface when it draws its first letter, so texts must be painted once
/// more when it is there.
///
/// A browser without the list of typefaces paints these texts in another typeface at first.
fn watch_typefaces(source: Rc<dyn BoardSource>) -> Option<EventListener> {
    let fonts = Reflect::get(&document(), &"fonts".into()).ok()?;
    let fonts: EventTarget = fonts.dyn_into().ok()?;
    Some(EventListener::new(&fonts, "loadingdone", move |_| {
        source.on_typeface_loaded();
    }))
}

/// Passes pointer events on the board to its source.
#[derive(Clone, Copy)]
struct PointerInput {
    source: Source,
    board: NodeRef<Main>,
    /// The pointers whose press closed a menu or card. The rest of such a press does nothing.
    closing: StoredValue<BTreeSet<i32>>,
}

impl PointerInput {
    fn on_pointer(
        self,
        event: &PointerEvent,
        input: impl FnOnce(&PointerEvent, &HtmlElement) -> InputEvent,
    ) {
        // An event can come while the board is being removed from the page.
        let Some(board) = self.board.try_get_untracked().flatten() else {
            return;
        };
        if self.only_closes(event, &board) {
            return;
        }
        if event.type_() == "pointerdown" {
            self.take_keyboard(event, &board);
        }
        self.source
            .with_value(|source| source.input(input(event, &board)));
    }

    fn on_wheel(self, event: &WheelEvent) {
        // The page itself must neither scroll nor zoom.
        event.prevent_default();
        self.source
            .with_value(|source| source.input(pointer::wheel(event)));
    }

    /// Whether an event belongs to a press that closes a menu or card and does nothing else.
    fn only_closes(self, event: &PointerEvent, board: &HtmlElement) -> bool {
        let pointer = event.pointer_id();
        let is_closing = || {
            self.closing
                .with_value(|closing| closing.contains(&pointer))
        };
        let end_press = || {
            let was_closing = self
                .closing
                .try_update_value(|closing| closing.remove(&pointer));
            was_closing.unwrap_or_default()
        };
        match event.type_().as_str() {
            "pointerdown" => {
                // A browser that does not know the selector has no such menus.
                let open = document().query_selector(OPEN_POPOVER);
                let closes = open.ok().flatten().is_some();
                if closes {
                    self.closing.update_value(|closing| {
                        closing.insert(pointer);
                    });
                    // With capture the end of the press comes here wherever the pointer is
                    // lifted. It can be lifted already.
                    let _ = board.set_pointer_capture(pointer);
                } else {
                    end_press();
                }
                closes
            }
            "pointerup" | "pointercancel" => end_press(),
            _ => is_closing(),
        }
    }

    /// Gives the keyboard to the board after a press of a finger or pen, as the browser does
    /// after one of the mouse. The field of a text that is being edited keeps the keyboard.
    fn take_keyboard(self, event: &PointerEvent, board: &HtmlElement) {
        // The name is valid.
        let _ = board.set_attribute(USED_BY_POINTER, "");
        let is_editing_text = self.source.with_value(|source| source.is_editing_text());
        if event.pointer_type() != "mouse" && !is_editing_text {
            // An element on the page can have the focus.
            let _ = board.focus();
        }
    }
}

/// Keeps the browser from doing something of its own.
fn prevent_default(event: &Event) {
    if event.cancelable() {
        event.prevent_default();
    }
}
