//! What the preview of a drag shows.

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
    board.set_state(id(number), ElementState::Present(Arc::new(element)));
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

fn moved(board: &Board, number: u8) -> DragPreview {
    let mut known = KnownGroup::default();
    let mut builder = Builder::new(board, &mut known);
    let transform = Transform::Move([100.0, 0.0]);
    let affected = affected_by_transform(board, [id(number)], &transform);
    let overlay = Overlay {
        transformed: Rc::new(affected),
        transform: Some(transform),
        ..Overlay::default()
    };
    builder.add_own(&overlay, ME);
    builder.build()
}

fn at(preview: &DragPreview, number: u8) -> f64 {
    preview.board().get(id(number)).unwrap().props.at.x
}

#[test]
fn a_moved_shape_takes_its_lines_along_and_their_other_ends_stay() {
    let preview = moved(&board(), 2);
    assert_eq!(at(&preview, 2), 110.0);
    assert_eq!(at(&preview, 4), 10.0);
    let shown: Vec<ElementId> = preview.in_order().map(|element| element.id).collect();
    assert_eq!(shown, [id(2), id(3)]);
    assert!(preview.board().get(id(1)).is_some(), "its frame clips it");
}

#[test]
fn a_moved_frame_takes_its_members_along() {
    let preview = moved(&board(), 1);
    assert_eq!((at(&preview, 1), at(&preview, 2)), (110.0, 110.0));
    let replaced: Vec<ElementId> = preview.replaced().ids().collect();
    assert_eq!(replaced, [id(1), id(2), id(3)]);
}

#[test]
fn locked_and_deleted_elements_are_not_previewed() {
    let mut board = board();
    let shape = Body::Shape(Outline::Rectangle);
    put(&mut board, 5, shape, &[Prop::Locked(true)]);
    assert!(moved(&board, 5).replaced().is_empty());
    assert!(moved(&board, 77).replaced().is_empty());
}

#[test]
fn a_draft_replaces_the_element_with_its_id_and_keeps_the_author() {
    let board = board();
    let mut known = KnownGroup::default();
    let mut builder = Builder::new(&board, &mut known);
    let mut draft = board.get(id(4)).unwrap().to_new();
    draft.props.set(Prop::Color(Color::Red));
    builder.add_draft(&draft, ClientId::from_bytes([1; 16]));
    let preview = builder.build();
    let shown = preview.board().get(id(4)).unwrap();
    assert_eq!((shown.props.color, shown.author), (Color::Red, ME));
    assert!(preview.replaced().has(id(3)), "its line follows");
}

#[test]
fn the_parts_under_the_eraser_are_not_shown() {
    let points = [0.0, 10.0, 20.0].map(|x| InkPoint::new(x, 0.0, 0.5));
    let stroke = Stroke {
        brush: Brush::Pen,
        parts: vec![Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap()],
        open: false,
        erased: Vec::new(),
    };
    let mut board = Board::new();
    put(&mut board, 1, Body::Stroke(stroke), &[]);
    let mut known = KnownGroup::default();
    let mut builder = Builder::new(&board, &mut known);
    let overlay = Overlay {
        erased_ranges: vec![(id(1), vec![[0.5, 1.5]]), (id(9), vec![[0.0, 1.0]])],
        ..Overlay::default()
    };
    builder.add_own(&overlay, ME);
    let preview = builder.build();
    let shown = &preview.board().get(id(1)).unwrap().body;
    let Body::Stroke(stroke) = shown else {
        panic!()
    };
    assert_eq!(stroke.visible(), [[0.0, 0.5], [1.5, 2.0]]);
}

#[test]
fn many_elements_are_one_group_and_their_followers_are_shown_singly() {
    let mut board = board();
    let shape = Body::Shape(Outline::Rectangle);
    let mut ids = vec![id(2), id(5)];
    for number in 100..100 + u8::try_from(MAX_SINGLE).unwrap() {
        put(&mut board, number, shape.clone(), &[]);
        ids.push(id(number));
    }
    let mut known = KnownGroup::default();
    let mut builder = Builder::new(&board, &mut known);
    let overlay = Overlay {
        transformed: Rc::new(ids.iter().copied().collect()),
        transform: Some(Transform::Move([100.0, 0.0])),
        ..Overlay::default()
    };
    builder.add_own(&overlay, ME);
    let preview = builder.build();
    assert_eq!(preview.groups().len(), 1);
    let (group, _) = &preview.groups()[0];
    assert!(Rc::ptr_eq(group, &overlay.transformed), "it is not copied");
    assert_eq!(preview.replaced().ids().count(), ids.len() + 1);
    let shown: Vec<ElementId> = preview.in_order().map(|element| element.id).collect();
    assert_eq!(shown, [id(3)], "the line that is attached to the group");
    assert_eq!(
        at(&preview, 2),
        110.0,
        "the line needs the place of its end"
    );
}
