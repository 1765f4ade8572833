//! The line that says why nothing can be drawn at the moment. The view is in the chunk (`chunk`).

use leptos::prelude::*;
use shared::protocol::{Rights, Role};

use crate::session::Session;
use crate::ui::icon::{Icon, IconName};

/// Whether there is something to say about the rights of this person.
pub(super) fn is_needed(session: Session) -> bool {
    let rights = session.board_signals().rights.get();
    rights.is_some_and(|rights| rights.frozen || rights.muted)
}

/// The line. Screen readers announce it.
#[component]
pub(super) fn RightsNotice() -> impl IntoView {
    let board = Session::from_context().board_signals();
    let said = Memo::new(move |_| words(board.rights.get()?, board.role.get()));
    view! {
        <div class="connection" role="status" aria-live="polite">
            {move || said.get().map(|(key, words)| view! {
                <div class="connection-notice" data-rights=key>
                    <Icon name=IconName::Lock />
                    <p>{words}</p>
                </div>
            })}
        </div>
    }
}

fn words(rights: Rights, role: Option<Role>) -> Option<(&'static str, &'static str)> {
    if rights.muted {
        let words = "You are muted. An owner decides when you can draw and write again.";
        return Some(("muted", words));
    }
    let words = match role? {
        Role::Owner => "Frozen. Only owners can change the board.",
        Role::Edit | Role::View => "Frozen. Only owners can change the board at the moment.",
    };
    rights.frozen.then_some(("frozen", words))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Rights = Rights {
        draw: true,
        chat: true,
        gather: true,
        frozen: false,
        muted: false,
    };

    #[test]
    fn the_line_says_why_a_person_cannot_draw() {
        let key = |rights| words(rights, Some(Role::Edit)).map(|(key, _)| key);
        assert_eq!(key(ALL), None);
        let frozen = Rights {
            frozen: true,
            ..ALL
        };
        assert_eq!(key(frozen), Some("frozen"));
        let muted = Rights {
            muted: true,
            ..frozen
        };
        assert_eq!(key(muted), Some("muted"));
    }
}
