//! A proposal of a program.

use shared::id::{ElementId, ProposalId};

/// Elements that a program wants to add.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProposalView {
    /// The proposal.
    pub(crate) id: ProposalId,
    /// The name of the program.
    pub(crate) by: String,
    /// Its elements.
    pub(crate) elements: Vec<ElementId>,
}

impl ProposalView {
    /// What it would add, in words.
    pub(crate) fn words(&self) -> String {
        match self.elements.len() {
            1 => format!("{} proposes an element.", self.by),
            many => format!("{} proposes {many} elements.", self.by),
        }
    }
}
