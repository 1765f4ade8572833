//! Following the view of another person, until this person moves the view, or stops.

use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::*;
use shared::id::ClientId;
use shared::protocol::LiveUpdate;
use shared::sync::Presence;

use super::glide::Glide;
use super::names::{name_of, person_of};
use crate::page::state::PageState;
use crate::session::Session;
use crate::ui::FollowPill;
use crate::view_model::PersonColor;

/// How long a person may be away before following ends, in milliseconds: a reload of their page takes
/// less.
const AWAY_MS: u32 = 3_000;
/// Something in front of the board that Escape closes first.
const IN_FRONT: &str = "dialog:modal, :popover-open";

/// Who is followed, and how.
#[derive(Clone, Copy)]
pub(super) struct Following {
    session: Session,
    page: PageState,
    glide: Glide,
    state: StoredValue<State, LocalStorage>,
}

#[derive(Default)]
struct State {
    /// The followed person followed this one, directly or through others, at the last look.
    was_circle: bool,
    /// Ends following when the person stays away.
    leaving: Option<Timeout>,
    /// The client whom others were told about.
    told: Option<ClientId>,
}

impl Following {
    /// Follows the client that the state of the page names, until the current owner ends.
    pub(super) fn begin(session: Session, page: PageState) -> Self {
        let followed = page.people.followed;
        let target = move || {
            let client = followed.try_get_untracked().flatten()?;
            session.presence(|presence, me| {
                let mut others = presence.signals(me);
                others.find(|(person, _)| person.client == client)?.1.view
            })
        };
        let on_taken = Callback::new(move |()| stop(session, page));
        let glide = Glide::new(session, Callback::new(move |()| target()), on_taken);
        let state = StoredValue::new_local(State::default());
        let this = Self {
            session,
            page,
            glide,
            state,
        };
        let presence = session.board_signals().presence;
        let camera = session.editor_signals().camera;
        Effect::new(move || {
            let followed = followed.get();
            presence.track();
            camera.track();
            this.tell(followed);
            if let Some(client) = followed {
                this.look_after(client);
            }
        });
        let keys = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && !is_something_in_front() {
                stop(session, page);
            }
        });
        on_cleanup(move || keys.remove());
        this
    }

    /// Stops following.
    pub(super) fn stop(self) {
        stop(self.session, self.page);
    }

    /// Tells others whom this person follows, if that changed.
    fn tell(self, followed: Option<ClientId>) {
        if self.state.with_value(|state| state.told) == followed {
            return;
        }
        self.state.set_value(State {
            was_circle: followed.is_some_and(|client| self.is_circle(client)),
            told: followed,
            leaving: None,
        });
        self.session.send_live(LiveUpdate::Follow(followed));
        match followed {
            Some(client) => {
                self.glide.arm();
                let name = name_of(client, self.session);
                let sentence = format!("Following {name}. Press Escape to stop.");
                self.page.live_region.announce(&sentence);
            }
            None => self.glide.disarm(),
        }
    }

    /// Ends following if it is over, else moves the camera if it has to move.
    fn look_after(self, client: ClientId) {
        let is_circle = self.is_circle(client);
        let before = |state: &mut State| std::mem::replace(&mut state.was_circle, is_circle);
        let was_circle = self.state.try_update_value(before);
        // Two people who follow each other would zoom out without end. The one who began last goes on.
        if is_circle && was_circle == Some(false) {
            return self.stop();
        }
        self.watch_absence(client);
        self.glide.look();
    }

    fn is_circle(self, client: ClientId) -> bool {
        self.session
            .presence(|presence, me| follows(presence, client, me))
    }

    /// Ends following some time after the person left.
    fn watch_absence(self, client: ClientId) {
        let is_here = move || {
            self.session
                .presence(|presence, _| presence.people().iter().any(|it| it.client == client))
        };
        self.state
            .update_value(|state| match (is_here(), &state.leaving) {
                (true, _) => state.leaving = None,
                (false, Some(_)) => {}
                (false, None) => {
                    state.leaving = Some(Timeout::new(AWAY_MS, move || {
                        let followed = self.page.people.followed.try_get_untracked().flatten();
                        if followed == Some(client) && !is_here() {
                            self.stop();
                        }
                    }));
                }
            });
    }
}

/// Whether a client follows `me`, directly or through others.
fn follows(presence: &Presence, client: ClientId, me: ClientId) -> bool {
    let mut at = client;
    // A circle of others has no end.
    for _ in 0..presence.people().len() {
        let mut others = presence.signals(me);
        let next = others.find(|(person, _)| person.client == at);
        match next.and_then(|(_, signals)| signals.follows) {
            Some(next) if next == me => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

fn is_something_in_front() -> bool {
    let front = document().query_selector(IN_FRONT);
    front.ok().flatten().is_some()
}

/// Stops following.
fn stop(session: Session, page: PageState) {
    let Some(client) = page.people.followed.try_get_untracked().flatten() else {
        return;
    };
    page.people.followed.set(None);
    let sentence = format!("You no longer follow {}.", name_of(client, session));
    page.live_region.announce(&sentence);
}

/// The frame around the board and the pill with the name, while a person is followed.
#[component]
pub(super) fn FollowFrame(following: Following) -> impl IntoView {
    let (session, page) = (following.session, following.page);
    let people = session.board_signals().people;
    let followed = Memo::new(move |last: Option<&Option<(String, PersonColor)>>| {
        people.track();
        let client = page.people.followed.get()?;
        let person = person_of(client, session);
        // While the person is away for a moment, the name stays.
        let shown = person.map(|person| (person.name, person.color));
        shown.or_else(|| last.cloned().flatten())
    });
    move || {
        let (name, color) = followed.get()?;
        Some(view! { <FollowPill name color on_stop=move |()| following.stop() /> })
    }
}
