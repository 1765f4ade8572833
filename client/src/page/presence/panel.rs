//! The card with all people.

use leptos::prelude::*;
use shared::protocol::Role;

use super::hands;
use super::share_view::followers;
use crate::page::state::{PageState, PresencePrefs};
use crate::session::Session;
use crate::ui::{PeopleActions, PeopleCard, PeopleSwitch, RaisedHands};

/// The content of the card.
#[component]
pub(in crate::page) fn PeoplePanel() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let board = session.board_signals();
    let followers = Memo::new(move |_| {
        board.presence.track();
        followers(session).into_iter().collect::<Vec<_>>()
    });
    let rights = Memo::new(move |_| {
        board.presence.track();
        session.rights()
    });
    let is_owner = Memo::new(move |_| board.role.get() == Some(Role::Owner));
    let raised = Memo::new(move |_| match is_owner.get() {
        true => board.people.with(|all| hands::raised(all)),
        false => Vec::new(),
    });
    let has_hand = Memo::new(move |_| {
        let is_mine = |it: &crate::view_model::PersonView| it.is_me && it.hand.is_some();
        board.people.with(|all| all.iter().any(is_mine))
    });
    let may_gather = Memo::new(move |_| rights.get().is_some_and(|it| it.gather));
    view! {
        <PeopleCard
            people=board.people
            followed=page.people.followed
            followers
            on_rename=move |name| session.rename_me(name)
            on_follow=move |client| page.people.followed.set(client)
        />
        <RaisedHands raised />
        <PeopleActions
            has_hand
            may_say=Signal::derive(move || rights.get().is_some_and(|it| it.chat))
            may_gather
            switches=switches(page, Signal::derive(move || may_gather.get() && is_owner.get()))
            on_command=move |command| page.people.command.set(Some(command))
        />
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
