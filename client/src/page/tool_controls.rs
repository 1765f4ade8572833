//! The toolbar and the style panel.

use editor::{Command, StyleView, ToolKind};
use leptos::prelude::*;
use shared::protocol::Role;

use super::eyedropper::Eyedropper;
use crate::session::Session;
use crate::ui::{ColorTarget, StylePanel, StyleToggle, Toolbar, Tools};

/// Screens of which the style panel covers much. It is closed there at first.
const NARROW_SCREEN: &str = "(max-width: 48rem)";

/// Whether the style panel is open at first.
fn is_open_at_first() -> bool {
    let narrow = window().match_media(NARROW_SCREEN).ok().flatten();
    !narrow.is_some_and(|query| query.matches())
}

/// The toolbar, and the style panel that one of its buttons opens.
#[component]
pub(crate) fn ToolControls() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.editor_signals();
    let role = session.board_signals().role;
    let open = RwSignal::new(is_open_at_first());
    // All tools are shown until the server says that this person may only look.
    let may_draw = Signal::derive(move || role.get().is_none_or(Role::may_draw));
    let active = Signal::derive(move || {
        if may_draw.get() {
            signals.tool.get()
        } else {
            ToolKind::Hand
        }
    });
    let tools = Tools {
        active,
        on_pick: Callback::new(move |tool| session.run(Command::pick(tool))),
        may_draw,
        locked: Signal::derive(move || signals.prefs.with(|prefs| prefs.tool_lock)),
        on_lock: Callback::new(move |()| session.run(Command::TOGGLE_TOOL_LOCK)),
    };
    let style = signals.style;
    let has_options = Memo::new(move |_| {
        may_draw.get()
            && (style.get() != StyleView::NOTHING || signals.tool.get() == ToolKind::Eraser)
    });
    view! {
        <Show when=move || has_options.get() && open.get()>
            <StyleControls />
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

/// The style panel and the eyedropper that one of its buttons starts.
#[component]
fn StyleControls() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.editor_signals();
    let picking = RwSignal::new(None);
    view! {
        <StylePanel
            style=signals.style
            on_change=move |change| session.restyle(change)
            on_emphasis=move |command| session.run(command)
            on_pick_color=move |target| picking.set(Some(target))
            tool=signals.tool
            prefs=signals.prefs
            on_prefs=move |prefs| session.set_prefs(prefs)
        />
        <Eyedropper picking on_color=move |(target, color): (ColorTarget, _)| session.restyle(target.change(color)) />
    }
}
