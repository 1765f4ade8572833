//! The context menu and the command palette, with the actions that they offer.

use editor::{Action, AlignTo, Availability, Axis};
use leptos::prelude::*;
use shared::protocol::Role;

use super::state::PageState;
use crate::session::Session;
use crate::ui::icon::IconName;
use crate::ui::{Command, CommandPalette, ContextMenu, MenuItem, MenuPart, Platform};

/// A part of a menu: its name and its actions.
type Part = (&'static str, &'static [Action]);

/// The menu while elements are selected.
const SELECTION_MENU: [Part; 6] = [
    (
        "Edit",
        &[
            Action::Cut,
            Action::Copy,
            Action::Paste,
            Action::Duplicate,
            Action::Delete,
        ],
    ),
    ("Style", &[Action::CopyStyle, Action::PasteStyle]),
    (
        "Group",
        &[
            Action::Group,
            Action::Ungroup,
            Action::Connect,
            Action::ToggleLock,
        ],
    ),
    (
        "Order",
        &[
            Action::ToFront,
            Action::Forward,
            Action::Backward,
            Action::ToBack,
        ],
    ),
    ("Flip", &[Action::FlipHorizontally, Action::FlipVertically]),
    ("View", &[Action::ZoomToSelection]),
];

/// The menu without a selection.
const BOARD_MENU: [Part; 4] = [
    (
        "Edit",
        &[Action::Paste, Action::SelectAll, Action::UnlockAll],
    ),
    (
        "View",
        &[
            Action::ZoomToFit,
            Action::ZoomTo100,
            Action::BackToContent,
            Action::CopyPlaceLink,
        ],
    ),
    ("Guides", &[Action::ToggleGrid, Action::ToggleSnap]),
    ("More", &[Action::Find, Action::Palette]),
];

/// Actions that are shown as icons in a row.
const ALIGNMENT: [(Action, IconName); 8] = [
    (Action::Align(AlignTo::Left), IconName::AlignLeft),
    (Action::Align(AlignTo::Center), IconName::AlignCenter),
    (Action::Align(AlignTo::Right), IconName::AlignRight),
    (Action::Distribute(Axis::Horizontal), IconName::DistributeX),
    (Action::Align(AlignTo::Top), IconName::AlignTop),
    (Action::Align(AlignTo::Middle), IconName::AlignMiddle),
    (Action::Align(AlignTo::Bottom), IconName::AlignBottom),
    (Action::Distribute(Axis::Vertical), IconName::DistributeY),
];

/// The context menu and the command palette.
#[component]
pub(crate) fn Commands(
    /// The keyboard whose labels shortcuts have.
    platform: Platform,
) -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    view! {
        <ContextMenu
            at=panels.menu_at
            parts=move |()| parts(session)
            on_run=move |action| session.run(action)
            on_close=move |()| panels.menu_at.set(None)
            platform
        />
        <CommandPalette
            open=panels.palette
            on_close=move |()| panels.palette.set(false)
            commands=move |()| commands(session)
            on_run=move |action| session.run(action)
            platform
        />
    }
}

/// Why an action is not available now, if it is not.
fn refusal(session: Session, action: Action) -> Option<&'static str> {
    match session.availability(action) {
        Availability::Ready => None,
        Availability::Not(why) => Some(why),
    }
}

fn commands(session: Session) -> Vec<Command> {
    let listed = Action::CATALOGUE.iter().copied();
    listed
        // The palette is open already.
        .filter(|action| *action != Action::Palette)
        .map(|action| Command {
            action,
            refusal: refusal(session, action),
        })
        .collect()
}

fn parts(session: Session) -> Vec<MenuPart> {
    let selected = session.editor_signals().selected.get_untracked();
    let role = session.board_signals().role.get_untracked();
    let may_draw = role.is_none_or(Role::may_draw);
    let item = |action, icon| MenuItem {
        action,
        icon,
        refusal: refusal(session, action),
    };
    let plain = |(name, actions): &Part| MenuPart {
        name,
        items: actions.iter().map(|action| item(*action, None)).collect(),
    };
    let mut parts: Vec<MenuPart> = if selected == 0 {
        BOARD_MENU.iter().map(plain).collect()
    } else {
        SELECTION_MENU.iter().map(plain).collect()
    };
    if selected > 1 {
        parts.push(MenuPart {
            name: "Align",
            items: ALIGNMENT
                .iter()
                .map(|(action, icon)| item(*action, Some(*icon)))
                .collect(),
        });
    }
    // A viewer is not offered what only editors may do.
    for part in &mut parts {
        part.items.retain(|item| may_draw || item.refusal.is_none());
    }
    parts.retain(|part| !part.items.is_empty());
    parts
}
