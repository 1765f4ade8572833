//! The controls around the board, each tied to its signal and its intent.

use editor::ToolKind;
use leptos::prelude::*;
use shared::model::{Brush, Color, WidthStep};
use shared::protocol::Role;
use wasm_bindgen_futures::spawn_local;

use super::creation::{create, go_to};
use crate::session::Session;
use crate::ui::{
    BoardTitle, HelpButton, HistoryControls, InkKind, MainMenu, MenuCommand, PeopleList,
    ShareButton, StatusPill, StylePanel, StyleToggle, ToastTone, Toolbar, ZoomControls,
};

/// Menu and title at the left, people and sharing at the right.
#[component]
pub fn TopRow() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let may_rename = Signal::derive(move || signals.role.get().is_some_and(Role::may_draw));
    let (menu, title, people) = (session.clone(), session.clone(), session);
    view! {
        <div class="board-top">
            <div class="board-top-start">
                <div class="island">
                    <MainMenu theme=signals.theme on_command=move |command| obey(&menu, command) />
                    <BoardTitle
                        title=signals.title
                        may_rename
                        on_rename=move |text| title.rename(text)
                    />
                </div>
            </div>
            <div class="board-top-end island">
                <StatusPill status=signals.status />
                <PeopleList
                    people=signals.people
                    on_rename=move |name| people.rename_myself(name)
                />
                <ShareButton on_press=move |()| signals.share.set(true) />
            </div>
        </div>
    }
}

/// Does what the menu asks for.
fn obey(session: &Session, command: MenuCommand) {
    match command {
        MenuCommand::NewBoard => {
            let session = session.clone();
            spawn_local(async move {
                if let Err(error) = create().await {
                    session.toast(ToastTone::Warning, &format!("No board was made: {error}."));
                }
            });
        }
        MenuCommand::YourBoards => go_to("/"),
        MenuCommand::Theme(theme) => session.choose_theme(theme),
        MenuCommand::Help => session.signals().help.set(true),
    }
}

/// History and zoom at the left, tools in the middle, help at the right.
#[component]
pub fn BottomRow() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let (undo, redo, zoom) = (session.clone(), session.clone(), session);
    view! {
        <div class="board-bottom">
            <div class="board-bottom-start">
                <HistoryControls
                    can_undo=signals.can_undo
                    can_redo=signals.can_redo
                    on_undo=move |()| undo.undo()
                    on_redo=move |()| redo.redo()
                />
                <ZoomControls zoom=signals.zoom on_zoom=move |command| zoom.zoom(command) />
            </div>
            <div class="board-bottom-centre">
                <Tools />
            </div>
            <div class="board-bottom-end">
                <HelpButton on_press=move |()| signals.help.set(true) />
            </div>
        </div>
    }
}

/// The toolbar, and colours and widths above it while a brush is in hand.
#[component]
fn Tools() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let open = RwSignal::new(true);
    let look = signals.look;
    // A viewer is offered everything once it is known that they may draw.
    let may_draw = Signal::derive(move || signals.role.get().is_none_or(Role::may_draw));
    let active = Signal::derive(move || {
        if may_draw.get() {
            signals.tool.get()
        } else {
            ToolKind::Hand
        }
    });
    let has_ink = Memo::new(move |_| may_draw.get() && look.get().is_some());
    let ink = Signal::derive(move || match look.get().map(|look| look.brush) {
        Some(Brush::Highlighter) => InkKind::Highlighter,
        Some(Brush::Pen) | None => InkKind::Pen,
    });
    let color = Signal::derive(move || look.get().map_or_else(Color::default, |look| look.color));
    let width = Signal::derive(move || {
        look.get()
            .map_or_else(WidthStep::default, |look| look.width)
    });
    let (pick, dye) = (session.clone(), session.clone());
    let on_color = Callback::new(move |color| dye.set_color(color));
    let on_width = Callback::new(move |width| session.set_width(width));
    view! {
        <Show when=move || has_ink.get() && open.get()>
            <StylePanel ink color on_color width on_width />
        </Show>
        <Toolbar active on_pick=move |tool| pick.pick(tool) may_draw>
            <Show when=move || has_ink.get()>
                <StyleToggle ink color open on_toggle=move |()| open.update(|open| *open = !*open) />
            </Show>
        </Toolbar>
    }
}
