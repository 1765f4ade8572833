//! Raised hands.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::id::ClientId;
use shared::protocol::LiveUpdate;

use crate::page::state::PageState;
use crate::session::Session;
use crate::view_model::PersonView;

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

/// The people who raise a hand; the first one has waited longest.
pub(super) fn raised(people: &[PersonView]) -> Vec<PersonView> {
    let mut raised: Vec<_> = people.iter().filter(|it| it.hand.is_some()).collect();
    raised.sort_by_key(|it| it.hand);
    raised.into_iter().cloned().collect()
}

/// Announces the hands that others raise, until the current owner ends.
pub(super) fn announce(session: Session, page: PageState) {
    let people = session.board_signals().people;
    Effect::new(move |before: Option<BTreeSet<ClientId>>| {
        let raised = people.with(|all| raised(all));
        let before = before.unwrap_or_default();
        let others = raised.iter().filter(|it| !it.is_me);
        for person in others.filter(|it| !before.contains(&it.client)) {
            let sentence = format!("{} raised a hand.", person.name);
            page.live_region.announce(&sentence);
        }
        raised.iter().map(|it| it.client).collect()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view_model::PersonColor;

    #[test]
    fn the_first_hand_has_waited_longest() {
        let person = |number: u8, hand| PersonView {
            id: number.to_string(),
            name: number.to_string(),
            color: PersonColor::new(0),
            is_me: false,
            role: String::new(),
            client: ClientId::from_bytes([number; 16]),
            hand,
        };
        let people = [person(1, Some(30)), person(2, None), person(3, Some(10))];
        let names: Vec<_> = raised(&people).into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["3", "1"]);
    }
}
