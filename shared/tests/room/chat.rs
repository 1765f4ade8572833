//! The conversation through a room, and what rights a room gives.

use shared::chat::{Chat, ChatChange, ChatOp, ChatPage, MessageBody, Notice};
use shared::id::PersonId;
use shared::limits::{CHAT_PAGE_MESSAGES, CHAT_WINDOW_MESSAGES, MAX_CHAT_BYTES};
use shared::protocol::Rights;
use shared::sync::Access;
use shared::sync::packed::unpack;
use testkit::fixtures::{chat_commit, message_id, post};

use super::*;

/// A time in milliseconds since 1970.
const UNIX_MS: u64 = 1_700_000_000_000;

pub(crate) fn room() -> TestRoom {
    let mut test = TestRoom::new();
    test.room.set_unix_time(UNIX_MS, 0);
    test
}

pub(crate) fn set_access(test: &mut TestRoom, version: u64, access: Access) {
    test.room.set_record("Title".into(), access, version);
}

pub(crate) fn say(test: &mut TestRoom, session: SessionNo, who: u8, cno: u64, change: ChatChange) {
    test.commit(session, chat_commit(who, cno, change));
    test.answer_batches();
}

fn chat_ops(messages: &[ServerMsg]) -> Vec<ChatOp> {
    let commits = messages.iter().filter_map(|message| match message {
        ServerMsg::Commit { commit, .. } => Some(&commit.commit),
        _ => None,
    });
    commits
        .flat_map(|commit| commit.chat_ops().cloned())
        .collect()
}

fn rights(messages: &[ServerMsg]) -> Vec<Rights> {
    let rights = messages.iter().filter_map(|message| match message {
        ServerMsg::Rights(rights) => Some(*rights),
        _ => None,
    });
    rights.collect()
}

fn newest(messages: &[ServerMsg]) -> Option<Chat> {
    messages.iter().rev().find_map(|message| match message {
        ServerMsg::Chat(packed) => unpack(packed, MAX_CHAT_BYTES),
        _ => None,
    })
}

fn pages(messages: &[ServerMsg]) -> Vec<Option<ChatPage>> {
    let pages = messages.iter().filter_map(|message| match message {
        ServerMsg::ChatPage { packed, .. } => Some(unpack(packed, MAX_CHAT_BYTES)),
        _ => None,
    });
    pages.collect()
}

#[test]
fn a_message_gets_the_name_and_the_time_of_its_sender_and_reaches_all() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let bob = test.join(2, &hello(2, 1, None), Role::Owner);
    test.sent_to(ann);
    test.sent_to(bob);
    test.now = 500;
    // The stamp of the sender claims to be another person.
    say(&mut test, ann, 9, 1, post(1, "hello\n\u{202e}there\u{7}"));
    let seen = chat_ops(&test.sent_to(bob));
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].stamp.name, "Person 1");
    assert_eq!(seen[0].stamp.person, PersonId::of(client_id(1), None));
    assert_eq!(seen[0].stamp.at_ms, UNIX_MS + 500);
    assert!(!seen[0].stamp.as_owner);
    assert_eq!(seen[0].change, post(1, "hello\nthere"));
    // The author gets it back as it is stored.
    assert_eq!(chat_ops(&test.sent_to(ann)), seen);
    let late = test.join(3, &hello(3, 1, None), Role::View);
    let sent = test.sent_to(late);
    let in_snapshot = newest(&sent).unwrap().messages.len();
    assert_eq!(in_snapshot + chat_ops(&sent).len(), 1);
}

#[test]
fn people_change_their_own_messages_and_owners_delete_any() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let bob = test.join(2, &hello(2, 1, None), Role::Edit);
    let olga = test.join(3, &hello(3, 1, None), Role::Owner);
    say(&mut test, ann, 1, 1, post(1, "one"));
    let edit = |text: &str| ChatChange::Edit {
        id: message_id(1),
        text: text.to_owned(),
        open: false,
    };
    let delete = ChatChange::Delete { id: message_id(1) };
    say(&mut test, ann, 1, 2, edit("two"));
    for (cno, change) in (1..).zip([edit("forged"), delete.clone()]) {
        say(&mut test, bob, 2, cno, change);
    }
    let notice = ChatChange::Notice {
        id: message_id(2),
        notice: Notice::Frozen,
    };
    say(&mut test, bob, 2, 3, notice.clone());
    let refused = refusals(&test.sent_to(bob));
    let forbidden = |cno| (cno, Refusal::Forbidden);
    assert_eq!(refused, [1, 2, 3].map(forbidden));
    let text = |test: &TestRoom| test.room.state().chat.messages[0].body.clone();
    assert!(matches!(text(&test), MessageBody::Text(body) if body.text == "two"));
    say(&mut test, olga, 3, 1, delete);
    say(&mut test, olga, 3, 2, notice);
    assert_eq!(text(&test), MessageBody::Deleted);
    assert_eq!(test.room.state().chat.messages.len(), 2);
    assert_eq!(refusals(&test.sent_to(olga)), []);
}

#[test]
fn viewers_write_only_if_the_board_lets_them() {
    let mut test = room();
    let viewer = test.join(1, &hello(1, 1, None), Role::View);
    let before = rights(&test.sent_to(viewer));
    assert_eq!(before.iter().map(|it| it.chat).collect::<Vec<_>>(), [false]);
    say(&mut test, viewer, 1, 1, post(1, "may I?"));
    assert_eq!(refusals(&test.sent_to(viewer)), [(1, Refusal::Forbidden)]);
    let access = Access {
        viewers_chat: true,
        ..Access::default()
    };
    set_access(&mut test, 2, access);
    let after = rights(&test.sent_to(viewer));
    assert_eq!(
        after
            .iter()
            .map(|it| (it.chat, it.draw))
            .collect::<Vec<_>>(),
        [(true, false)]
    );
    say(&mut test, viewer, 1, 2, post(2, "thanks"));
    test.commit(viewer, put(3, 1));
    assert_eq!(refusals(&test.sent_to(viewer)), [(3, Refusal::ViewOnly)]);
    assert_eq!(test.room.state().chat.messages.len(), 1);
    assert!(test.room.state().board.is_empty());
}

#[test]
fn only_owners_change_a_frozen_board_and_all_go_on_talking() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let olga = test.join(2, &hello(2, 1, None), Role::Owner);
    test.sent_to(ann);
    test.sent_to(olga);
    let access = Access {
        frozen: true,
        ..Access::default()
    };
    set_access(&mut test, 2, access);
    assert!(
        rights(&test.sent_to(ann))
            .iter()
            .all(|it| it.frozen && !it.draw && it.chat)
    );
    assert!(
        rights(&test.sent_to(olga))
            .iter()
            .all(|it| it.frozen && it.draw)
    );
    test.commit(ann, put(1, 1));
    test.send(
        ann,
        ClientMsg::Live(LiveUpdate::Select(vec![element_id(1)])),
    );
    say(&mut test, ann, 1, 2, post(1, "why?"));
    test.commit(olga, put(1, 2));
    test.answer_batches();
    assert_eq!(refusals(&test.sent_to(ann)), [(1, Refusal::Frozen)]);
    assert_eq!(test.room.state().board.len(), 1);
    assert_eq!(test.room.state().chat.messages.len(), 1);
    let selects = |message: &ServerMsg| matches!(message, ServerMsg::Live(items) if items.iter().any(|(_, it)| matches!(it, LiveUpdate::Select(_))));
    test.advance(20);
    assert!(!test.sent_to(olga).iter().any(selects));
    set_access(&mut test, 3, Access::default());
    test.commit(ann, put(3, 3));
    test.answer_batches();
    assert_eq!(test.room.state().board.len(), 2);
}

#[test]
fn a_muted_person_looks_and_does_nothing_else() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let bob = test.join(2, &hello(2, 1, None), Role::Edit);
    let person = PersonId::of(client_id(1), None);
    let access = Access {
        muted: [person].into(),
        ..Access::default()
    };
    set_access(&mut test, 2, access);
    test.sent_to(ann);
    test.sent_to(bob);
    test.commit(ann, put(1, 1));
    say(&mut test, ann, 1, 2, post(1, "but"));
    let muted = |cno| (cno, Refusal::Muted);
    assert_eq!(refusals(&test.sent_to(ann)), [1, 2].map(muted));
    test.send(ann, ClientMsg::Live(LiveUpdate::Say("psst".to_owned())));
    test.send(ann, ClientMsg::Live(LiveUpdate::Cursor(Some([1.0, 2.0]))));
    test.advance(20);
    let live = test
        .sent_to(bob)
        .into_iter()
        .filter_map(|message| match message {
            ServerMsg::Live(items) => Some(items),
            _ => None,
        });
    let kinds: Vec<LiveUpdate> = live.flatten().map(|(_, item)| item).collect();
    assert_eq!(kinds, [LiveUpdate::Cursor(Some([1.0, 2.0]))]);
    assert!(test.room.state().board.is_empty() && test.room.state().chat.is_empty());
}

#[test]
fn older_messages_leave_in_pages_that_are_stored_before_the_log_is_compacted() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let count = CHAT_WINDOW_MESSAGES as u64 + 1;
    for number in 1..=count {
        say(
            &mut test,
            ann,
            1,
            number,
            post(number, format!("message {number}")),
        );
    }
    let chat = &test.room.state().chat;
    assert_eq!((chat.pages, chat.total), (1, count));
    assert_eq!(
        chat.messages.len(),
        CHAT_WINDOW_MESSAGES + 1 - CHAT_PAGE_MESSAGES
    );
    let stored = test.effects.iter().find_map(|effect| match effect {
        RoomEffect::StoreChatPage { number, packed, .. } => Some((*number, packed.clone())),
        _ => None,
    });
    let (number, packed) = stored.unwrap();
    test.effects.clear();
    test.room.compact_soon();
    test.advance(200);
    let compacts = |effect: &RoomEffect| matches!(effect, RoomEffect::Compact { .. });
    assert!(
        !test.effects.iter().any(compacts),
        "the page is not stored yet"
    );

    // Until it is stored, readers get it from the room.
    test.sent_to(ann);
    test.send(ann, ClientMsg::ChatPage(0));
    let read = pages(&test.sent_to(ann));
    assert_eq!(read[0].as_ref().unwrap().messages.len(), CHAT_PAGE_MESSAGES);

    test.room.on_chat_page_stored(number);
    test.advance(200);
    assert!(test.effects.iter().any(compacts));
    test.send(ann, ClientMsg::ChatPage(0));
    let reads = |effect: &RoomEffect| matches!(effect, RoomEffect::ReadChatPage(0));
    assert!(test.effects.iter().any(reads));
    test.room.on_chat_page(0, Some(packed));
    assert_eq!(pages(&test.sent_to(ann)).len(), 1);
    // There is no such page.
    test.send(ann, ClientMsg::ChatPage(7));
    assert_eq!(pages(&test.sent_to(ann)), [None]);
}

#[test]
fn a_room_that_opens_the_board_stores_pages_again_that_the_log_fills() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    for number in 1..=120 {
        say(&mut test, ann, 1, number, post(number, "again"));
    }
    let commits = (1..).zip(test.log.clone()).collect();
    let again = TestRoom::opened(&Loaded {
        at: at(120),
        snapshot: None,
        commits,
        record_version: 1,
    });
    let stores = |effect: &&RoomEffect| matches!(effect, RoomEffect::StoreChatPage { .. });
    assert_eq!(again.effects.iter().filter(stores).count(), 1);
    assert_eq!(again.room.state().chat, test.room.state().chat);
}

#[test]
fn a_commit_changes_the_conversation_or_the_board() {
    let mut test = room();
    let ann = test.join(1, &hello(1, 1, None), Role::Edit);
    let mut mixed = chat_commit(1, 1, post(1, "and"));
    mixed.ops.extend(put(1, 1).ops);
    test.commit(ann, mixed);
    for (cno, text) in (2..).zip(["", " \n", &"x".repeat(4_001)]) {
        test.commit(ann, chat_commit(1, cno, post(cno, text)));
    }
    test.answer_batches();
    let invalid = |cno| (cno, Refusal::Invalid);
    assert_eq!(refusals(&test.sent_to(ann)), [1, 2, 3, 4].map(invalid));
    assert!(test.room.state().chat.is_empty());
}
