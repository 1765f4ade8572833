//! The toolbar and the style panel.

use editor::{Availability, Command, StyleView, ToolKind};
use leptos::prelude::*;
use leptos::{ev, html};

use super::eyedropper::Eyedropper;
use super::state::PageState;
use crate::session::Session;
use crate::size_watch::SizeWatch;
use crate::ui::{ColorTarget, SelectionBar, StylePanel, StyleToggle, Toolbar, Tools};

/// Screens of which the style panel covers much. It is closed there at first.
const NARROW_SCREEN: &str = "(max-width: 48rem)";

fn is_narrow() -> bool {
    let narrow = window().match_media(NARROW_SCREEN).ok().flatten();
    narrow.is_some_and(|query| query.matches())
}

/// What the person does, as far as it decides about the style panel.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Activity {
    tool: ToolKind,
    is_drawing: bool,
    is_writing: bool,
}

impl Activity {
    /// Whether the panel is in the way of what begins now.
    fn needs_room(self, before: Self) -> bool {
        let draws = self.is_drawing && !before.is_drawing;
        let writes = self.is_writing && !before.is_writing;
        draws || writes || self.tool != before.tool
    }
}

/// Closes the style panel of a narrow screen when another tool is picked, and when drawing or
/// writing begins.
fn close_for_work(open: RwSignal<bool>) {
    let signals = Session::from_context().editor_signals();
    Effect::new(move |before: Option<Activity>| {
        let activity = Activity {
            tool: signals.tool.get(),
            is_drawing: signals.is_busy.get(),
            is_writing: signals.typing.with(Option::is_some),
        };
        if before.is_some_and(|before| activity.needs_room(before)) && is_narrow() {
            open.set(false);
        }
        activity
    });
}

/// Tells the editor how much of a narrow screen the panel covers while it is open, so that a text
/// is written above it. The place changes with the size of the window and with that of the panel.
fn keep_text_uncovered(is_shown: Memo<bool>, panel: NodeRef<html::Section>) {
    let session = Session::from_context();
    let measure = move || {
        let panel = panel.get_untracked();
        let panel = panel.filter(|panel| panel.is_connected() && is_narrow());
        session.set_covered_from(panel.map(|panel| panel.get_bounding_client_rect().top()));
    };
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    Effect::new(move |_: Option<Option<SizeWatch>>| {
        let shown = panel.get().filter(|_| is_shown.get());
        if shown.is_none() {
            session.set_covered_from(None);
        }
        shown.map(|panel| SizeWatch::new(&panel, move |_, _| measure()))
    });
}

/// The toolbar, and the style panel that one of its buttons opens.
#[component]
pub(crate) fn ToolControls() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.editor_signals();
    let board = session.board_signals();
    let open = RwSignal::new(!is_narrow());
    // All tools are shown until the server says that this person may only look.
    let may_draw = Signal::derive(move || board.may_draw());
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
        on_image: Callback::new(move |()| session.run(Command::INSERT_IMAGE)),
    };
    let style = signals.style;
    let has_options = Memo::new(move |_| {
        may_draw.get()
            && (style.get() != StyleView::NOTHING || signals.tool.get() == ToolKind::Eraser)
    });
    let is_shown = Memo::new(move |_| has_options.get() && open.get());
    close_for_work(open);
    let panel = NodeRef::new();
    keep_text_uncovered(is_shown, panel);
    let has_bar = Memo::new(move |_| {
        let is_idle = !signals.is_busy.get() && signals.typing.with(Option::is_none);
        may_draw.get() && signals.selected.get() > 0 && is_idle && !is_shown.get()
    });
    let is_ready = move |command| {
        signals.selection_revision.track();
        session.availability(command) == Availability::Ready
    };
    let menu_at = PageState::from_context().panels.menu_at;
    view! {
        <Show when=move || is_shown.get()>
            <StyleControls panel />
        </Show>
        <Show when=move || has_bar.get()>
            <SelectionBar
                is_ready
                on_run=move |command| session.run(command)
                on_more=move |at| menu_at.set(Some(at))
            />
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
fn StyleControls(
    /// The panel on the page.
    panel: NodeRef<html::Section>,
) -> impl IntoView {
    let session = Session::from_context();
    let signals = session.editor_signals();
    let picking = RwSignal::new(None);
    view! {
        <StylePanel
            panel
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panel_makes_room_when_work_begins() {
        let idle = Activity {
            tool: ToolKind::Pen,
            is_drawing: false,
            is_writing: false,
        };
        let drawing = Activity {
            is_drawing: true,
            ..idle
        };
        let writing = Activity {
            is_writing: true,
            ..idle
        };
        let switched = Activity {
            tool: ToolKind::Eraser,
            ..idle
        };
        for begun in [drawing, writing, switched] {
            assert!(begun.needs_room(idle));
            assert!(!begun.needs_room(begun), "it may be opened meanwhile");
        }
        assert!(!idle.needs_room(drawing) && !idle.needs_room(writing));
    }
}
