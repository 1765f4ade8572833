//! The outline: the elements on the board as a list, in reading order.

use leptos::html;
use leptos::prelude::*;
use shared::id::ElementId;

use super::button::IconButton;
use super::icon::IconName;
use super::roving::{Arrows, rove};
use crate::view_model::OutlineEntry;

/// The panel with the list.
#[component]
pub(crate) fn OutlinePanel(
    /// The elements, up to the length of the list.
    #[prop(into)]
    entries: Signal<Vec<OutlineEntry>>,
    /// Number of elements that the list leaves out.
    #[prop(into)]
    more: Signal<usize>,
    /// An entry was chosen: its elements must be selected and scrolled into view.
    #[prop(into)]
    on_choose: Callback<Vec<ElementId>>,
    /// The panel must close.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let list = NodeRef::<html::Ol>::new();
    let on_key = move |event| {
        if let Some(list) = list.get_untracked() {
            rove(&event, &list, Arrows::Focus);
        }
    };
    let stop = tab_stop(entries);
    let row = move |entry: OutlineEntry| {
        let OutlineEntry {
            ids,
            kind,
            text,
            author,
        } = entry;
        let first = ids.first().copied();
        view! {
            <li>
                <button
                    class="outline-entry roving"
                    type="button"
                    tabindex=move || if stop.at.get() == first { "0" } else { "-1" }
                    on:focus=move |_| stop.last.set(first)
                    on:click=move |_| on_choose.run(ids.clone())
                >
                    <span class="outline-kind">{kind}</span>
                    <span class="outline-text">{text}</span>
                    <span class="outline-author">{author}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="outline" aria-label="Outline">
            <header class="outline-head">
                <h2 class="outline-title">"Outline"</h2>
                <IconButton icon=IconName::Close label="Close outline" on_press=on_close />
            </header>
            <Show
                when=move || !entries.with(Vec::is_empty)
                fallback=|| view! { <p class="outline-none">"Nothing on the board yet."</p> }
            >
                <ol class="outline-list" node_ref=list on:keydown=on_key>
                    <For each=move || entries.get() key=OutlineEntry::clone children=row />
                </ol>
            </Show>
            <Show when=move || more.get() != 0>
                <p class="outline-none">{move || format!("and {} more", more.get())}</p>
            </Show>
        </section>
    }
}

/// The row that the Tab key focuses.
#[derive(Clone, Copy)]
struct TabStop {
    /// The row that had the focus last.
    last: RwSignal<Option<ElementId>>,
    /// That row, or the first if it is gone.
    at: Memo<Option<ElementId>>,
}

/// The list is a single stop for the Tab key. Arrow keys move within it.
fn tab_stop(entries: Signal<Vec<OutlineEntry>>) -> TabStop {
    let last = RwSignal::new(None);
    let at = Memo::new(move |_| {
        let last = last.get();
        entries.with(|all| {
            let first_of = |entry: &OutlineEntry| entry.ids.first().copied();
            let kept = last.filter(|_| all.iter().any(|entry| first_of(entry) == last));
            kept.or_else(|| all.first().and_then(first_of))
        })
    });
    TabStop { last, at }
}
