//! The search for text.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::{Body, Marks, NewElement, Prop, RichText, text::StyledRun};
use shared::op::{Guard, Op};
use unicode_normalization::UnicodeNormalization as _;

use super::rig::{ME, OTHER, Rig, boxed, element_id};
use crate::{FindStep, Found};

fn note(number: u64, at: (f64, f64), text: &str) -> NewElement {
    let rect = BoardRect::new(at.0, at.1, at.0 + 100.0, at.1 + 100.0);
    let mut new = boxed(number, Body::Text, rect);
    let marks = Marks::NONE;
    new.text = RichText::typed(ME, [StyledRun { text, marks }]);
    new
}

fn rig() -> Rig {
    let mut rig = Rig::new();
    rig.put(ME, note(1, (5_000.0, 0.0), "Ein MÄRCHEN"));
    rig.put(ME, note(2, (0.0, 0.0), "marche"));
    rig.put(ME, note(3, (0.0, 5_000.0), "nothing"));
    let rect = BoardRect::new(0.0, 9_000.0, 500.0, 9_500.0);
    let mut frame = boxed(4, Body::Frame, rect);
    frame.props.set(Prop::Name("March plan".to_owned()));
    rig.put(ME, frame);
    rig
}

fn find(rig: &mut Rig, query: &str) -> Found {
    rig.ask(|editor, context| editor.find(query, decompose, context));
    rig.editor.found()
}

fn step(rig: &mut Rig, step: FindStep) -> Found {
    rig.ask(|editor, context| editor.find_step(step, decompose, context));
    rig.editor.found()
}

fn first_outlined(rig: &Rig) -> Option<shared::id::ElementId> {
    let overlay = rig.editor.overlay(rig.now, &rig.board);
    overlay.found.first().copied()
}

fn decompose(text: &str) -> String {
    text.to_lowercase().nfd().collect()
}

#[test]
fn search_ignores_case_and_accents() {
    let mut rig = rig();
    assert_eq!(find(&mut rig, "march"), Found { count: 3, at: 1 });
    assert_eq!(find(&mut rig, " PLAN "), Found { count: 1, at: 1 });
    assert_eq!(find(&mut rig, "absent"), Found { count: 0, at: 0 });
    assert_eq!(find(&mut rig, ""), Found { count: 0, at: 0 });
}

#[test]
fn matches_are_in_reading_order_and_scrolled_into_view() {
    let mut rig = rig();
    find(&mut rig, "march");
    for (expected, place) in [
        (2, (10.0, 10.0)),
        (1, (5_010.0, 10.0)),
        (4, (10.0, 9_010.0)),
    ] {
        assert_eq!(first_outlined(&rig), Some(element_id(expected)));
        let seen = rig.editor.camera().visible();
        assert!(
            seen.contains(kurbo::Point::from(BoardPoint::new(place.0, place.1))),
            "{expected}"
        );
        step(&mut rig, FindStep::Next);
    }
    assert_eq!(rig.editor.found().at, 1, "after the last, the first");
    assert_eq!(step(&mut rig, FindStep::Previous).at, 3);
}

#[test]
fn a_longer_query_keeps_the_match_that_is_shown() {
    let mut rig = rig();
    find(&mut rig, "march");
    step(&mut rig, FindStep::Next);
    assert_eq!(find(&mut rig, "marche"), Found { count: 2, at: 2 });
    assert_eq!(first_outlined(&rig), Some(element_id(1)));
}

#[test]
fn matches_that_others_delete_are_skipped() {
    let mut rig = rig();
    find(&mut rig, "march");
    let ids = vec![element_id(2)];
    rig.apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    assert_eq!(step(&mut rig, FindStep::Next), Found { count: 2, at: 1 });
    assert_eq!(first_outlined(&rig), Some(element_id(1)));
}
