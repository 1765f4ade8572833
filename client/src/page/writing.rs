//! The text field that takes keys for a text on the board.
//!
//! It lies unseen over the text, which the canvas paints, so that input methods,
//! screen keyboards and screen readers find a real field in the right place. What its
//! content means is the editor's business; it knows only which version it took over.

mod place;

use std::cell::Cell;
use std::rc::Rc;

use editor::typing::is_for_editor;
use editor::{InputEvent, Modifiers, TypingView};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use leptos::html::Textarea;
use leptos::prelude::*;
use shared::id::ElementId;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusEvent, HtmlTextAreaElement, KeyboardEvent};

use self::place::place;
use super::keyboard;
use crate::session::Session;

/// Controls that change the text while it is written; the field stays open.
const COMPANIONS: &str = "[data-with-text]";
/// What Tab types: a tab's width would be another one in each typeface.
const INDENT: &str = "    ";
/// What presses on the text go to.
const BOARD: &str = "main.board";

/// The field, while something is written on.
#[component]
pub(crate) fn Writing() -> impl IntoView {
    let typing = Session::from_context().signals().typing;
    let id = Memo::new(move |_| typing.with(|view| view.as_ref().map(|view| view.id)));
    view! {
        <section class="writing" aria-label="Writing">
            {move || id.get().map(|id| view! { <Field id /> })}
        </section>
    }
}

/// What the field remembers between events.
#[derive(Debug)]
struct Memory {
    id: ElementId,
    /// The version that it took over last.
    version: Cell<Option<u32>>,
    composing: Cell<bool>,
}

#[component]
fn Field(
    /// The element that is written on.
    id: ElementId,
) -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let node = NodeRef::<Textarea>::new();
    let memory = Rc::new(Memory {
        id,
        version: Cell::new(None),
        composing: Cell::new(false),
    });
    let taking = Rc::clone(&memory);
    Effect::new(move || {
        if let (Some(field), Some(view)) = (node.get(), signals.typing.get()) {
            take_over(&field, &view, &taking);
        }
    });
    let is_name = signals
        .typing
        .with_untracked(|view| view.as_ref().is_some_and(|view| view.is_name));
    let tell = {
        let memory = Rc::clone(&memory);
        move || {
            if let Some(field) = on_page(node) {
                session.input(InputEvent::Typed(state(&field, &memory)));
            }
        }
    };
    follow_caret(node, tell.clone());
    keep_focus(session, id);
    take_focus_back(session, id, node);
    keyboard::give_back_from(".writing");
    let compose = {
        let tell = tell.clone();
        move |on: bool| {
            memory.composing.set(on);
            tell();
        }
    };
    let (begin, end) = (compose.clone(), compose);
    let tell_first = tell.clone();
    view! {
        <textarea
            class="writing-field"
            aria-label=if is_name { "Name of the frame" } else { "Text" }
            autocomplete="off"
            rows="1"
            style=move || {
                signals.typing.with(|view| view.as_ref().map(|view| place(view, &signals.camera.get())))
            }
            node_ref=node
            on:input=move |_| tell()
            on:compositionstart=move |_| begin(true)
            on:compositionend=move |_| end(false)
            on:keydown=move |event| key_down(session, &tell_first, &event)
            on:blur=move |event| left(session, id, node, &event)
        />
    }
}

/// Puts content and caret into the field, if there are newer ones.
fn take_over(field: &HtmlTextAreaElement, view: &TypingView, memory: &Memory) {
    let is_new = memory.version.get().is_none();
    if view.id != memory.id || memory.version.get() == Some(view.version) {
        return;
    }
    memory.version.set(Some(view.version));
    if field.value() != view.value {
        field.set_value(&view.value);
    }
    let (start, end) = view.range;
    let direction = if view.backward { "backward" } else { "forward" };
    // Fails for no field that holds text.
    let _ = field.set_selection_range_with_direction(start, end, direction);
    if is_new {
        focus(field);
    }
}

/// The field, unless it is gone: a field that is taken off the page loses the focus, and
/// ends what an input method composes, after its signals have gone.
fn on_page(node: NodeRef<Textarea>) -> Option<HtmlTextAreaElement> {
    node.try_get_untracked().flatten()
}

fn focus(field: &HtmlTextAreaElement) {
    // It may be gone already; then nobody types into it.
    let _ = field.focus();
}

/// What the field holds.
fn state(field: &HtmlTextAreaElement, memory: &Memory) -> editor::FieldState {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    editor::FieldState {
        id: memory.id,
        version: memory.version.get().unwrap_or_default(),
        value: field.value(),
        range: (place(field.selection_start()), place(field.selection_end())),
        composing: memory.composing.get(),
    }
}

/// The caret moves by keys of the field's own, which only the document tells of.
fn follow_caret(node: NodeRef<Textarea>, tell: impl Fn() + 'static) {
    let listener = EventListener::new(&document(), "selectionchange", move |_| {
        let active = document().active_element();
        let field = on_page(node);
        if field.is_some_and(|field| active.as_ref() == Some(field.as_ref())) {
            tell();
        }
    });
    StoredValue::new_local(listener);
}

/// A press on the text that is written into must not take the keyboard away. The editor
/// has dealt with it by now: pointer events come before those of the mouse.
fn keep_focus(session: Session, id: ElementId) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener =
        EventListener::new_with_options(&document(), "mousedown", options, move |event| {
            let target = event.target().and_then(|target| target.dyn_into().ok());
            let on_board = |target: Element| is_within(&target, BOARD);
            if target.is_some_and(on_board) && session.writes_on() == Some(id) {
                event.prevent_default();
            }
        });
    StoredValue::new_local(listener);
}

/// A press on the text gives the keyboard back, if a slider beside it had taken it.
fn take_focus_back(session: Session, id: ElementId, node: NodeRef<Textarea>) {
    let listener = EventListener::new(&document(), "pointerdown", move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let on_board = target.is_some_and(|target: Element| is_within(&target, BOARD));
        if on_board
            && session.writes_on() == Some(id)
            && let Some(field) = on_page(node)
        {
            focus(&field);
        }
    });
    StoredValue::new_local(listener);
}

fn is_within(target: &Element, selector: &str) -> bool {
    target.closest(selector).ok().flatten().is_some()
}

fn key_down(session: Session, tell: &dyn Fn(), event: &KeyboardEvent) {
    // An input method uses keys itself while it composes.
    if event.is_composing() {
        return;
    }
    let key = keyboard::key(event);
    if key.key == "Tab" {
        // It would lead out of the text in the middle of a sentence; Escape is the way out.
        event.prevent_default();
        let is_plain = key.modifiers == Modifiers::default();
        if let Some(field) = event.target().and_then(|it| it.dyn_into().ok())
            && is_plain
        {
            indent(&field);
            tell();
        }
    } else if is_for_editor(&key) {
        // What is prevented here is not heard again by the page.
        event.prevent_default();
        // The browser may not have said yet where an earlier key moved the caret.
        tell();
        session.input(InputEvent::KeyDown(key));
    }
}

/// Puts an indentation where the caret is.
fn indent(field: &HtmlTextAreaElement) {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    let (start, end) = (place(field.selection_start()), place(field.selection_end()));
    // Fails only for places that are not in the text.
    let _ = field.set_range_text_with_start_and_end_and_mode(INDENT, start, end, "end");
}

/// The field lost the keyboard. A press on the text itself gives it back; a control that
/// has nothing to do with text ends the writing.
fn left(session: Session, id: ElementId, node: NodeRef<Textarea>, event: &FocusEvent) {
    let to = event.related_target();
    let to = to.and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |selector| to.as_ref().is_some_and(|to| is_within(to, selector));
    if is_in(COMPANIONS) {
        return;
    }
    let on_board = to.is_none() || is_in(BOARD);
    // The browser has not finished moving the focus, and what took it may be the press
    // that the editor deals with.
    Timeout::new(0, move || {
        if session.writes_on() != Some(id) {
            return;
        }
        match on_page(node) {
            Some(field) if on_board => focus(&field),
            _ => session.input(InputEvent::TypingEnded),
        }
    })
    .forget();
}
