//! The toolbar and the style panel, tied to the session.

use editor::{Action, StyleView, ToolKind};
use leptos::prelude::*;
use shared::protocol::Role;

use super::eyedropper::Eyedropper;
use crate::session::{Session, Signals};
use crate::ui::{StylePanel, StyleToggle, Toolbar, Tools};

/// Screens on which the style panel covers much, so that it waits to be opened.
const NARROW: &str = "(max-width: 48rem)";

/// Whether this person may draw, as far as is known: a viewer is offered
/// everything once it is known that they may.
fn may_draw(signals: Signals) -> Signal<bool> {
    Signal::derive(move || signals.role.get().is_none_or(Role::may_draw))
}

/// Whether the style panel is to be shown at once.
fn begins_open() -> bool {
    let narrow = window().match_media(NARROW).ok().flatten();
    !narrow.is_some_and(|query| query.matches())
}

/// The pill of tools, and the style panel that one of its buttons opens.
#[component]
pub(crate) fn ToolPill() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let open = RwSignal::new(begins_open());
    let may_draw = may_draw(signals);
    let active = Signal::derive(move || {
        if may_draw.get() {
            signals.tool.get()
        } else {
            ToolKind::Hand
        }
    });
    let tools = Tools {
        active,
        on_pick: Callback::new(move |tool| session.pick(tool)),
        may_draw,
        locked: Signal::derive(move || signals.prefs.with(|prefs| prefs.tool_lock)),
        on_lock: Callback::new(move |()| session.run(Action::ToggleToolLock)),
    };
    let style = signals.style;
    let has_options = Memo::new(move |_| {
        may_draw.get()
            && (style.get() != StyleView::NOTHING || signals.tool.get() == ToolKind::Eraser)
    });
    view! {
        <Show when=move || has_options.get() && open.get()>
            <Options />
        </Show>
        <Toolbar tools>
            <StyleToggle
                style
                open
                enabled=has_options
                on_toggle=move |()| open.update(|open| *open = !*open)
            />
        </Toolbar>
    }
}

/// The style panel.
#[component]
fn Options() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let picking = RwSignal::new(false);
    view! {
        <StylePanel
            style=signals.style
            on_change=move |change| session.restyle(change)
            on_mark=move |action| session.run(action)
            on_pick_color=move |()| picking.set(true)
            tool=signals.tool
            prefs=signals.prefs
            on_prefs=move |prefs| session.set_prefs(prefs)
        />
        <Eyedropper picking on_color=move |color| session.restyle(editor::StyleChange::Color(color)) />
    }
}
