//! The history of a board: undoing the work of one person, origins of elements, lost elements.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use shared::history::{Change, Origin, Origins, WorkOfPerson, elements_lost_since};
use shared::id::ClientId;
use shared::model::{
    Board, Body, Color, ErasedRange, Marks, NewElement, Outline, Prop, RichText, TextEdit,
};
use shared::op::{AuthoredCommit, Commit, Guard, Op, apply_commit};
use testkit::fixtures::{client_id, element_id, ink, put, set, stroke};

const ADA: u8 = 1;
const BEN: u8 = 2;
const OWNER: u8 = 3;

/// A log and the board that it makes.
#[derive(Default)]
struct Log {
    commits: Vec<AuthoredCommit>,
    board: Board,
}

impl Log {
    fn of(commits: impl IntoIterator<Item = (u8, Op)>) -> Self {
        let mut log = Self::default();
        for (who, op) in commits {
            log.add(who, Guard::Any, vec![op]);
        }
        log
    }

    fn add(&mut self, who: u8, guard: Guard, ops: Vec<Op>) {
        let cno = self.commits.len() as u64 + 1;
        let commit = Commit { cno, guard, ops };
        assert_eq!(commit.validate(), Ok(()));
        let author = client_id(who);
        apply_commit(&mut self.board, author, &commit);
        self.commits.push(AuthoredCommit { author, commit });
    }

    fn work_of(&self, who: u8, after: u64) -> WorkOfPerson {
        let mut work = WorkOfPerson::new(&BTreeSet::from([client_id(who)]), after);
        for (seq, commit) in (1..).zip(&self.commits) {
            work.push(seq, commit);
        }
        work
    }

    /// An owner undoes what a person did after a position.
    fn undo(&mut self, who: u8, after: u64) {
        let work = self.work_of(who, after);
        self.add(OWNER, work.guard(), work.undo());
    }

    fn shown(&self) -> Vec<NewElement> {
        self.board.elements().map(|it| it.to_new()).collect()
    }

    fn prop_of(&self, id: u64, prop: &Prop) -> Prop {
        let element = self.board.get(element_id(id)).unwrap();
        element.props.get(prop.key())
    }

    fn text_of(&self, id: u64) -> String {
        self.board.get(element_id(id)).unwrap().text.plain()
    }
}

fn line(id: u64) -> Op {
    put(stroke(
        element_id(id),
        ink([(0.0, 0.0), (30.0, 10.0), (60.0, 0.0)]),
    ))
}

fn note(id: u64, who: u8, text: &str) -> Op {
    let marks = Marks::default();
    let run = shared::model::StyledRun { text, marks };
    let body = Body::Shape(Outline::Rectangle);
    let props = stroke(element_id(id), ink([(0.0, 0.0)])).props;
    let mut new = NewElement::new(element_id(id), props, body);
    new.text = RichText::typed(client_id(who), [run]);
    put(new)
}

fn color(id: u64, color: Color) -> Op {
    set(element_id(id), Prop::Color(color))
}

fn delete(ids: &[u64]) -> Op {
    let ids = ids.iter().map(|id| element_id(*id)).collect();
    Op::Delete { ids }
}

fn erase(id: u64, spans: Vec<ErasedRange>) -> Op {
    let id = element_id(id);
    Op::Erase { id, spans }
}

fn typing(id: u64, from: u32, text: &str) -> Op {
    let edit = TextEdit::Insert {
        after: None,
        from,
        text: text.to_owned(),
        marks: Marks::default(),
    };
    let id = element_id(id);
    Op::Text { id, edit }
}

#[test]
fn what_a_person_put_goes_and_what_the_person_deleted_comes_back() {
    let mut log = Log::of([(ADA, line(1)), (ADA, line(2)), (BEN, line(3))]);
    let ada_alone = Log::of([(ADA, line(1)), (ADA, line(2))]);
    log.add(BEN, Guard::Any, vec![delete(&[1]), color(2, Color::Red)]);
    log.add(BEN, Guard::Any, vec![erase(2, vec![[0.5, 1.0]])]);
    log.undo(BEN, 0);
    assert_eq!(log.shown(), ada_alone.shown());
}

#[test]
fn an_element_that_others_changed_stays_and_keeps_their_changes() {
    let mut log = Log::of([(BEN, line(1)), (ADA, color(1, Color::Blue))]);
    log.undo(BEN, 0);
    assert_eq!(
        log.prop_of(1, &Prop::Color(Color::Red)),
        Prop::Color(Color::Blue)
    );
    let mut log = Log::of([(ADA, line(1)), (BEN, color(1, Color::Blue))]);
    log.add(ADA, Guard::Any, vec![color(1, Color::Green)]);
    log.undo(BEN, 0);
    assert_eq!(
        log.prop_of(1, &Prop::Color(Color::Red)),
        Prop::Color(Color::Green)
    );
}

#[test]
fn a_property_gets_the_last_value_of_the_others() {
    let mut log = Log::of([(ADA, line(1)), (BEN, color(1, Color::Blue))]);
    log.add(ADA, Guard::Any, vec![color(1, Color::Green)]);
    log.add(BEN, Guard::Any, vec![color(1, Color::Red)]);
    log.add(BEN, Guard::Any, vec![color(1, Color::Blue)]);
    log.undo(BEN, 0);
    assert_eq!(
        log.prop_of(1, &Prop::Color(Color::Red)),
        Prop::Color(Color::Green)
    );
}

#[test]
fn only_work_after_a_position_is_undone() {
    let mut log = Log::of([(BEN, line(1)), (BEN, color(1, Color::Blue))]);
    let before = log.shown();
    log.add(BEN, Guard::Any, vec![color(1, Color::Red), line(2)]);
    log.undo(BEN, 2);
    assert_eq!(log.shown(), before);
}

#[test]
fn a_change_that_comes_before_the_undoing_stays() {
    let mut log = Log::of([(ADA, line(1)), (BEN, color(1, Color::Blue)), (BEN, line(2))]);
    let work = log.work_of(BEN, 0);
    log.add(
        ADA,
        Guard::Any,
        vec![color(1, Color::Green), color(2, Color::Green)],
    );
    log.add(OWNER, work.guard(), work.undo());
    assert_eq!(
        log.prop_of(1, &Prop::Color(Color::Red)),
        Prop::Color(Color::Green)
    );
    assert_eq!(
        log.prop_of(2, &Prop::Color(Color::Red)),
        Prop::Color(Color::Green)
    );
}

#[test]
fn characters_that_a_person_typed_go_and_deleted_ones_come_back() {
    let mut log = Log::of([(ADA, note(1, ADA, "tea")), (BEN, typing(1, 0, "no "))]);
    assert_eq!(log.text_of(1), "no tea");
    let whole = log.board.get(element_id(1)).unwrap().text.spans(0..4);
    let id = element_id(1);
    log.add(
        BEN,
        Guard::Any,
        vec![Op::Text {
            id,
            edit: TextEdit::Delete(whole),
        }],
    );
    log.add(ADA, Guard::Any, vec![typing(1, 10, "hot ")]);
    log.undo(BEN, 0);
    assert_eq!(log.text_of(1), "hot tea");
}

#[test]
fn styles_of_a_text_become_what_they_were() {
    let mut log = Log::of([(ADA, note(1, ADA, "tea"))]);
    let before = log.shown();
    let id = element_id(1);
    let spans = log.board.get(id).unwrap().text.spans(0..2);
    for marks in [Marks::BOLD, Marks::ITALIC] {
        let edit = TextEdit::Mark {
            spans: spans.clone(),
            marks,
            on: true,
        };
        log.add(BEN, Guard::Any, vec![Op::Text { id, edit }]);
    }
    assert_ne!(log.shown(), before);
    log.undo(BEN, 0);
    let marks = |new: &NewElement| -> Vec<_> { new.text.runs().map(|run| run.marks).collect() };
    assert_eq!(log.text_of(1), "tea");
    assert!(
        marks(&log.shown()[0])
            .iter()
            .all(|it| *it == Marks::default())
    );
}

#[test]
fn origins_name_the_first_and_the_last_change() {
    let log = Log::of([
        (ADA, line(1)),
        (BEN, line(2)),
        (BEN, color(1, Color::Red)),
        (ADA, delete(&[2])),
        (ADA, erase(9, vec![[0.0, 1.0]])),
    ]);
    let mut origins = Origins::of([1, 2, 9].map(element_id).into());
    for (seq, commit) in (1..).zip(&log.commits) {
        origins.push(seq, commit);
    }
    let by = |who, seq| Change {
        by: client_id(who),
        seq,
    };
    let origin = Origin {
        created: by(ADA, 1),
        changed: Some(by(BEN, 3)),
    };
    assert_eq!(
        origins.found().collect::<Vec<_>>(),
        [(element_id(1), origin)]
    );
}

#[test]
fn a_cleared_board_comes_back() {
    let mut log = Log::of([(ADA, line(1)), (BEN, note(2, BEN, "tea")), (ADA, line(3))]);
    let (then, shown) = (log.board.clone(), log.shown());
    log.add(OWNER, Guard::Any, vec![delete(&[1, 2, 3])]);
    let ops = elements_lost_since(&then, &log.board);
    log.add(OWNER, Guard::Any, ops);
    assert_eq!(log.shown(), shown);
    assert_eq!(elements_lost_since(&then, &log.board), []);
}

/// Changes of a few elements that several people make.
fn op() -> impl Strategy<Value = Op> {
    let colors = [Color::Red, Color::Blue, Color::Green];
    prop_oneof![
        (0_u64..5).prop_map(line),
        (0_u64..5, 0_usize..3).prop_map(move |(id, at)| color(id, colors[at])),
        (0_u64..5).prop_map(|id| delete(&[id])),
        (0_u64..5).prop_map(|id| erase(id, vec![[0.25, 1.0]])),
    ]
}

fn commits(people: std::ops::Range<u8>) -> impl Strategy<Value = Vec<(u8, Op)>> {
    proptest::collection::vec((people, op()), 0..20)
}

proptest! {
    #[test]
    fn nothing_of_the_last_person_is_left(before in commits(4..6), after in commits(1..2)) {
        let mut log = Log::of(before);
        let (shown, last) = (log.shown(), log.commits.len() as u64);
        for (who, op) in after {
            log.add(who, Guard::Any, vec![op]);
        }
        log.undo(ADA, last);
        prop_assert_eq!(log.shown(), shown);
    }

    #[test]
    fn values_that_others_wrote_last_stay(all in commits(1..4)) {
        let mut log = Log::of(all);
        let before = log.board.clone();
        log.undo(ADA, 0);
        let others = |client: ClientId| client != client_id(ADA);
        for was in before.elements() {
            let key = shared::model::PropKey::Color;
            if others(was.writer(key)) && was.writers.contains_key(&key) {
                let is = log.board.get(was.id).unwrap();
                prop_assert_eq!(is.props.color, was.props.color);
            }
        }
    }
}
