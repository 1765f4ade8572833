//! Announces the words at the cursors of others, once they are complete.

use std::collections::BTreeMap;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::id::ClientId;

use super::names::name_of;
use crate::page::state::PageState;
use crate::session::Session;

/// Words count as complete when they have not changed for so long, in milliseconds.
const COMPLETE_MS: u32 = 1_500;

type Words = BTreeMap<ClientId, String>;

/// Announces words until the current owner ends.
pub(super) fn begin(session: Session, page: PageState) {
    let presence = session.board_signals().presence;
    let words = Memo::new(move |_| {
        presence.track();
        words_of_others(session)
    });
    let announced = StoredValue::new(Words::new());
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move || {
        words.track();
        let wait = Timeout::new(COMPLETE_MS, move || {
            let Some(now) = words.try_get_untracked() else {
                return;
            };
            let before = announced.with_value(Words::clone);
            for (client, text) in fresh(&now, &before) {
                let sentence = format!("{} says: {text}", name_of(client, session));
                page.live_region.announce(&sentence);
            }
            announced.set_value(now);
        });
        timer.set_value(Some(wait));
    });
}

fn words_of_others(session: Session) -> Words {
    session.presence(|presence, me| {
        let others = presence.signals(me);
        let said = others.filter_map(|(person, it)| Some((person.client, it.said.as_ref()?)));
        said.map(|(client, said)| (client, said.text.clone()))
            .collect()
    })
}

/// The words that were not announced.
fn fresh(now: &Words, before: &Words) -> Vec<(ClientId, String)> {
    let is_fresh = |(client, text): &(&ClientId, &String)| before.get(client) != Some(text);
    let fresh = now.iter().filter(is_fresh);
    fresh
        .map(|(client, text)| (*client, text.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_announced_once_and_again_after_they_faded() {
        let ada = ClientId::from_bytes([1; 16]);
        let hello = Words::from([(ada, "hello".to_owned())]);
        assert_eq!(fresh(&hello, &Words::new()), [(ada, "hello".to_owned())]);
        assert_eq!(fresh(&hello, &hello), []);
        assert_eq!(fresh(&Words::new(), &hello), []);
    }
}
