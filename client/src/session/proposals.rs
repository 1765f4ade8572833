//! Elements that programs propose: accepting and discarding them.

use shared::id::{ElementId, ProposalId};
use shared::model::Prop;
use shared::op::{Guard, Op, pack};

use super::handle::Session;
use super::people::name_of;
use crate::clock;
use crate::view_model::ProposalView;

impl Session {
    /// The proposals that are neither accepted nor discarded.
    pub(crate) fn proposals(self) -> Vec<ProposalView> {
        let inner = self.inner();
        let core = inner.core.borrow();
        let board = core.replica().board();
        let people = core.replica().presence().people();
        let view = |(id, elements): (ProposalId, &std::collections::BTreeSet<ElementId>)| {
            let authors = elements.iter().filter_map(|id| board.get(*id));
            let name = authors.filter_map(|one| name_of(one.author, people)).next();
            ProposalView {
                id,
                by: name.unwrap_or("A program").to_owned(),
                elements: elements.iter().copied().collect(),
            }
        };
        board.proposals().map(view).collect()
    }

    /// Accepts a proposal, as one step of undo.
    pub(crate) fn accept_proposal(self, proposal: &ProposalView) {
        let accept = |id: &ElementId| Op::Set {
            id: *id,
            prop: Prop::Proposal(None),
        };
        self.apply(proposal.elements.iter().map(accept).collect(), &Guard::Any);
    }

    /// Discards a proposal. It is no step of undo.
    pub(crate) fn discard_proposal(self, proposal: &ProposalView) {
        let delete = |id: &ElementId| (Op::Delete { ids: vec![*id] }, Guard::Any);
        let batches = pack(proposal.elements.iter().map(delete).collect());
        let inner = self.inner();
        inner
            .core
            .borrow_mut()
            .drive(clock::now(), &mut |driver, now| {
                for batch in &batches {
                    driver.submit(batch.ops.clone(), batch.guard.clone(), now);
                }
            });
        inner.settle();
    }
}
