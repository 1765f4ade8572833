//! The conversation in a replica: newest messages, pages, changes of messages that are not read yet.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::chat::{Chat, ChatChange, ChatOp, ChatPage, Message, MessageBody};
use shared::id::MessageId;
use shared::sync::packed::pack;
use testkit::fixtures::{chat_commit, chat_op, message_id, post};

use super::*;

/// A server with the conversation of one board.
#[derive(Default)]
struct Server {
    chat: Chat,
    pages: BTreeMap<u64, ChatPage>,
    seq: u64,
}

impl Server {
    /// Applies a change; returns the message about it.
    fn apply(&mut self, who: u8, change: ChatChange) -> ServerMsg {
        let op = chat_op(who, change);
        self.pages
            .extend(self.chat.apply(&op).map(|page| (page.number, page)));
        self.seq += 1;
        let ops = vec![Op::Chat(Box::new(op))];
        let commit = authored(client_id(who), self.seq, ops);
        commit_at(self.seq, &commit)
    }

    /// A replica that joins now.
    fn join(&self) -> Replica {
        let mut replica = Replica::new(key(200), Vec::new(), 1, 0);
        connect(&mut replica, 0);
        let mut receive = |message| replica.receive(message, 0).unwrap();
        receive(welcome(at(self.seq), 0, Role::Edit, false));
        receive(ServerMsg::Chat(pack(&self.chat).unwrap().into()));
        receive(snapshot(&state(at(self.seq), &[])));
        replica
    }

    /// Lets a replica read all pages.
    fn answer_all(&self, replica: &mut Replica) {
        for _ in 0..=self.chat.pages {
            replica.read_older_messages();
            while let Some(message) = replica.poll_transmit() {
                if let ClientMsg::ChatPage(number) = message {
                    let packed = pack(&self.pages[&number]).unwrap().into();
                    let page = ServerMsg::ChatPage { number, packed };
                    replica.receive(page, 0).unwrap();
                }
            }
        }
    }
}

fn texts(replica: &Replica) -> Vec<String> {
    let messages = replica.conversation().messages();
    let texts = messages.map(|message| match &message.body {
        MessageBody::Text(body) => body.text.clone(),
        MessageBody::Notice(_) => "notice".to_owned(),
        MessageBody::Deleted => "deleted".to_owned(),
    });
    texts.collect()
}

#[test]
fn a_message_is_pending_until_the_server_has_stored_it() {
    let mut replica = online(Role::Edit);
    let commit = chat_commit(1, 1, post(1, "hello"));
    replica.submit(commit.ops.clone(), Guard::Any, 0);
    assert_eq!(replica.pending_chat().count(), 1);
    assert_eq!(sent(&mut replica), [1]);
    let mut stored = commit;
    for op in &mut stored.ops {
        if let Op::Chat(op) = op {
            op.stamp.at_ms = 77;
        }
    }
    let stored = AuthoredCommit {
        author: me(),
        commit: stored,
    };
    replica.receive(commit_at(1, &stored), 0).unwrap();
    assert_eq!(replica.pending_chat().count(), 0);
    assert_eq!(texts(&replica), ["hello"]);
    assert_eq!(replica.pending(), 0);
    assert!(events(&mut replica).contains(&ReplicaEvent::Chat));
}

#[test]
fn older_messages_are_read_page_by_page() {
    let mut server = Server::default();
    for number in 1..=260 {
        server.apply(1, post(number, number.to_string()));
    }
    let mut replica = server.join();
    assert_eq!(replica.conversation().total(), 260);
    assert!(replica.conversation().has_older());
    assert!(texts(&replica).len() <= 100);
    server.answer_all(&mut replica);
    let all: Vec<String> = (1..=260).map(|number: u64| number.to_string()).collect();
    assert_eq!(texts(&replica), all);
    assert!(!replica.conversation().has_older());
}

#[test]
fn a_page_that_cannot_be_read_can_be_asked_for_again() {
    let mut server = Server::default();
    for number in 1..=120 {
        server.apply(1, post(number, number.to_string()));
    }
    let mut replica = server.join();
    replica.read_older_messages();
    assert!(replica.conversation().is_reading());
    let unreadable = ServerMsg::ChatPage {
        number: 0,
        packed: Vec::new().into(),
    };
    replica.receive(unreadable, 0).unwrap();
    assert!(!replica.conversation().is_reading());
    server.answer_all(&mut replica);
    assert_eq!(texts(&replica).len(), 120);
}

/// What one person does with a message of a number.
#[derive(Clone, Debug)]
enum Act {
    Post,
    Edit(u64),
    Delete(u64),
    React(u64, bool),
}

fn acts() -> impl Strategy<Value = Vec<(u8, Act)>> {
    let act = prop_oneof![
        6 => Just(Act::Post),
        1 => any::<u64>().prop_map(Act::Edit),
        1 => any::<u64>().prop_map(Act::Delete),
        2 => (any::<u64>(), any::<bool>()).prop_map(|(of, on)| Act::React(of, on)),
    ];
    proptest::collection::vec((1_u8..4, act), 1..700)
}

fn change(act: &Act, number: u64) -> ChatChange {
    let target = |of: u64| message_id(of % number.max(1) + 1);
    match act {
        Act::Post => post(number + 1, format!("message {number}")),
        Act::Edit(of) => ChatChange::Edit {
            id: target(*of),
            text: format!("edited {number}"),
            open: false,
        },
        Act::Delete(of) => ChatChange::Delete { id: target(*of) },
        Act::React(of, on) => ChatChange::React {
            id: target(*of),
            emoji: "👍".to_owned(),
            on: *on,
        },
    }
}

/// The messages after all changes, without pages.
fn folded(ops: &[ChatOp]) -> Vec<Message> {
    let mut order: Vec<MessageId> = Vec::new();
    let mut messages: BTreeMap<MessageId, Message> = BTreeMap::new();
    for op in ops {
        let id = op.change.message();
        match (Message::made_by(op), messages.get_mut(&id)) {
            (Some(message), None) => {
                order.push(id);
                messages.insert(id, message);
            }
            (None, Some(message)) => message.change(op),
            (_, _) => {}
        }
    }
    order.iter().map(|id| messages[id].clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_reader_who_joins_at_any_time_and_reads_all_pages_sees_every_change(
        acts in acts(),
        joins in 0_usize..700,
        reads in 0_usize..700,
    ) {
        let mut server = Server::default();
        let mut ops = Vec::new();
        let (mut reader, mut number) = (None, 0);
        for (step, (who, act)) in acts.iter().enumerate() {
            if step == joins % acts.len() {
                reader = Some(server.join());
            }
            if let Some(reader) = reader.as_mut().filter(|_| step == reads % acts.len()) {
                server.answer_all(reader);
            }
            let change = change(act, number);
            number += u64::from(matches!(act, Act::Post));
            ops.push(chat_op(*who, change.clone()));
            let message = server.apply(*who, change);
            if let Some(reader) = &mut reader {
                reader.receive(message, 0).unwrap();
            }
        }
        let mut reader = reader.unwrap();
        server.answer_all(&mut reader);
        let seen: Vec<Message> = reader.conversation().messages().cloned().collect();
        prop_assert_eq!(seen, folded(&ops));
    }
}
