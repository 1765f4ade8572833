//! Looking for text.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::{Body, Marks, NewElement, Prop, RichText, text::Stretch};
use shared::op::{Guard, Op};
use unicode_normalization::UnicodeNormalization as _;

use super::desk::{Desk, ME, OTHER, boxed, element_id};
use crate::{FindStep, Found};

fn note(number: u64, at: (f64, f64), text: &str) -> NewElement {
    let rect = BoardRect::new(at.0, at.1, at.0 + 100.0, at.1 + 100.0);
    let mut new = boxed(number, Body::Text, rect);
    let marks = Marks::NONE;
    new.text = RichText::typed(ME, [Stretch { text, marks }]);
    new
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.put(ME, note(1, (5_000.0, 0.0), "Ein MÄRCHEN"));
    desk.put(ME, note(2, (0.0, 0.0), "marche"));
    desk.put(ME, note(3, (0.0, 5_000.0), "nothing"));
    let rect = BoardRect::new(0.0, 9_000.0, 500.0, 9_500.0);
    let mut frame = boxed(4, Body::Frame, rect);
    frame.props.set(Prop::Name("March plan".to_owned()));
    desk.put(ME, frame);
    desk
}

fn find(desk: &mut Desk, query: &str) -> Found {
    desk.ask(|editor, now, ids, board| editor.find(query, decompose, now, ids, board));
    desk.editor.found()
}

fn step(desk: &mut Desk, step: FindStep) -> Found {
    desk.ask(|editor, now, ids, board| editor.find_step(step, decompose, now, ids, board));
    desk.editor.found()
}

fn first_outlined(desk: &Desk) -> Option<shared::id::ElementId> {
    let overlay = desk.editor.overlay(desk.now, &desk.board);
    overlay.found.first().copied()
}

fn decompose(text: &str) -> String {
    text.to_lowercase().nfd().collect()
}

#[test]
fn words_are_found_whatever_their_case_and_accents() {
    let mut desk = desk();
    assert_eq!(find(&mut desk, "march"), Found { count: 3, at: 1 });
    assert_eq!(find(&mut desk, " PLAN "), Found { count: 1, at: 1 });
    assert_eq!(find(&mut desk, "absent"), Found { count: 0, at: 0 });
    assert_eq!(find(&mut desk, ""), Found { count: 0, at: 0 });
}

#[test]
fn matches_come_in_reading_order_and_into_view() {
    let mut desk = desk();
    find(&mut desk, "march");
    for (expected, place) in [
        (2, (10.0, 10.0)),
        (1, (5_010.0, 10.0)),
        (4, (10.0, 9_010.0)),
    ] {
        assert_eq!(first_outlined(&desk), Some(element_id(expected)));
        let seen = desk.editor.camera().visible();
        assert!(
            seen.contains(kurbo::Point::from(BoardPoint::new(place.0, place.1))),
            "{expected}"
        );
        step(&mut desk, FindStep::Next);
    }
    assert_eq!(desk.editor.found().at, 1, "after the last, the first");
    assert_eq!(step(&mut desk, FindStep::Previous).at, 3);
}

#[test]
fn going_on_to_type_stays_where_one_is() {
    let mut desk = desk();
    find(&mut desk, "march");
    step(&mut desk, FindStep::Next);
    assert_eq!(find(&mut desk, "marche"), Found { count: 2, at: 2 });
    assert_eq!(first_outlined(&desk), Some(element_id(1)));
}

#[test]
fn what_others_take_away_is_passed_over() {
    let mut desk = desk();
    find(&mut desk, "march");
    let ids = vec![element_id(2)];
    desk.apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    assert_eq!(step(&mut desk, FindStep::Next), Found { count: 2, at: 1 });
    assert_eq!(first_outlined(&desk), Some(element_id(1)));
}
