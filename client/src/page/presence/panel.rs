//! The card with all people.

use leptos::prelude::*;
use shared::api::ManageRequest;
use shared::protocol::Role;

use super::share_view::followers;
use crate::page::manage::{Managing, RemovedPeople, muted_clients, person_actions};
use crate::page::state::{PageState, PresencePrefs};
use crate::session::Session;
use crate::ui::{PeopleActions, PeopleCard, PeopleSwitch, PeopleSwitches, PeopleTies};
use crate::view_model::PersonView;

/// The content of the card: the list and the switches scroll, the buttons below them do not.
#[component]
pub(in crate::page) fn PeoplePanel() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let board = session.board_signals();
    let managing = Managing::new(session);
    let rights = Memo::new(move |_| {
        board.presence.track();
        session.rights()
    });
    let is_owner = Memo::new(move |_| board.role.get() == Some(Role::Owner));
    // Other owners can have muted or removed people since the card was open last.
    Effect::new(move || {
        if page.people.is_card_needed.get() && is_owner.get() {
            managing.run(ManageRequest::List, None);
        }
    });
    let has_hand = Memo::new(move |_| {
        let is_mine = |it: &PersonView| it.is_me && it.hand.is_some();
        board.people.with(|all| all.iter().any(is_mine))
    });
    let may_gather = Memo::new(move |_| rights.get().is_some_and(|it| it.gather));
    let may_take = Signal::derive(move || may_gather.get() && is_owner.get());
    view! {
        <div class="people-list">
            <PeopleCard
                people=board.people
                ties=ties(session, page, is_owner, managing)
                on_rename=move |name| session.rename_me(name)
            />
            <Show when=move || is_owner.get()>
                <RemovedPeople managing />
            </Show>
            <PeopleSwitches switches=switches(page, may_take) />
        </div>
        <PeopleActions
            has_hand
            may_say=Signal::derive(move || rights.get().is_some_and(|it| it.chat))
            may_gather
            on_command=move |command| page.people.command.set(Some(command))
        />
    }
}

fn ties(session: Session, page: PageState, is_owner: Memo<bool>, managing: Managing) -> PeopleTies {
    let board = session.board_signals();
    let followers = Memo::new(move |_| {
        board.presence.track();
        followers(session).into_iter().collect::<Vec<_>>()
    });
    let muted = Memo::new(move |_| board.people.with(|all| muted_clients(all, managing)));
    PeopleTies {
        followed: page.people.followed.into(),
        followers: followers.into(),
        muted: muted.into(),
        is_owner: is_owner.into(),
        actions: Callback::new(move |person| person_actions(&person, managing, page.panels)),
        on_follow: Callback::new(move |client| page.people.followed.set(client)),
    }
}

fn switches(page: PageState, may_take: Signal<bool>) -> Vec<PeopleSwitch> {
    let prefs = page.people.prefs;
    let always = Signal::derive(|| true);
    let pref = move |label, part: fn(&mut PresencePrefs) -> &mut bool| PeopleSwitch {
        label,
        is_on: Signal::derive(move || *part(&mut prefs.get())),
        is_offered: always,
        on_toggle: Callback::new(move |()| {
            prefs.update(|prefs| {
                let value = part(prefs);
                *value = !*value;
            });
            prefs.get_untracked().save();
        }),
    };
    let takes = page.people.takes_along;
    vec![
        PeopleSwitch {
            label: "Take everyone along without asking",
            is_on: takes.into(),
            is_offered: may_take,
            on_toggle: Callback::new(move |()| takes.update(|it| *it = !*it)),
        },
        pref("Hide cursors", |prefs| &mut prefs.hides_cursors),
        pref("Hide names", |prefs| &mut prefs.hides_names),
    ]
}
