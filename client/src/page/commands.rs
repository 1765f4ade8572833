//! Which actions the context menu and the palette offer.

use editor::commands::context_menu;
use editor::{Availability, Command};
use leptos::prelude::*;
use shared::protocol::Role;

use crate::session::Session;
use crate::ui::icon::IconName;
use crate::ui::{CommandPalette, ContextMenu, MenuItem, MenuPart, PaletteEntry, Platform};

/// The drawings of commands that stand side by side.
const ICONS: [(&Command, IconName); 8] = [
    (Command::ALIGN_LEFT, IconName::AlignLeft),
    (Command::ALIGN_CENTER, IconName::AlignCenter),
    (Command::ALIGN_RIGHT, IconName::AlignRight),
    (Command::DISTRIBUTE_HORIZONTALLY, IconName::SpreadX),
    (Command::ALIGN_TOP, IconName::AlignTop),
    (Command::ALIGN_MIDDLE, IconName::AlignMiddle),
    (Command::ALIGN_BOTTOM, IconName::AlignBottom),
    (Command::DISTRIBUTE_VERTICALLY, IconName::SpreadY),
];

/// Context menu and palette, tied to the session.
#[component]
pub fn Commands(
    /// How the keys are labelled here.
    platform: Platform,
) -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    view! {
        <ContextMenu
            at=signals.menu
            parts=move |()| parts(session)
            on_run=move |action| session.run(action)
            on_close=move |()| signals.menu.set(None)
            platform
        />
        <CommandPalette
            open=signals.palette
            on_close=move |()| signals.palette.set(false)
            commands=move |()| commands(session)
            on_run=move |action| session.run(action)
            platform
        />
    }
}

/// Why an action cannot be carried out now, if it cannot.
fn refusal(session: Session, action: &'static Command) -> Option<&'static str> {
    match session.availability(action) {
        Availability::Ready => None,
        Availability::Not(why) => Some(why),
    }
}

fn commands(session: Session) -> Vec<PaletteEntry> {
    let listed = Command::listed();
    listed
        // The palette is open already.
        .filter(|action| *action != Command::PALETTE)
        .map(|action| PaletteEntry {
            action,
            refusal: refusal(session, action),
        })
        .collect()
}

fn parts(session: Session) -> Vec<MenuPart> {
    let signals = session.signals();
    let (selected, role) = (
        signals.selected.get_untracked(),
        signals.role.get_untracked(),
    );
    let may_draw = role.is_none_or(Role::may_draw);
    let icon = |action: &Command| ICONS.iter().find(|(one, _)| *one == action);
    let item = |action| MenuItem {
        action,
        icon: icon(action).map(|(_, icon)| *icon),
        refusal: refusal(session, action),
    };
    let part = |(part, actions): (editor::commands::MenuPart, Vec<_>)| MenuPart {
        name: part.name(),
        items: actions.into_iter().map(item).collect(),
    };
    let mut parts: Vec<MenuPart> = context_menu(selected).into_iter().map(part).collect();
    // Who may only look is offered only what they may do.
    for part in &mut parts {
        part.items.retain(|item| may_draw || item.refusal.is_none());
    }
    parts.retain(|part| !part.items.is_empty());
    parts
}
