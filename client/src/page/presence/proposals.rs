//! Proposals of programs: people accept, adjust or discard them.

use leptos::prelude::*;

use crate::page::keyboard;
use crate::page::state::PageState;
use crate::session::Session;
use crate::ui::{ProposalChoice, ProposalOffer};
use crate::view_model::{ProposalView, ToastTone};

/// All proposals that are still open, one below the other.
#[component]
pub(super) fn Proposals(session: Session, page: PageState) -> impl IntoView {
    let board = session.board_signals();
    let proposals = Memo::new(move |_| {
        board.revision.track();
        // The name of a program may come after its proposal.
        board.presence.track();
        session.proposals()
    });
    Effect::new(move |known: Option<Vec<ProposalView>>| {
        let now = proposals.get();
        let known = known.unwrap_or_default();
        let is_new = |one: &&ProposalView| known.iter().all(|other| other.id != one.id);
        for one in now.iter().filter(is_new) {
            page.live_region.announce(&one.words());
        }
        now
    });
    let choose = move |proposal: &ProposalView, choice: ProposalChoice| {
        match choice {
            ProposalChoice::Accept => session.accept_proposal(proposal),
            ProposalChoice::Adjust => {
                session.reveal(&proposal.elements);
                let words = "Change what is proposed, then accept it.";
                page.toasts.show(ToastTone::Info, words);
            }
            ProposalChoice::Discard => session.discard_proposal(proposal),
        }
        keyboard::focus_board();
    };
    let may_decide = Signal::derive(move || session.board_signals().may_draw());
    view! {
        <For each=move || proposals.get() key=|one| (one.id, one.words()) let:proposal>
            <ProposalOffer
                words=proposal.words()
                may_decide
                on_choice=move |choice| choose(&proposal, choice)
            />
        </For>
    }
}
