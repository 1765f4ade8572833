//! What is shown of what somebody holds.

use super::*;
use shared::geometry::BoardPoint;
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::model::{Anchor, Brush, Color, OrderKey, Outline, Prop, Props, Stroke};

const ME: ClientId = ClientId::from_bytes([9; 16]);

const fn id(number: u8) -> ElementId {
    ElementId::from_bytes([number; 16])
}

fn put(board: &mut Board, number: u8, body: Body, props: &[Prop]) {
    let z = OrderKey::above(board.top());
    let at = BoardPoint::new(10.0, 10.0);
    let plain = Props::plain(z, at, Color::Black, 4.0, 255);
    let props = props.iter().cloned().fold(plain, Props::with);
    let element = Element::new(NewElement::new(id(number), props, body), ME);
    board.put_slot(id(number), Slot::Live(Arc::new(element)));
}

const fn anchor(to: u8) -> Option<Anchor> {
    let at = [0.5, 0.5];
    Some(Anchor { to: id(to), at })
}

/// A frame 1 with a box 2 in it; a line 3 from the box to a box 4; a box 5 by itself.
fn board() -> Board {
    let size = Prop::Size([20.0, 20.0]);
    let shape = Body::Shape(Outline::Rectangle);
    let mut board = Board::new();
    let member = [size.clone(), Prop::Frame(Some(id(1)))];
    put(&mut board, 1, Body::Frame, &[Prop::Size([90.0, 90.0])]);
    put(&mut board, 2, shape.clone(), &member);
    let ends = [Prop::Start(anchor(2)), Prop::End(anchor(4))];
    put(&mut board, 3, Body::Line, &ends);
    put(&mut board, 4, shape.clone(), std::slice::from_ref(&size));
    put(&mut board, 5, shape, &[size]);
    board
}

fn moved(board: &Board, number: u8) -> Lifted {
    let mut hand = Hand::new(board);
    let transform = Transform::Move([100.0, 0.0]);
    let affected = affected_by(board, [id(number)], &transform);
    let overlay = Overlay {
        lifted: affected.into_iter().collect(),
        transform: Some(transform),
        ..Overlay::default()
    };
    hand.take_own(&overlay, ME);
    hand.lift()
}

fn at(lifted: &Lifted, number: u8) -> f64 {
    lifted.board().get(id(number)).unwrap().props.at.x
}

#[test]
fn what_is_moved_takes_its_lines_along_and_what_they_hold_on_to_stays() {
    let lifted = moved(&board(), 2);
    assert_eq!(at(&lifted, 2), 110.0);
    assert_eq!(at(&lifted, 4), 10.0);
    let shown: Vec<ElementId> = lifted.in_order().map(|element| element.id).collect();
    assert_eq!(shown, [id(2), id(3)]);
    assert!(lifted.board().get(id(1)).is_some(), "its frame clips it");
}

#[test]
fn a_frame_carries_its_members() {
    let lifted = moved(&board(), 1);
    assert_eq!((at(&lifted, 1), at(&lifted, 2)), (110.0, 110.0));
    assert_eq!(lifted.hidden(), &BTreeSet::from([id(1), id(2), id(3)]));
}

#[test]
fn what_is_locked_or_gone_is_in_nobodys_hand() {
    let mut board = board();
    let shape = Body::Shape(Outline::Rectangle);
    put(&mut board, 5, shape, &[Prop::Locked(true)]);
    assert!(moved(&board, 5).hidden().is_empty());
    assert!(moved(&board, 77).hidden().is_empty());
}

#[test]
fn a_draft_stands_for_what_has_its_id_and_keeps_its_author() {
    let board = board();
    let mut hand = Hand::new(&board);
    let mut draft = board.get(id(4)).unwrap().to_new();
    draft.props.set(Prop::Color(Color::Red));
    hand.draft(&draft, ClientId::from_bytes([1; 16]));
    let lifted = hand.lift();
    let shown = lifted.board().get(id(4)).unwrap();
    assert_eq!((shown.props.color, shown.author), (Color::Red, ME));
    assert!(lifted.hidden().contains(&id(3)), "its line follows");
}

#[test]
fn what_the_eraser_rubs_out_is_gone_from_what_is_shown() {
    let points = [0.0, 10.0, 20.0].map(|x| InkPoint::new(x, 0.0, 0.5));
    let stroke = Stroke {
        brush: Brush::Pen,
        parts: vec![Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap()],
        open: false,
        cuts: Vec::new(),
    };
    let mut board = Board::new();
    put(&mut board, 1, Body::Stroke(stroke), &[]);
    let mut hand = Hand::new(&board);
    let overlay = Overlay {
        cuts: vec![(id(1), vec![[0.5, 1.5]]), (id(9), vec![[0.0, 1.0]])],
        ..Overlay::default()
    };
    hand.take_own(&overlay, ME);
    let lifted = hand.lift();
    let shown = &lifted.board().get(id(1)).unwrap().body;
    let Body::Stroke(stroke) = shown else {
        panic!()
    };
    assert_eq!(stroke.visible(), [[0.0, 0.5], [1.5, 2.0]]);
}

#[test]
fn many_are_a_bundle_and_what_follows_them_is_shown_by_itself() {
    let mut board = board();
    let shape = Body::Shape(Outline::Rectangle);
    let mut ids = vec![id(2), id(5)];
    for number in 100..100 + u8::try_from(MOST_SINGLE).unwrap() {
        put(&mut board, number, shape.clone(), &[]);
        ids.push(id(number));
    }
    let mut hand = Hand::new(&board);
    hand.transform(
        ids.iter().copied().collect(),
        &Transform::Move([100.0, 0.0]),
    );
    let lifted = hand.lift();
    assert_eq!(lifted.bundles().len(), 1);
    assert_eq!(lifted.hidden().len(), ids.len() + 1);
    let shown: Vec<ElementId> = lifted.in_order().map(|element| element.id).collect();
    assert_eq!(shown, [id(3)], "the line from what was bundled");
    assert_eq!(at(&lifted, 2), 110.0, "it holds on to where that is now");
}
