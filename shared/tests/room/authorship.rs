//! What a commit says about people: a room corrects what it cannot confirm.

use shared::model::{
    Board, Body, CharSpan, Element, Erasure, Marks, NewElement, RichText, StyledRun, TextEdit,
};
use shared::op::{Commit, Op};
use shared::protocol::{Role, decode};
use testkit::fixtures::{client_id, commit, ink, stroke};

use super::*;

const ID: u8 = 7;

fn typed(who: u8, text: &str) -> RichText {
    let marks = Marks::NONE;
    RichText::typed(client_id(who), [StyledRun { text, marks }])
}

fn element(body: Body, text: RichText) -> NewElement {
    let NewElement { id, props, .. } = stroke(element_id(ID.into()), ink([(1.0, 2.0)]));
    NewElement {
        text,
        ..NewElement::new(id, props, body)
    }
}

fn sticky(signed: &str) -> Body {
    Body::Sticky {
        signed: signed.to_owned(),
    }
}

fn stroke_erased_by(who: u8) -> NewElement {
    let mut new = stroke(element_id(ID.into()), ink([(0.0, 0.0), (9.0, 9.0)]));
    if let Body::Stroke(stroke) = &mut new.body {
        let by = client_id(who);
        stroke.erased = vec![Erasure {
            by,
            span: [0.25, 0.5],
        }];
    }
    new
}

/// A room with two people, who can act and whose board can be read.
struct TwoPeople {
    test: TestRoom,
    sessions: [SessionNo; 2],
}

impl TwoPeople {
    fn new() -> Self {
        let mut test = TestRoom::new();
        let sessions = [1, 2].map(|who| test.join(who.into(), &hello(who, 1, None), Role::Edit));
        Self { test, sessions }
    }

    /// Commits ops of person 1 or 2; returns whether their author gets a mere ack.
    fn commit(&mut self, who: u8, cno: u64, ops: Vec<Op>) -> bool {
        let session = self.sessions[usize::from(who) - 1];
        self.test.commit(session, commit(cno, ops));
        self.test.answer_batches();
        acks(&self.test.sent_to(session)).contains(&cno)
    }

    fn board(&self) -> &Board {
        &self.test.room.state().board
    }

    fn element(&self) -> &Element {
        self.board().get(element_id(ID.into())).unwrap()
    }

    fn delete(&mut self, who: u8, cno: u64) {
        let ids = vec![element_id(ID.into())];
        assert!(self.commit(who, cno, vec![Op::Delete { ids }]));
    }
}

fn put_op(new: NewElement) -> Op {
    Op::Put(Box::new(new))
}

fn restore_op(new: NewElement) -> Op {
    Op::Restore(Box::new(new))
}

#[test]
fn a_new_element_is_its_authors_whatever_it_says() {
    let mut people = TwoPeople::new();
    assert!(!people.commit(1, 1, vec![put_op(stroke_erased_by(2))]));
    let Body::Stroke(stroke) = &people.element().body else {
        panic!()
    };
    assert_eq!(stroke.erased[0].by, client_id(1));

    let mut people = TwoPeople::new();
    let forged = element(sticky("Person 2"), typed(2, "I agree"));
    assert!(!people.commit(1, 1, vec![put_op(forged)]));
    assert_eq!(people.element().text, typed(1, "I agree"));
    assert_eq!(people.element().body, sticky("Person 1"));
}

#[test]
fn true_statements_are_kept_and_acked() {
    let mut people = TwoPeople::new();
    let new = element(sticky("Person 1"), typed(1, "Mine"));
    assert!(people.commit(1, 1, vec![put_op(new)]));
    assert_eq!(people.element().body, sticky("Person 1"));
}

#[test]
fn a_restored_element_names_others_only_as_it_did_before() {
    let mut people = TwoPeople::new();
    people.commit(
        1,
        1,
        vec![put_op(element(sticky("Person 1"), typed(1, "Mine")))],
    );
    let insert = TextEdit::Insert {
        after: None,
        from: 0,
        text: "Ours ".to_owned(),
        marks: Marks::NONE,
    };
    let id = element_id(ID.into());
    people.commit(2, 1, vec![Op::Text { id, edit: insert }]);
    let before = people.element().to_new();
    people.delete(2, 2);
    assert!(
        people.commit(2, 3, vec![restore_op(before.clone())]),
        "undo of the deletion"
    );
    assert_eq!(people.element().to_new(), before);

    // The same again, but the text now says what person 1 never typed.
    people.delete(2, 4);
    let forged = element(sticky("Person 1"), typed(1, "I resign"));
    assert!(!people.commit(2, 5, vec![restore_op(forged)]));
    assert_eq!(people.element().text, typed(2, "I resign"));
    assert_eq!(people.element().author, client_id(1));
    assert_eq!(
        people.element().body,
        sticky("Person 1"),
        "that it said before"
    );

    people.delete(2, 6);
    let forged = element(sticky("The boss"), typed(2, "x"));
    people.commit(2, 7, vec![restore_op(forged)]);
    assert_eq!(people.element().body, sticky("Person 2"));
}

#[test]
fn erased_ranges_of_others_come_back_and_forged_ones_do_not() {
    let mut people = TwoPeople::new();
    people.commit(1, 1, vec![put_op(stroke_erased_by(1))]);
    let erased = people.element().to_new();
    people.delete(2, 1);
    assert!(people.commit(2, 2, vec![restore_op(erased)]));
    people.delete(2, 3);
    let mut forged = stroke_erased_by(1);
    if let Body::Stroke(stroke) = &mut forged.body {
        stroke.erased.push(Erasure {
            by: client_id(1),
            span: [0.5, 0.75],
        });
        stroke.erased.push(Erasure {
            by: client_id(2),
            span: [0.5, 0.75],
        });
    }
    people.commit(2, 4, vec![restore_op(forged)]);
    let Body::Stroke(stroke) = &people.element().body else {
        panic!()
    };
    let by: Vec<_> = stroke.erased.iter().map(|erasure| erasure.by).collect();
    assert_eq!(by, [client_id(1), client_id(2)]);
}

#[test]
fn what_is_restored_from_an_unknown_past_is_the_work_of_its_restorer() {
    let mut people = TwoPeople::new();
    people.commit(
        1,
        1,
        vec![put_op(element(sticky("Person 1"), typed(1, "Mine")))],
    );
    let before = people.element().to_new();
    people.delete(1, 2);
    // A room that opens from a snapshot does not know what was deleted before it.
    let snapshot = shared::protocol::encode(people.test.room.state()).unwrap();
    let loaded = Loaded {
        at: people.test.room.at(),
        snapshot: Some((people.test.room.at().seq, snapshot)),
        commits: Vec::new(),
        record_version: 1,
    };
    let mut later = TestRoom::opened(&loaded);
    let two = later.join(2, &hello(2, 1, None), Role::Edit);
    later.commit(two, commit(1, vec![restore_op(before)]));
    later.log = (0..loaded.at.seq).map(|_| stored(1, &put(1, 1))).collect();
    later.answer_batches();
    let element = later.room.state().board.get(element_id(ID.into())).unwrap();
    assert_eq!(element.text, typed(2, "Mine"));
    assert_eq!(element.author, client_id(1));
}

#[test]
fn names_are_cleaned_and_unknown_marks_are_not_stored() {
    let mut people = TwoPeople::new();
    let mut frame = element(Body::Frame, RichText::default());
    frame.props.set(Prop::Name("Fr\0ame\u{202e}".to_owned()));
    people.commit(1, 1, vec![put_op(frame)]);
    assert_eq!(people.element().props.name(), "Frame");
    let name = Prop::Name("\u{2066}Plan\n".to_owned());
    people.commit(
        2,
        1,
        vec![Op::Set {
            id: element_id(ID.into()),
            prop: name,
        }],
    );
    assert_eq!(people.element().props.name(), "Plan");

    let text = element_id(8);
    let all_bits: Marks = rmp_serde::from_slice(&[0xcc, 0xff]).unwrap();
    let spans = vec![CharSpan {
        by: client_id(1),
        from: 0,
        len: 1,
    }];
    let insert = TextEdit::Insert {
        after: None,
        from: 0,
        text: "a".to_owned(),
        marks: all_bits,
    };
    let mark = TextEdit::Mark {
        spans,
        marks: all_bits,
        on: true,
    };
    let edits = [insert, mark].map(|edit| Op::Text { id: text, edit });
    people.commit(1, 2, edits.to_vec());
    let logged = people.test.log.last().unwrap();
    let logged: Commit = decode(&logged.payload, MAX_FRAME_BYTES).unwrap();
    let known = Marks::BOLD.set(Marks::ITALIC, true);
    for op in &logged.ops {
        let Op::Text {
            edit: TextEdit::Insert { marks, .. } | TextEdit::Mark { marks, .. },
            ..
        } = op
        else {
            panic!("{op:?}")
        };
        assert_eq!(*marks, known);
    }
}
