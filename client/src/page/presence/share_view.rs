//! Sends the area that this person shows to the followers of this person.

use std::collections::BTreeSet;

use editor::Camera;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::id::{ClientId, Millis};
use shared::protocol::LiveUpdate;

use super::names::name_of;
use crate::clock;
use crate::page::state::PageState;
use crate::session::Session;

/// The least time between two views that are sent, in milliseconds.
const PAUSE_MS: Millis = 100;

/// The area that a camera shows, as live updates name it: left, top, right, bottom.
pub(super) fn area(camera: &Camera) -> [f32; 4] {
    let visible = camera.visible();
    [visible.x0, visible.y0, visible.x1, visible.y1].map(|edge| edge as f32)
}

/// The clients that follow the view of this one.
pub(super) fn followers(session: Session) -> BTreeSet<ClientId> {
    session.presence(|presence, me| {
        let others = presence.signals(me);
        let followers = others.filter(|(_, signals)| signals.follows == Some(me));
        followers.map(|(person, _)| person.client).collect()
    })
}

/// Sends views until the current owner ends, and tells which people begin to follow.
pub(super) fn begin(session: Session, page: PageState) {
    let presence = session.board_signals().presence;
    let camera = session.editor_signals().camera;
    let wake = RwSignal::new(());
    let timer = StoredValue::new_local(None::<Timeout>);
    let mut sender = Sender::default();
    Effect::new(move || {
        presence.track();
        camera.track();
        wake.track();
        let followers = followers(session);
        for newcomer in &followers - &sender.followers {
            let sentence = format!("{} follows your view.", name_of(newcomer, session));
            page.live_region.announce(&sentence);
        }
        let view = area(&session.camera());
        match sender.due(followers, view, clock::now()) {
            Due::Nothing => {}
            Due::Now => session.send_live(LiveUpdate::View(view)),
            Due::In(wait) => timer.set_value(Some(Timeout::new(wait as u32, move || {
                wake.set(());
            }))),
        }
    });
}

/// When to send the view next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// Not before something changes.
    Nothing,
    /// Now.
    Now,
    /// After so many milliseconds.
    In(Millis),
}

/// What was sent to whom.
#[derive(Debug, Default)]
struct Sender {
    followers: BTreeSet<ClientId>,
    sent: Option<([f32; 4], Millis)>,
}

impl Sender {
    /// Whether the view must be sent. If so, it counts as sent.
    fn due(&mut self, followers: BTreeSet<ClientId>, view: [f32; 4], now: Millis) -> Due {
        // A new follower has not received the latest view.
        if !followers.is_subset(&self.followers) {
            self.sent = None;
        }
        self.followers = followers;
        if self.followers.is_empty() {
            return Due::Nothing;
        }
        match self.sent {
            Some((sent, _)) if sent == view => Due::Nothing,
            Some((_, at)) if now < at + PAUSE_MS => Due::In(at + PAUSE_MS - now),
            Some(_) | None => {
                self.sent = Some((view, now));
                Due::Now
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: [f32; 4] = [0.0, 0.0, 10.0, 10.0];
    const THERE: [f32; 4] = [5.0, 0.0, 15.0, 10.0];

    fn some(numbers: &[u8]) -> BTreeSet<ClientId> {
        let ids = numbers.iter();
        ids.map(|it| ClientId::from_bytes([*it; 16])).collect()
    }

    #[test]
    fn views_are_sent_only_while_others_follow_and_at_most_10_a_second() {
        let mut sender = Sender::default();
        assert_eq!(sender.due(some(&[]), HERE, 0), Due::Nothing);
        assert_eq!(sender.due(some(&[1]), HERE, 10), Due::Now);
        assert_eq!(sender.due(some(&[1]), HERE, 20), Due::Nothing);
        assert_eq!(sender.due(some(&[1]), THERE, 30), Due::In(80));
        assert_eq!(sender.due(some(&[1]), THERE, 110), Due::Now);
        assert_eq!(sender.due(some(&[]), HERE, 500), Due::Nothing);
    }

    #[test]
    fn a_new_follower_gets_a_view_that_did_not_change() {
        let mut sender = Sender::default();
        sender.due(some(&[1]), HERE, 0);
        assert_eq!(sender.due(some(&[1, 2]), HERE, 10), Due::Now);
        assert_eq!(sender.due(some(&[2]), HERE, 20), Due::Nothing);
        assert_eq!(sender.due(some(&[1, 2]), HERE, 30), Due::Now);
    }
}
