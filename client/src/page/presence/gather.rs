//! One person asks all others to look at the area that they show.

use leptos::prelude::*;
use shared::id::{ClientId, Millis};
use shared::protocol::{LiveUpdate, Role};
use shared::sync::Presence;

use super::glide::{Area, Glide};
use super::names::name_of;
use super::share_view::area;
use crate::page::keyboard;
use crate::page::state::PageState;
use crate::session::Session;
use crate::ui::GatherOffer;
use crate::view_model::ToastTone;

/// A request that this person has not answered.
#[derive(Clone, Debug, PartialEq)]
struct Offer {
    name: String,
    area: Area,
    since: Millis,
}

/// Asks all others to look at the area that this person shows.
pub(super) fn gather(session: Session, page: PageState) {
    let is_allowed = session.rights().is_some_and(|rights| rights.gather);
    let is_alone = session.board_signals().people.with_untracked(Vec::len) < 2;
    let words = match (is_allowed, is_alone) {
        (false, _) => "You may not bring everyone to you on this board.",
        (true, true) => "No other people are here.",
        (true, false) => {
            let role = session.board_signals().role.get_untracked();
            let takes = page.people.takes_along.get_untracked();
            session.send_live(LiveUpdate::Gather {
                view: area(&session.camera()),
                take: takes && role == Some(Role::Owner),
            });
            "Everyone is asked to look here."
        }
    };
    page.toasts.show(ToastTone::Info, words);
}

/// The latest request that others made.
fn latest(presence: &Presence, me: ClientId) -> Option<(ClientId, shared::sync::Gathering)> {
    let others = presence.signals(me);
    let requests = others.filter_map(|(person, it)| Some((person.client, it.gathering?)));
    requests.max_by_key(|(_, it)| it.since)
}

/// The requests of others: an offer to go there, or the way there.
#[component]
pub(super) fn Gathered(session: Session, page: PageState) -> impl IntoView {
    let offer = RwSignal::new(None::<Offer>);
    let target = StoredValue::new(None::<Area>);
    let glide = Glide::new(
        session,
        Callback::new(move |()| target.try_get_value().flatten()),
        Callback::new(move |()| target.set_value(None)),
    );
    let go = move |area: Area| {
        page.people.followed.set(None);
        target.set_value(Some(area));
        glide.arm();
        glide.look();
    };
    let presence = session.board_signals().presence;
    Effect::new(move |seen: Option<Millis>| {
        presence.track();
        let seen = seen.unwrap_or_default();
        let Some((client, request)) = session.presence(latest) else {
            // It holds for a while only.
            offer.set(None);
            return seen;
        };
        if request.since <= seen {
            return seen;
        }
        let name = name_of(client, session);
        if request.take {
            go(request.view);
            let words = format!("{name} brought everyone here.");
            page.toasts.show(ToastTone::Info, &words);
        } else {
            let sentence = format!("{name} asks you to look at their view.");
            page.live_region.announce(&sentence);
            offer.set(Some(Offer {
                name,
                area: request.view,
                since: request.since,
            }));
        }
        request.since
    });
    let close = move || {
        offer.set(None);
        keyboard::focus_board();
    };
    move || {
        let Offer { name, area, .. } = offer.get()?;
        Some(view! {
            <GatherOffer
                name
                on_go=move |()| {
                    go(area);
                    close();
                }
                on_dismiss=move |()| close()
            />
        })
    }
}
