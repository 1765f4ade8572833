//! The context menu: commands for the selection or for the board.

use editor::Command;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::{ev, html, wasm_bindgen::JsCast, web_sys};
use shared::geometry::ScreenPoint;

use super::icon::{Icon, IconName};
use super::platform::Platform;
use super::roving::{Arrows, rove};

/// The least distance from the edges of the window, in CSS pixels.
const MARGIN_PX: f64 = 8.0;

/// One entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MenuItem {
    /// The command.
    pub(crate) command: &'static Command,
    /// The icon in place of the label, in a part whose entries are in a row.
    pub(crate) icon: Option<IconName>,
    /// Why the command is not available now, if it is not.
    pub(crate) refusal: Option<&'static str>,
}

/// A group of entries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MenuPart {
    /// The name of the group.
    pub(crate) name: &'static str,
    /// A sentence above its entries.
    pub(crate) note: Option<String>,
    /// Whether an entry with its name shows the others when it is pressed.
    pub(crate) is_folded: bool,
    /// Its entries.
    pub(crate) items: Vec<MenuItem>,
}

/// The menu, while it is open.
#[component]
pub(crate) fn ContextMenu(
    /// Where it is open, in CSS pixels of the window.
    #[prop(into)]
    at: Signal<Option<ScreenPoint>>,
    /// The entries, when the menu opens.
    #[prop(into)]
    parts: Callback<(), Vec<MenuPart>>,
    /// A command was chosen. The menu is closed by then.
    #[prop(into)]
    on_run: Callback<&'static Command>,
    /// The menu must close.
    #[prop(into)]
    on_close: Callback<()>,
    /// The keyboard whose key labels the shortcuts show.
    platform: Platform,
) -> impl IntoView {
    move || {
        at.get().map(|at| {
            let parts = parts.run(());
            view! { <OpenMenu at parts on_run on_close platform /> }
        })
    }
}

/// The open menu, with a layer behind it that closes it.
#[component]
fn OpenMenu(
    at: ScreenPoint,
    parts: Vec<MenuPart>,
    on_run: Callback<&'static Command>,
    on_close: Callback<()>,
    platform: Platform,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let place = RwSignal::new((at.x, at.y));
    restore_focus();
    Effect::new(move || {
        let Some(menu) = menu.get() else { return };
        place.set(fitted(at, &menu));
        let first = menu.query_selector(".roving").ok().flatten();
        let first = first.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok());
        // The press that opened the menu gives the focus to the board after this.
        request_animation_frame(move || {
            if let Some(first) = first {
                // The menu can be closed again by then.
                let _ = first.focus();
            }
        });
    });
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" | "Tab" => {
            event.prevent_default();
            on_close.run(());
        }
        _ => {
            if let Some(menu) = menu.get_untracked() {
                rove(&event, &menu, Arrows::Focus);
            }
        }
    };
    let choose = Callback::new(move |item: MenuItem| {
        if item.refusal.is_none() {
            on_close.run(());
            on_run.run(item.command);
        }
    });
    let on_unfold = Callback::new(move |()| {
        // The entries are on the page by the next frame.
        request_animation_frame(move || {
            if let Some(menu) = menu.try_get_untracked().flatten() {
                place.set(fitted(at, &menu));
            }
        });
    });
    let quiet = |event: ev::MouseEvent| event.prevent_default();
    view! {
        <section class="menu-layer" aria-label="Board menu">
            <div class="menu-backdrop" on:pointerdown=move |_| on_close.run(()) on:contextmenu=quiet />
            <div
                class="menu context-menu"
                role="menu"
                aria-label="Board menu"
                tabindex="-1"
                node_ref=menu
                style:left=move || format!("{:.2}px", place.get().0)
                style:top=move || format!("{:.2}px", place.get().1)
                on:keydown=on_key
                on:contextmenu=quiet
            >
                {parts
                    .into_iter()
                    .map(|part| view! { <Part part choose on_unfold platform /> })
                    .collect_view()}
            </div>
        </section>
    }
}

/// A group of entries, with a line above it.
#[component]
fn Part(
    part: MenuPart,
    choose: Callback<MenuItem>,
    /// The entries were shown.
    on_unfold: Callback<()>,
    platform: Platform,
) -> impl IntoView {
    let side_by_side = part.items.iter().all(|item| item.icon.is_some());
    let is_open = RwSignal::new(!part.is_folded);
    let fold = part.is_folded.then(|| {
        let toggle = move |_| {
            is_open.update(|is_open| *is_open = !*is_open);
            on_unfold.run(());
        };
        view! {
            <button
                class="menu-entry menu-fold roving"
                type="button"
                role="menuitem"
                tabindex="-1"
                aria-expanded=move || is_open.get().to_string()
                on:click=toggle
            >
                <span class="menu-label">{part.name}</span>
                <Icon name=IconName::ChevronDown />
            </button>
        }
    });
    let items = StoredValue::new(part.items);
    view! {
        <div
            class="menu-part"
            role="group"
            aria-label=part.name
            data-row=side_by_side.to_string()
        >
            {part.note.map(|note| view! { <p class="menu-note">{note}</p> })}
            {fold}
            {move || {
                let items = if is_open.get() { items.get_value() } else { Vec::new() };
                items
                    .into_iter()
                    .map(|item| view! { <Entry item choose platform /> })
                    .collect_view()
            }}
        </div>
    }
}

/// An entry.
#[component]
fn Entry(item: MenuItem, choose: Callback<MenuItem>, platform: Platform) -> impl IntoView {
    let words = match item.icon {
        Some(icon) => Either::Left(view! { <Icon name=icon /> }),
        None => {
            let keys = platform.words(item.command.shortcut());
            Either::Right(view! {
                <span class="menu-label">{item.command.label}</span>
                <kbd class="menu-key" aria-hidden="true">{keys}</kbd>
            })
        }
    };
    view! {
        <button
            class="menu-entry roving"
            type="button"
            role="menuitem"
            tabindex="-1"
            aria-label=item.icon.map(|_| item.command.label)
            aria-disabled=item.refusal.map(|_| "true")
            title=item.refusal.or(item.icon.map(|_| item.command.label))
            on:click=move |_| choose.run(item)
        >
            {words}
        </button>
    }
}

/// A position near `at` where the whole menu is in the window.
fn fitted(at: ScreenPoint, menu: &web_sys::HtmlElement) -> (f64, f64) {
    let side = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64());
    let box_ = menu.get_bounding_client_rect();
    let fit = |at: f64, length: f64, window: Option<f64>| {
        let most = window.unwrap_or(f64::MAX) - length - MARGIN_PX;
        at.min(most).max(MARGIN_PX)
    };
    (
        fit(at.x, box_.width(), side(window().inner_width())),
        fit(at.y, box_.height(), side(window().inner_height())),
    )
}

/// When the current owner ends, the focus returns to the element that has it now.
pub(super) fn restore_focus() {
    let before = document().active_element();
    let before = before.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    let before = StoredValue::new_local(before);
    on_cleanup(move || {
        if let Some(before) = before.get_value() {
            // The element can be gone. Then the page has the focus.
            let _ = before.focus();
        }
    });
}
