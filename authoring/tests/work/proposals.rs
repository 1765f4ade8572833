//! Elements that need the consent of a person.

use authoring::Author;
use serde_json::json;
use shared::id::ProposalId;
use shared::op::{Commit, Guard};

use crate::{ADA, ask, done_by, made, words};

#[test]
fn new_elements_are_proposed_and_changes_of_them_accept_nothing() {
    let proposal = Some(ProposalId::from_bytes([5; 16]));
    let program = Author {
        seed: [9; 16],
        proposal,
        ..ADA
    };
    let (mut board, _) = made(&json!([{"kind": "sticky", "x": 100, "y": 100}]));
    let work = json!({"create": [
        {"kind": "frame", "x": 0, "y": 0, "size": [500, 500]},
        {"kind": "sticky", "text": "a"},
    ]});
    let written = ask(&board, &program, &work).unwrap();
    let guard = Guard::Any;
    let commit = Commit {
        cno: 1,
        guard,
        ops: written.ops,
    };
    assert!(commit.only_proposes(&board));
    let ids = done_by(&mut board, &program, &work).created;
    let work = json!({"change": [{"id": words(&ids)[1], "text": "b", "color": "red"}]});
    done_by(&mut board, &ADA, &work);
    assert!(
        ids.iter()
            .all(|id| board.get(*id).unwrap().props.proposal() == proposal)
    );
}
