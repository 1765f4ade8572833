//! Clients and servers of version 4 in a room: they get nothing that they do not know.

use shared::op::{Commit, Guard, Op};
use shared::sync::Access;
use testkit::fixtures::post;

use super::chat::{room, say, set_access};
use super::*;

#[test]
fn a_client_of_version_4_gets_nothing_that_it_does_not_know() {
    let mut test = room();
    let old = Hello {
        version: 4,
        ..hello(1, 1, None)
    };
    let old = test.join(1, &old, Role::Edit);
    let new = test.join(2, &hello(2, 1, None), Role::Edit);
    let mut to_old = test.sent_to(old);
    test.commit(new, put(1, 1));
    say(&mut test, new, 2, 2, post(1, "hello"));
    test.send(new, ClientMsg::Live(LiveUpdate::Say("psst".to_owned())));
    test.send(new, ClientMsg::Live(LiveUpdate::Cursor(None)));
    let access = Access {
        frozen: true,
        ..Access::default()
    };
    set_access(&mut test, 2, access);
    test.commit(old, put(1, 2));
    test.answer_batches();
    test.advance(20);
    to_old.extend(test.sent_to(old));
    let is_new = |message: &ServerMsg| match message {
        ServerMsg::Rights(_) | ServerMsg::Chat(_) | ServerMsg::ChatPage { .. } => true,
        ServerMsg::Live(items) => items.iter().any(|(_, item)| !item.is_known_to(4)),
        ServerMsg::Commit { commit, .. } => commit.commit.is_chat(),
        _ => false,
    };
    assert!(!to_old.iter().any(is_new), "{to_old:?}");
    assert_eq!(commits(&to_old), [(1, 1), (2, 0), (1, 0)]);
    assert_eq!(refusals(&to_old), [(1, Refusal::Invalid)]);
    let has_cursor =
        |message: &ServerMsg| matches!(message, ServerMsg::Live(items) if !items.is_empty());
    assert!(to_old.iter().any(has_cursor));
}

#[test]
fn a_client_of_version_4_is_asked_to_load_a_newer_page_by_a_commit_that_it_cannot_read() {
    let mut test = room();
    let old = Hello {
        version: 4,
        ..hello(1, 1, None)
    };
    let old = test.join(1, &old, Role::Edit);
    let owner = test.join(2, &hello(2, 1, None), Role::Owner);
    test.commit(old, put(1, 1));
    test.answer_batches();
    let guard = Guard::WorkOf(vec![client_id(1)]);
    let ids = vec![element_id(1)];
    let ops = vec![Op::Delete { ids }];
    test.commit(owner, Commit { cno: 1, guard, ops });
    test.answer_batches();
    test.sent_to(old);
    assert_eq!(test.closed, [(old, CloseCode::Version)]);
}

#[test]
fn servers_of_version_4_can_read_the_live_updates_that_they_know() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    test.published.clear();
    test.send(ann, ClientMsg::Live(LiveUpdate::Say("psst".to_owned())));
    test.send(ann, ClientMsg::Live(LiveUpdate::Cursor(None)));
    test.advance(20);
    let mut known = 0;
    for relay in &test.published {
        if let RelayMessage::Live(items) = &relay.message {
            assert!(items.iter().all(|(_, item)| item.is_known_to(4)));
            known += items.len();
        }
    }
    assert_eq!(known, 1);
}
