//! Raised hands.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::id::ClientId;
use shared::protocol::LiveUpdate;

use crate::page::state::PageState;
use crate::session::Session;

/// Raises the hand of this person, or lowers it.
pub(super) fn toggle(session: Session, page: PageState) {
    let people = session.board_signals().people;
    let is_raised = people.with_untracked(|all| all.iter().any(|it| it.is_me && it.hand.is_some()));
    // Milliseconds since 1970, by the clock of this computer.
    let now = js_sys::Date::now() as u64;
    session.send_live(LiveUpdate::Hand((!is_raised).then_some(now)));
    page.live_region.announce(match is_raised {
        true => "You lowered your hand.",
        false => "You raised your hand.",
    });
}

/// Announces the hands that others raise, until the current owner ends.
pub(super) fn announce(session: Session, page: PageState) {
    let people = session.board_signals().people;
    Effect::new(move |before: Option<BTreeSet<ClientId>>| {
        let before = before.unwrap_or_default();
        people.with(|all| {
            let raised = all.iter().filter(|it| !it.is_me && it.hand.is_some());
            for person in raised.clone().filter(|it| !before.contains(&it.client)) {
                let sentence = format!("{} raised a hand.", person.name);
                page.live_region.announce(&sentence);
            }
            raised.map(|it| it.client).collect()
        })
    });
}
