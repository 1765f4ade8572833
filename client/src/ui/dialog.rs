//! Modal dialogs, on the browser's own `<dialog>`.
//!
//! The browser keeps the focus inside, closes on Escape and restores the focus afterwards.

use leptos::prelude::*;
use leptos::{ev, html, wasm_bindgen::JsCast, web_sys};

use super::{button::IconButton, icon::IconName};

/// A modal dialog. Its content is created when it opens.
#[component]
pub(crate) fn Dialog(
    /// The accessible name.
    label: &'static str,
    /// The name of the dialog in the style sheet.
    kind: &'static str,
    /// Whether the dialog is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The person closed the dialog.
    #[prop(into)]
    on_close: Callback<()>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let shell = NodeRef::<html::Dialog>::new();
    let children = StoredValue::new(children);
    Effect::new(move || {
        let Some(shell) = shell.get() else { return };
        match (open.get(), shell.open()) {
            (true, false) => {
                // Fails only for a dialog outside of the page. The next change tries again.
                let _ = shell.show_modal();
            }
            (false, true) => shell.close(),
            (true, true) | (false, false) => {}
        }
    });
    let on_click = move |event: ev::MouseEvent| {
        // The target of a press on the backdrop is the dialog; the content is in the body.
        let target = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlDialogElement>().ok());
        if target.is_some() {
            on_close.run(());
        }
    };
    view! {
        <dialog
            class="dialog"
            role="dialog"
            aria-modal="true"
            aria-label=label
            data-kind=kind
            node_ref=shell
            on:close=move |_| on_close.run(())
            on:click=on_click
        >
            <div class="dialog-body">
                <Show when=move || open.get()>{children.with_value(|children| children())}</Show>
            </div>
        </dialog>
    }
}

/// A modal dialog with a heading and a close button.
#[component]
pub(crate) fn Modal(
    /// The heading, and the dialog's accessible name.
    title: &'static str,
    /// The name of the dialog in the style sheet.
    kind: &'static str,
    /// Whether the dialog is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The person closed the dialog.
    #[prop(into)]
    on_close: Callback<()>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Dialog label=title kind open on_close>
            <header class="dialog-head">
                <h2 class="dialog-title">{title}</h2>
                <IconButton icon=IconName::Close label="Close" on_press=on_close />
            </header>
            {children.with_value(|children| children())}
        </Dialog>
    }
}
