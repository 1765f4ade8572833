//! Clients of version 5 in a room: they get nothing that they do not know.

use shared::chat::{Chat, ChatChange, NewMessage, Place};
use shared::id::ProposalId;
use shared::model::Prop;
use shared::op::{Commit, Guard, Op};
use shared::protocol::ProgramKind;
use shared::sync::Access;
use shared::sync::packed::unpack;
use testkit::fixtures::message_id;

use super::chat::{room, say, set_access};
use super::*;

fn old() -> Hello {
    Hello {
        version: 5,
        ..hello(1, 1, None)
    }
}

fn program() -> Hello {
    Hello {
        program: Some(ProgramKind::Ai),
        ..hello(2, 1, None)
    }
}

/// A commit that proposes the element of a number.
fn propose(cno: u64, number: u8) -> Commit {
    let mut commit = put(cno, number);
    for op in &mut commit.ops {
        if let Op::Put(new) = op {
            let proposal = ProposalId::from_bytes([7; 16]);
            new.props.set(Prop::Proposal(Some(proposal)));
        }
    }
    commit
}

fn open_message(number: u64) -> ChatChange {
    ChatChange::Post(Box::new(NewMessage {
        id: message_id(number),
        text: "I look".to_owned(),
        reply_to: None,
        place: None,
        open: true,
    }))
}

/// Whether a message names anything that is new in version 6.
fn is_new(message: &ServerMsg) -> bool {
    match message {
        ServerMsg::People(people) => people.iter().any(|person| person.program.is_some()),
        ServerMsg::Commit { commit, .. } => commit.commit.for_version_5().is_some(),
        ServerMsg::Chat(packed) => {
            let chat: Chat = unpack(packed, 100_000).unwrap();
            chat.for_version_5().is_some()
        }
        ServerMsg::Refused { reason, .. } => *reason == Refusal::ProposalsOnly,
        _ => false,
    }
}

#[test]
fn a_client_of_version_5_gets_nothing_that_it_does_not_know() {
    let mut test = room();
    let old = test.join(1, &old(), Role::Edit);
    let ai = test.join(2, &program(), Role::Edit);
    let new = test.join(3, &hello(3, 1, None), Role::Edit);
    let mut told = [old, new].map(|session| test.sent_to(session));
    test.commit(ai, propose(1, 1));
    say(&mut test, ai, 2, 2, open_message(1));
    let stop = ChatChange::Stop { id: message_id(1) };
    say(&mut test, ai, 2, 3, stop);
    let place = Place::View([0.0, 0.0, 9.0, 9.0]);
    let id = message_id(1);
    say(&mut test, ai, 2, 4, ChatChange::Show { id, place });
    let accept = Op::Set {
        id: element_id(1),
        prop: Prop::Proposal(None),
    };
    let accept = Commit {
        cno: 1,
        guard: Guard::Any,
        ops: vec![accept],
    };
    test.commit(new, accept);
    test.answer_batches();
    test.advance(200);
    for (session, told) in [old, new].into_iter().zip(&mut told) {
        told.extend(test.sent_to(session));
    }
    let [to_old, to_new] = told;
    assert!(!to_old.iter().any(is_new), "{to_old:?}");
    assert_eq!(commits(&to_old), [(1, 1), (2, 1), (3, 0), (4, 0), (1, 0)]);
    assert_eq!(to_new.iter().filter(|message| is_new(message)).count(), 5);
}

#[test]
fn a_snapshot_for_version_5_has_neither_proposals_nor_open_messages() {
    let mut test = room();
    let ai = test.join(2, &program(), Role::Edit);
    test.commit(ai, propose(1, 1));
    say(&mut test, ai, 2, 2, open_message(1));
    test.answer_batches();
    let old = test.join(1, &old(), Role::Edit);
    test.advance(50);
    let to_old = test.sent_to(old);
    assert!(!to_old.iter().any(is_new), "{to_old:?}");
    let parts = to_old
        .iter()
        .filter(|it| matches!(it, ServerMsg::Snapshot(_)));
    assert!(parts.count() > 0);
}

#[test]
fn programs_only_propose_where_an_owner_says_so() {
    let mut test = room();
    let ai = test.join(2, &program(), Role::Owner);
    let ann = test.join(3, &hello(3, 1, None), Role::Edit);
    let access = Access {
        programs_propose: true,
        ..Access::default()
    };
    set_access(&mut test, 2, access);
    test.sent_to(ai);
    test.commit(ann, put(1, 1));
    test.commit(ai, put(1, 2));
    test.commit(ai, propose(2, 3));
    test.answer_batches();
    let set = |cno, number, prop| Commit {
        cno,
        guard: Guard::Any,
        ops: vec![Op::Set {
            id: element_id(number),
            prop,
        }],
    };
    test.commit(ai, set(3, 3, Prop::Opacity(9)));
    test.commit(ai, set(4, 3, Prop::Proposal(None)));
    test.commit(ai, set(5, 1, Prop::Opacity(9)));
    let ids = vec![element_id(1)];
    let delete = Commit {
        cno: 6,
        guard: Guard::Any,
        ops: vec![Op::Delete { ids }],
    };
    test.commit(ai, delete);
    test.answer_batches();
    let refused = [1, 4, 5, 6].map(|cno| (cno, Refusal::ProposalsOnly));
    assert_eq!(refusals(&test.sent_to(ai)), refused);

    // It may take back its own work of before, if its server vouches for that.
    let undo = |cno| Commit {
        cno,
        guard: Guard::WorkOf(vec![client_id(9)]),
        ops: vec![Op::Delete {
            ids: vec![element_id(1)],
        }],
    };
    test.commit(ai, undo(7));
    test.room.permit_undo(client_id(2), vec![client_id(9)]);
    test.commit(ai, undo(8));
    test.answer_batches();
    let refused = [(7, Refusal::ProposalsOnly)];
    assert_eq!(refusals(&test.sent_to(ai)), refused);
}
