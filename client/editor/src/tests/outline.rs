//! The board in words: the outline, and announcements of changes by others.

use shared::geometry::BoardRect;
use shared::id::ClientId;
use shared::model::{
    Arrowhead, Board, Body, CharId, Color, Marks, NewElement, Outline, Prop, RichText, TextEdit,
    text::StyledRun,
};
use shared::op::{Commit, Guard, Op, apply_commit};

use super::rig::{ME, OTHER, boxed, element_id, line, shape};
use crate::document::announce::Announcer;
use crate::document::index::Index;
use crate::document::outline::outline;

const THIRD: ClientId = ClientId::from_bytes([3; 16]);

fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

fn note(number: u64, at: (f64, f64), text: &str) -> NewElement {
    let body = Body::Sticky {
        signed: String::new(),
    };
    let mut new = boxed(number, body, rect(at.0, at.1, 100.0, 100.0));
    let marks = Marks::NONE;
    new.text = RichText::typed(OTHER, [StyledRun { text, marks }]);
    new
}

fn apply(board: &mut Board, author: ClientId, op: Op) -> Vec<shared::id::ElementId> {
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops: vec![op],
    };
    apply_commit(board, author, &commit).touched().collect()
}

fn put(board: &mut Board, author: ClientId, new: NewElement) {
    apply(board, author, Op::Put(Box::new(new)));
}

#[test]
fn the_list_reads_as_a_page_does() {
    let mut board = Board::new();
    put(
        &mut board,
        ME,
        shape(1, Outline::Ellipse, rect(500.0, 10.0, 50.0, 50.0)),
    );
    put(&mut board, ME, note(2, (0.0, 0.0), "first\n  words"));
    put(&mut board, ME, line(3, (0.0, 300.0), (50.0, 300.0)));
    put(&mut board, ME, line(4, (60.0, 301.0), (90.0, 301.0)));
    put(&mut board, OTHER, line(5, (100.0, 301.0), (150.0, 301.0)));
    let mut arrow = line(6, (0.0, 0.0), (0.0, 0.0));
    arrow.body = Body::Line;
    arrow.props.at = shared::geometry::BoardPoint::new(0.0, 600.0);
    arrow.props.set(Prop::Points(vec![[0.0, 0.0], [9.0, 0.0]]));
    arrow
        .props
        .set(Prop::Heads([Arrowhead::None, Arrowhead::Arrow]));
    put(&mut board, ME, arrow);
    let mut frame = boxed(7, Body::Frame, rect(0.0, 900.0, 500.0, 100.0));
    frame.props.set(Prop::Name("Plan".to_owned()));
    put(&mut board, ME, frame);
    let (items, _) = outline(&board, &Index::of(&board), 500);
    let words: Vec<String> = items.iter().map(|item| item.words()).collect();
    assert_eq!(
        words,
        [
            "Sticky note: first words",
            "Ellipse",
            "Drawing of 2 strokes",
            "Drawing",
            "Arrow",
            "Frame: Plan",
        ]
    );
    assert_eq!(items[3].author, OTHER);
}

#[test]
fn a_shortened_outline_says_how_many_lines_are_missing() {
    let mut board = Board::new();
    for (number, y) in [(1_u64, 0.0), (2, 100.0), (3, 200.0)] {
        put(&mut board, ME, note(number, (0.0, y), "words"));
    }
    put(&mut board, ME, line(4, (0.0, 300.0), (50.0, 300.0)));
    put(&mut board, ME, line(5, (0.0, 400.0), (50.0, 400.0)));
    let index = Index::of(&board);
    let (all, none) = outline(&board, &index, 500);
    assert_eq!((all.len(), none), (4, 0), "two strokes are one drawing");
    let (some, more) = outline(&board, &index, 2);
    assert_eq!((some.as_slice(), more), (&all[..2], 2));
}

#[test]
fn long_texts_are_shortened() {
    let mut board = Board::new();
    put(&mut board, ME, note(1, (0.0, 0.0), &"räuber ".repeat(500)));
    let (items, _) = outline(&board, &Index::of(&board), 500);
    assert_eq!(items[0].text.chars().count(), 81);
    assert!(items[0].text.ends_with('…'));
}

/// A board whose changes are announced.
#[derive(Default)]
struct Room {
    board: Board,
    announcer: Announcer,
}

impl Room {
    fn act(&mut self, author: ClientId, op: Op) {
        let before = self.board.clone();
        for id in apply(&mut self.board, author, op) {
            let (before, after) = (before.get(id), self.board.get(id));
            let (before, after) = (before.map(AsRef::as_ref), after.map(AsRef::as_ref));
            self.announcer.record(before, after, ME, &self.board);
        }
    }

    fn put(&mut self, author: ClientId, new: NewElement) {
        self.act(author, Op::Put(Box::new(new)));
    }

    fn due(&mut self, now: u64) -> Option<String> {
        self.announcer.due(now, |client| {
            if client == OTHER { "Ada" } else { "Ben" }.to_owned()
        })
    }
}

fn color(number: u64) -> Op {
    Op::Set {
        id: element_id(number),
        prop: Prop::Color(Color::Red),
    }
}

#[test]
fn one_element_is_announced_in_words_and_several_by_their_number() {
    let mut room = Room::default();
    room.put(OTHER, note(1, (0.0, 0.0), "buy milk"));
    assert_eq!(
        room.due(0).as_deref(),
        Some("Ada added a sticky note: buy milk.")
    );
    room.put(OTHER, shape(2, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    room.put(OTHER, shape(3, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    room.act(THIRD, color(1));
    assert_eq!(
        room.due(5_000).as_deref(),
        Some("Ada added 2 ellipses. Ben changed a sticky note: buy milk.")
    );
    room.act(OTHER, color(2));
    room.act(OTHER, color(3));
    room.put(OTHER, note(4, (0.0, 0.0), ""));
    room.put(OTHER, shape(5, Outline::Diamond, rect(0.0, 0.0, 5.0, 5.0)));
    assert_eq!(
        room.due(9_000).as_deref(),
        Some("Ada added 2 elements, changed 2 ellipses.")
    );
}

#[test]
fn sentences_keep_their_distance() {
    let mut room = Room::default();
    room.put(OTHER, shape(1, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    assert!(room.due(100).is_some());
    room.put(OTHER, shape(2, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    assert_eq!(room.due(2_099), None);
    assert!(room.announcer.is_waiting());
    assert_eq!(room.due(2_100).as_deref(), Some("Ada added an ellipse."));
    assert_eq!(room.due(9_000), None);
}

#[test]
fn a_new_note_is_announced_with_its_text() {
    let mut room = Room::default();
    let mut from = 0;
    room.put(OTHER, note(1, (0.0, 0.0), ""));
    for (now, letters) in [(0, "buy "), (1_500, "more "), (3_000, "milk")] {
        assert_eq!(room.due(now), None, "at {now}");
        room.act(OTHER, written(1, &mut from, letters));
    }
    assert_eq!(room.due(3_100), None);
    assert!(room.announcer.is_waiting());
    assert_eq!(
        room.due(5_100).as_deref(),
        Some("Ada added a sticky note: buy more milk.")
    );
    room.put(OTHER, note(2, (0.0, 0.0), ""));
    assert_eq!(room.due(8_000), None, "they may be about to write");
    assert_eq!(
        room.due(10_000).as_deref(),
        Some("Ada added a sticky note.")
    );
    room.put(OTHER, note(3, (0.0, 0.0), ""));
    let mut from = 0;
    let late = (11..).map(|second| second * 1_000).find(|now| {
        room.act(OTHER, written(3, &mut from, "on "));
        room.due(*now).is_some()
    });
    assert_eq!(late, Some(22_000), "who writes on and on is heard too");
}

fn written(number: u64, from: &mut u32, letters: &str) -> Op {
    let edit = TextEdit::Insert {
        after: from.checked_sub(1).map(|no| CharId { by: OTHER, no }),
        from: *from,
        text: letters.to_owned(),
        marks: Marks::NONE,
    };
    *from += u32::try_from(letters.len()).unwrap();
    let id = element_id(number);
    Op::Text { id, edit }
}

#[test]
fn own_changes_are_not_announced() {
    let mut room = Room::default();
    room.put(ME, shape(1, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    room.act(ME, color(1));
    room.act(
        ME,
        Op::Delete {
            ids: vec![element_id(1)],
        },
    );
    assert!(!room.announcer.is_waiting());
}

#[test]
fn announcements_name_who_deleted_and_who_wrote() {
    let mut room = Room::default();
    room.put(ME, note(1, (0.0, 0.0), "mine"));
    room.put(ME, shape(2, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    let edit = TextEdit::Insert {
        after: None,
        from: 0,
        text: "not ".to_owned(),
        marks: Marks::NONE,
    };
    let id = element_id(1);
    room.act(THIRD, Op::Text { id, edit });
    room.act(
        OTHER,
        Op::Delete {
            ids: vec![element_id(2)],
        },
    );
    assert_eq!(
        room.due(0).as_deref(),
        Some("Ada removed an ellipse. Ben wrote on a sticky note: not mine.")
    );
}

#[test]
fn moved_elements_are_announced_as_moved() {
    let mut room = Room::default();
    room.put(ME, shape(1, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    room.put(ME, shape(2, Outline::Diamond, rect(0.0, 0.0, 5.0, 5.0)));
    for number in [1, 2] {
        let prop = Prop::At(shared::geometry::BoardPoint::new(9.0, 9.0));
        let id = element_id(number);
        room.act(THIRD, Op::Set { id, prop });
    }
    assert_eq!(room.due(0).as_deref(), Some("Ben moved 2 elements."));
}

#[test]
fn elements_deleted_before_their_announcement_are_not_announced() {
    let mut room = Room::default();
    room.put(OTHER, shape(1, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)));
    room.act(
        OTHER,
        Op::Delete {
            ids: vec![element_id(1)],
        },
    );
    assert_eq!(room.due(0), None);
}

#[test]
fn many_people_are_announced_in_one_sentence() {
    let mut room = Room::default();
    for number in 1..=5 {
        let author = ClientId::from_bytes([number as u8 + 10; 16]);
        room.put(
            author,
            shape(number, Outline::Ellipse, rect(0.0, 0.0, 5.0, 5.0)),
        );
    }
    assert_eq!(room.due(0).as_deref(), Some("5 people changed 5 elements."));
}
