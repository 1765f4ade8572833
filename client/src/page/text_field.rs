//! The field for the text that is being edited on the board.
//!
//! The canvas paints the text; the field lies above it and is transparent. So input methods,
//! screen keyboards and screen readers find a real field in the right place. The editor owns
//! the text; the field remembers the version that it shows.

mod placement;

use std::cell::Cell;
use std::rc::Rc;

use editor::{InputEvent, Key, Modifiers, TypingView};
use editor::{deleted_range, is_for_editor};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use leptos::html::Textarea;
use leptos::prelude::*;
use shared::id::ElementId;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusEvent, HtmlTextAreaElement, KeyboardEvent};

use self::placement::css_placement;
use super::keyboard;
use crate::session::Session;

/// Controls that change the text while it is being edited. The field stays open for them.
const TEXT_CONTROLS: &str = "[data-with-text]";
/// The text that Tab inserts. A tab character would have another width in each typeface.
const INDENT: &str = "    ";
/// The board, which gets the presses on the text.
const BOARD: &str = "main.board";

/// The field, while a text is being edited.
#[component]
pub(crate) fn TextField() -> impl IntoView {
    let typing = Session::from_context().editor_signals().typing;
    let id = Memo::new(move |_| typing.with(|view| view.as_ref().map(|view| view.id)));
    view! {
        <section class="text-editing" aria-label="Writing">
            {move || id.get().map(|id| view! { <Field id /> })}
        </section>
    }
}

/// What the field remembers between events.
#[derive(Debug)]
struct FieldMemory {
    id: ElementId,
    /// The version of the text that the field has.
    version: Cell<Option<u32>>,
    /// Whether an input method is composing.
    composing: Cell<bool>,
}

#[component]
fn Field(
    /// The element whose text is being edited.
    id: ElementId,
) -> impl IntoView {
    let session = Session::from_context();
    let signals = session.editor_signals();
    let node = NodeRef::<Textarea>::new();
    let memory = Rc::new(FieldMemory {
        id,
        version: Cell::new(None),
        composing: Cell::new(false),
    });
    let taking = Rc::clone(&memory);
    Effect::new(move || {
        if let (Some(field), Some(view)) = (node.get(), signals.typing.get()) {
            update_field(&field, &view, &taking);
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
    keyboard::return_focus_from(".text-editing");
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
            class="text-field"
            aria-label=if is_name { "Name of the frame" } else { "Text" }
            autocomplete="off"
            dir="auto"
            rows="1"
            style=move || {
                signals.typing.with(|view| view.as_ref().map(|view| css_placement(view, &signals.camera.get())))
            }
            node_ref=node
            on:input=move |_| tell()
            on:compositionstart=move |_| begin(true)
            on:compositionend=move |_| end(false)
            on:keydown=move |event| key_down(session, &tell_first, &event)
            on:blur=move |event| on_blur(session, id, node, &event)
        />
    }
}

/// Puts a newer version of text and caret into the field.
fn update_field(field: &HtmlTextAreaElement, view: &TypingView, memory: &FieldMemory) {
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
    // Never fails for a field with text.
    let _ = field.set_selection_range_with_direction(start, end, direction);
    if is_new {
        focus(field);
    }
}

/// The field, unless it is gone. A field that is removed from the page loses the focus, and ends
/// the composition of an input method, after its signals are gone.
fn on_page(node: NodeRef<Textarea>) -> Option<HtmlTextAreaElement> {
    node.try_get_untracked().flatten()
}

fn focus(field: &HtmlTextAreaElement) {
    // The field can be gone already.
    let _ = field.focus();
}

/// The content of the field.
fn state(field: &HtmlTextAreaElement, memory: &FieldMemory) -> editor::FieldState {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    editor::FieldState {
        id: memory.id,
        version: memory.version.get().unwrap_or_default(),
        value: field.value(),
        range: (place(field.selection_start()), place(field.selection_end())),
        composing: memory.composing.get(),
    }
}

/// Follows the caret of the field. Only the document has an event for that.
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

/// A press on the text that is being edited must not take the focus away. The editor has handled
/// it by now: pointer events come before mouse events.
fn keep_focus(session: Session, id: ElementId) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener =
        EventListener::new_with_options(&document(), "mousedown", options, move |event| {
            let target = event.target().and_then(|target| target.dyn_into().ok());
            let on_board = |target: Element| is_within(&target, BOARD);
            if target.is_some_and(on_board) && session.edited_text() == Some(id) {
                event.prevent_default();
            }
        });
    StoredValue::new_local(listener);
}

/// A press on the text takes the focus back from a slider of the style panel.
fn take_focus_back(session: Session, id: ElementId, node: NodeRef<Textarea>) {
    let listener = EventListener::new(&document(), "pointerdown", move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let on_board = target.is_some_and(|target: Element| is_within(&target, BOARD));
        if on_board
            && session.edited_text() == Some(id)
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
    // An input method uses the keys while it composes.
    if event.is_composing() {
        return;
    }
    let key = keyboard::key(event);
    if key.key == "Tab" {
        // Tab must not leave the text in the middle of a sentence. Escape leaves it.
        event.prevent_default();
        let is_plain = key.modifiers == Modifiers::default();
        if let Some(field) = event.target().and_then(|it| it.dyn_into().ok())
            && is_plain
        {
            indent(&field);
            tell();
        }
        return;
    }
    let Some(field): Option<HtmlTextAreaElement> = event.target().and_then(|it| it.dyn_into().ok())
    else {
        return;
    };
    if is_for_editor(&key, &field.value()) {
        // The page ignores events whose default is prevented.
        event.prevent_default();
        // An earlier key may have moved the caret without an event so far.
        tell();
        session.input(InputEvent::KeyDown(key));
    } else {
        mark_deleted(&key, &field);
    }
}

/// Marks the cluster that a key deletes. The browser deletes the marked text.
fn mark_deleted(key: &Key, field: &HtmlTextAreaElement) {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    let (start, end) = (place(field.selection_start()), place(field.selection_end()));
    let deleted = deleted_range(key, &field.value(), start).filter(|_| start == end);
    if let Some((from, to)) = deleted {
        // Never fails for positions in the text.
        let _ = field.set_selection_range(from, to);
    }
}

/// Inserts an indentation at the caret.
fn indent(field: &HtmlTextAreaElement) {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    let (start, end) = (place(field.selection_start()), place(field.selection_end()));
    // Fails only for positions that are not in the text.
    let _ = field.set_range_text_with_start_and_end_and_mode(INDENT, start, end, "end");
}

/// The field lost the focus. After a press on the text it gets the focus back; a control that has
/// nothing to do with text ends the editing.
fn on_blur(session: Session, id: ElementId, node: NodeRef<Textarea>, event: &FocusEvent) {
    let to = event.related_target();
    let to = to.and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |selector| to.as_ref().is_some_and(|to| is_within(to, selector));
    if is_in(TEXT_CONTROLS) {
        return;
    }
    let on_board = to.is_none() || is_in(BOARD);
    // The browser has not finished moving the focus, and the editor may still have to handle
    // the press that took it.
    Timeout::new(0, move || {
        if session.edited_text() != Some(id) {
            return;
        }
        match on_page(node) {
            Some(field) if on_board => focus(&field),
            _ => session.input(InputEvent::TypingEnded),
        }
    })
    .forget();
}
