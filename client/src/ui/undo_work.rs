//! The dialog by which an owner undoes what a person did.

use leptos::prelude::*;

use super::dialog::Modal;

/// How much of a person's work is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkChoice {
    /// What the person did in the tabs that are open.
    SinceTheyCame,
    /// All of it.
    All,
}

/// The dialog. It is open while there is a name.
#[component]
pub(crate) fn UndoWorkDialog(
    /// The name of the person.
    #[prop(into)]
    name: Signal<Option<String>>,
    /// Whether the person is on the board.
    #[prop(into)]
    is_here: Signal<bool>,
    /// The owner chose how much to undo.
    #[prop(into)]
    on_undo: Callback<WorkChoice>,
    /// The owner closed the dialog.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let open = Signal::derive(move || name.with(Option::is_some));
    let words = move || {
        let name = name.get().unwrap_or_default();
        format!(
            "What {name} drew is removed, and what {name} changed or deleted becomes what it was. \
             Later changes by others stay. You can undo this."
        )
    };
    view! {
        <Modal title="Undo a person's work" kind="undo-work" open on_close>
            <p class="share-hint" dir="auto">{words}</p>
            <div class="undo-work-actions">
                <Show when=move || is_here.get()>
                    <button
                        class="button-small"
                        type="button"
                        on:click=move |_| on_undo.run(WorkChoice::SinceTheyCame)
                    >
                        "Undo since they came"
                    </button>
                </Show>
                <button class="button-small" type="button" on:click=move |_| on_undo.run(WorkChoice::All)>
                    "Undo all of it"
                </button>
            </div>
        </Modal>
    }
}
