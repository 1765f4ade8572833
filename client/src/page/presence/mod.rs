//! What people on the board show each other beside their work. Its code is in the chunk (`chunk`).
//!
//! - `panel`: the card with all people, by the names of `names`
//! - `follow`: following the view of another person; `share_view`: sending one's own view to one's
//!   followers; `gather`: asking all others to look at one's view
//! - `glide`: moving the camera to an area, by the steps of `motion`
//! - `say`: words at the cursor; `hear`: announcing those of others; `pointer`: where this person points
//! - `reactions`: emoji that float; `hands`: raised hands
//! - `proposals`: what programs propose
//! - `edges`: signs for people outside of the view, at the places of `edge`

mod edge;
mod edges;
mod follow;
mod gather;
mod glide;
mod hands;
mod hear;
mod motion;
mod names;
mod panel;
mod pointer;
mod proposals;
mod reactions;
mod say;
mod share_view;

use editor::PeopleCommand;
use leptos::prelude::*;

use self::edges::EdgeSigns;
use self::follow::{FollowFrame, Following};
use self::gather::Gathered;
pub(super) use self::panel::PeoplePanel;
use self::pointer::PointedAt;
use self::proposals::Proposals;
use self::reactions::{FloatingReactions, Palette, Reactions};
use self::say::{OwnWords, Saying};
use super::manage;
use super::state::{PageState, PresencePrefs, apply_presence_prefs};
use crate::session::Session;

/// Everything that people show each other above the board.
#[component]
pub(super) fn PresenceLayer() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let camera = session.editor_signals().camera;
    page.people.prefs.set(PresencePrefs::load());
    apply_presence_prefs(page.people.prefs.into());
    share_view::begin(session, page);
    hands::announce(session, page);
    hear::begin(session, page);
    let following = Following::begin(session, page);
    let pointer = PointedAt::begin();
    let saying = Saying::new(session, page, pointer);
    let reactions = Reactions::new(session, pointer);
    carry_out_commands(page, move |command| match command {
        PeopleCommand::Say => saying.open(),
        PeopleCommand::React => reactions.is_open.update(|it| *it = !*it),
        PeopleCommand::ToggleHand => hands::toggle(session, page),
        PeopleCommand::Gather => gather::gather(session, page),
        PeopleCommand::ToggleFreeze => manage::toggle_freeze(session, page),
    });
    view! {
        <FloatingReactions reactions page camera />
        <section class="presence" aria-label="Presence">
            <EdgeSigns session camera prefs=page.people.prefs />
            <div class="presence-top">
                <FollowFrame following />
                <Gathered session page />
                <Proposals session page />
                <Palette reactions />
            </div>
            <OwnWords saying camera />
        </section>
    }
}

/// Carries out the commands that wait, and those that come, until the current owner ends.
fn carry_out_commands(page: PageState, carry_out: impl Fn(PeopleCommand) + 'static) {
    Effect::new(move || {
        if let Some(command) = page.people.command.get() {
            page.people.command.set(None);
            untrack(|| carry_out(command));
        }
    });
}
