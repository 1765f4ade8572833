//! The context menu, with the commands that it offers. Its code is in the chunk (`chunk`).

use editor::commands::context_menu;
use editor::{Availability, Command};
use leptos::prelude::*;
use shared::protocol::Role;

use super::assistant;
use super::state::PageState;
use crate::session::Session;
use crate::ui::icon::IconName;
use crate::ui::{ContextMenu, MenuItem, MenuPart, Platform};

/// The icons of commands that are shown in a row.
const ICONS: [(&Command, IconName); 8] = [
    (Command::ALIGN_LEFT, IconName::AlignLeft),
    (Command::ALIGN_CENTER, IconName::AlignCenter),
    (Command::ALIGN_RIGHT, IconName::AlignRight),
    (Command::DISTRIBUTE_HORIZONTALLY, IconName::DistributeX),
    (Command::ALIGN_TOP, IconName::AlignTop),
    (Command::ALIGN_MIDDLE, IconName::AlignMiddle),
    (Command::ALIGN_BOTTOM, IconName::AlignBottom),
    (Command::DISTRIBUTE_VERTICALLY, IconName::DistributeY),
];

/// The context menu.
#[component]
pub(super) fn BoardMenu() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    view! {
        <ContextMenu
            at=panels.menu_at
            parts=move |()| parts(session)
            on_run=move |command| session.run(command)
            on_close=move |()| panels.menu_at.set(None)
            platform=Platform::detect()
        />
    }
}

/// Why a command is not available now, if it is not.
pub(super) fn refusal(session: Session, command: &'static Command) -> Option<&'static str> {
    match session.availability(command) {
        Availability::Ready => assistant::refusal(session, command),
        Availability::Not(why) => Some(why),
    }
}

fn parts(session: Session) -> Vec<MenuPart> {
    let selected = session.editor_signals().selected.get_untracked();
    let role = session.board_signals().role.get_untracked();
    let may_draw = role.is_none_or(Role::may_draw);
    let icon = |command: &Command| ICONS.iter().find(|(one, _)| *one == command);
    let item = |command| MenuItem {
        command,
        icon: icon(command).map(|(_, icon)| *icon),
        refusal: refusal(session, command),
    };
    let note = |part| match part {
        editor::commands::MenuPart::Picture => session.picture_trouble(),
        _ => None,
    };
    let part = |(part, commands): (editor::commands::MenuPart, Vec<_>)| {
        let mut items: Vec<MenuItem> = commands.into_iter().map(item).collect();
        // What concerns pictures is offered only for pictures.
        let is_offered = part != editor::commands::MenuPart::Picture
            || items.iter().any(|item| item.refusal.is_none());
        items.retain(|_| is_offered);
        // The assistant is offered only with what it can do now.
        let is_assistant = part == editor::commands::MenuPart::Assistant;
        if is_assistant {
            items.retain(|item| item.refusal.is_none());
        }
        MenuPart {
            name: part.name(),
            note: note(part),
            is_folded: is_assistant,
            items,
        }
    };
    let mut parts: Vec<MenuPart> = context_menu(selected).into_iter().map(part).collect();
    // A viewer is not offered what only editors may do.
    for part in &mut parts {
        part.items.retain(|item| may_draw || item.refusal.is_none());
    }
    parts.retain(|part| !part.items.is_empty());
    parts
}
