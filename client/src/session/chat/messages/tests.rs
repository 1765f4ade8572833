//! Tests of the messages as the sidebar shows them.

use shared::chat::{ChatChange, ChatStamp, NewMessage, Place};
use shared::model::Color;

use super::*;
use crate::view_model::Answer;

/// A time and the length of a day in these tests.
const DAY: u64 = 86_400_000;

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn id(number: u8) -> MessageId {
    MessageId::from_bytes([number; 16])
}

fn op(author: u8, at_ms: u64, change: ChatChange) -> ChatOp {
    ChatOp {
        stamp: ChatStamp {
            person: person(author),
            as_owner: false,
            name: ["Ada", "Ben", "Cleo"][usize::from(author)].to_owned(),
            color: Color::Red,
            at_ms,
        },
        change,
    }
}

fn post(author: u8, number: u8, at_ms: u64, text: &str) -> ChatOp {
    let new = NewMessage {
        id: id(number),
        text: text.to_owned(),
        reply_to: None,
        place: None,
        open: false,
    };
    op(author, at_ms, ChatChange::Post(Box::new(new)))
}

fn shown(confirmed: &[ChatOp], pending: &[ChatOp], me: u8) -> Vec<MessageView> {
    let confirmed: Vec<Message> = confirmed.iter().filter_map(Message::made_by).collect();
    let reader = Reader {
        person: person(me),
        name: "Ben",
        is_owner: false,
        people: &[],
    };
    let all = with_pending(confirmed.iter(), pending.iter());
    views(&all, &reader, |at_ms| (at_ms / DAY).try_into().unwrap())
}

#[test]
fn messages_on_their_way_come_last_and_changes_on_their_way_show_at_once() {
    let confirmed = [post(1, 1, 0, "one"), post(0, 2, 1, "two")];
    let pending = [
        post(1, 3, 2, "three"),
        op(
            1,
            3,
            ChatChange::Edit {
                id: id(1),
                text: "ONE".to_owned(),
                open: false,
            },
        ),
        op(
            1,
            4,
            ChatChange::React {
                id: id(2),
                emoji: "👍".to_owned(),
                on: true,
            },
        ),
        op(1, 4, ChatChange::Delete { id: id(3) }),
        post(1, 2, 5, "already confirmed"),
    ];
    let all = shown(&confirmed, &pending, 1);
    let texts: Vec<_> = all
        .iter()
        .map(|it| (it.text().map(|it| it.text.as_str()), it.is_sending))
        .collect();
    assert_eq!(
        texts,
        [(Some("ONE"), false), (Some("two"), false), (None, true)]
    );
    assert!(all[1].reactions[0].is_own);
    assert_eq!(all[1].reactions[0].names, "Ben");
}

#[test]
fn messages_of_one_author_stand_under_one_name_for_a_while() {
    use Begins::{Day, Group, Nothing};

    let confirmed = [
        post(0, 1, 0, "a"),
        post(0, 2, GROUP_MS - 1, "b"),
        post(1, 3, GROUP_MS, "c"),
        post(1, 4, 3 * GROUP_MS, "d"),
        post(1, 5, DAY, "e"),
    ];
    let begins: Vec<_> = shown(&confirmed, &[], 1)
        .iter()
        .map(|it| it.begins)
        .collect();
    assert_eq!(begins, [Day, Nothing, Group, Group, Day]);
}

#[test]
fn own_messages_can_be_deleted_and_those_of_others_by_an_owner() {
    let confirmed = [post(0, 1, 0, "a"), post(1, 2, 0, "b")];
    let all = shown(&confirmed, &[], 1);
    assert_eq!([all[0].is_own, all[1].is_own], [false, true]);
    assert_eq!([all[0].may_delete, all[1].may_delete], [false, true]);
    let messages: Vec<Message> = confirmed.iter().filter_map(Message::made_by).collect();
    let owner = Reader {
        person: person(2),
        name: "Cleo",
        is_owner: true,
        people: &[],
    };
    let all = views(&with_pending(messages.iter(), [].iter()), &owner, |_| 0);
    assert!(all.iter().all(|it| it.may_delete && !it.is_own));
}

#[test]
fn authors_can_be_mentioned_and_answers_quote() {
    let answer = NewMessage {
        id: id(2),
        text: "@Ada yes @Ben".to_owned(),
        reply_to: Some(id(1)),
        place: None,
        open: false,
    };
    let unknown = NewMessage {
        id: id(3),
        reply_to: Some(id(9)),
        ..answer.clone()
    };
    let confirmed = [
        post(0, 1, 0, "shall\nwe?"),
        op(1, 1, ChatChange::Post(Box::new(answer))),
        op(1, 1, ChatChange::Post(Box::new(unknown))),
    ];
    let all = shown(&confirmed, &[], 1);
    let text = all[1].text().unwrap();
    assert!(text.mentions_me());
    let reply = text.reply.clone().unwrap();
    assert_eq!(
        (reply.author.as_str(), reply.text.as_str()),
        ("Ada", "shall we?")
    );
    assert_eq!(all[2].text().unwrap().reply.clone().unwrap().author, "");
}

#[test]
fn an_open_message_grows_while_its_author_is_here_and_is_interrupted_afterwards() {
    let here = assistant_here();
    let mut begun = post(0, 1, 0, "I look");
    if let ChatChange::Post(new) = &mut begun.change {
        new.open = true;
    }
    let edit = |open| {
        let (id, text) = (id(1), "I look at it".to_owned());
        op(0, 5, ChatChange::Edit { id, text, open })
    };
    for (changes, people, mark) in [
        (vec![], vec![here.clone()], TextMark::Growing),
        (vec![], vec![], TextMark::Interrupted),
        (vec![edit(true)], vec![here], TextMark::Growing),
        (vec![edit(false)], vec![], TextMark::None),
        (vec![edit(false), edit(false)], vec![], TextMark::Edited),
    ] {
        let reader = Reader {
            person: person(1),
            name: "Ben",
            is_owner: false,
            people: &people,
        };
        let mut message = Message::made_by(&begun).unwrap();
        changes.iter().for_each(|change| message.change(change));
        let all = with_pending([message].iter(), [].iter());
        let shown = views(&all, &reader, |_| 0);
        assert_eq!(shown[0].text().unwrap().mark, mark);
    }
}

/// The assistant on the board, as the author with number 0.
fn assistant_here() -> Person {
    Person {
        peer: shared::protocol::PeerNo(1),
        client: shared::id::ClientId::from_bytes([0; 16]),
        role: shared::protocol::Role::Edit,
        profile: shared::protocol::Profile::default(),
        device: None,
        program: Some(shared::protocol::ProgramKind::Ai),
    }
}

/// An answer of the assistant.
fn answer(number: u8, to: u8, text: &str, open: bool) -> ChatOp {
    let new = NewMessage {
        id: id(number),
        text: text.to_owned(),
        reply_to: Some(id(to)),
        place: None,
        open,
    };
    let mut op = op(0, 0, ChatChange::Post(Box::new(new)));
    op.stamp.name = "Assistant".to_owned();
    op
}

/// An answer that shows what was drawn.
fn drawn(number: u8, to: u8) -> ChatOp {
    let mut op = answer(number, to, "Done.", false);
    if let ChatChange::Post(new) = &mut op.change {
        new.place = Some(Place::View([0.0; 4]));
    }
    op
}

/// What a person can do about each message.
fn answers(confirmed: &[ChatOp], me: u8, is_owner: bool, is_here: bool) -> Vec<Answer> {
    let confirmed: Vec<Message> = confirmed.iter().filter_map(Message::made_by).collect();
    let here = [assistant_here()];
    let reader = Reader {
        person: person(me),
        name: "Ben",
        is_owner,
        people: if is_here { &here } else { &[] },
    };
    let all = with_pending(confirmed.iter(), [].iter());
    let views = views(&all, &reader, |_| 0);
    views.iter().map(|view| view.answer).collect()
}

#[test]
fn an_answer_is_stopped_by_its_asker_and_by_owners_while_it_grows() {
    use Answer::{Nothing, Stop, Undo};
    let asked = post(1, 1, 0, "@assistant draw a tree");
    let growing = [asked, answer(2, 1, "Yes.\n\n⏳ Drawing …", true)];
    for (me, is_owner, is_here, expected) in [
        (1, false, true, Stop),
        (2, true, true, Stop),
        (2, false, true, Nothing),
        (2, true, false, Nothing),
        // The assistant left before the answer was whole.
        (1, false, false, Undo),
    ] {
        assert_eq!(
            answers(&growing, me, is_owner, is_here),
            [Nothing, expected]
        );
    }
    let all = shown(&growing, &[], 1);
    let text = all[1].text().unwrap();
    assert_eq!((text.text.as_str(), &text.progress), ("Yes.", &None));
}

#[test]
fn the_asker_can_undo_what_the_newest_answer_drew() {
    use Answer::{Nothing, Undo};
    let mut all = vec![post(1, 1, 0, "@assistant tidy up"), drawn(2, 1)];
    assert_eq!(answers(&all, 1, false, false), [Nothing, Undo]);
    assert_eq!(answers(&all, 2, true, false), [Nothing; 2]);
    all.push(post(2, 3, 0, "@assistant cluster"));
    assert_eq!(answers(&all, 1, false, false)[1], Undo);
    all.push(post(1, 4, 0, "@assistant undo"));
    assert_eq!(answers(&all, 1, false, false), [Nothing; 4]);
    all.push(answer(5, 4, "Undone.", false));
    assert_eq!(answers(&all, 1, false, false), [Nothing; 5]);
    all.push(post(1, 6, 0, "@assistant explain"));
    all.push(answer(7, 6, "A tree.", false));
    assert_eq!(answers(&all, 1, false, false), [Nothing; 7]);
}
