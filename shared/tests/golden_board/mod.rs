//! The golden board has every kind of element in most of its styles. It is small enough to be
//! viewed as a whole, and painters are compared on it.

mod images;
mod lines;
mod paths;
mod shapes;
mod texts;

use shared::geometry::BoardPoint;
use shared::id::{ClientId, ElementId};
use shared::model::{
    Board, Body, Color, Marks, NewElement, OrderKey, Prop, Props, RichText, StyledRun,
};
use shared::op::{Commit, Guard, Op, apply_commit};

/// The author of all elements.
pub(crate) const AUTHOR: ClientId = ClientId::from_bytes([0x0a; 16]);

/// The golden board.
pub(crate) fn board() -> Board {
    board_of(elements())
}

/// A board with these elements.
pub(crate) fn board_of(elements: Vec<NewElement>) -> Board {
    let mut board = Board::new();
    let ops = elements
        .into_iter()
        .map(|new| Op::Put(Box::new(new)))
        .collect();
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops,
    };
    apply_commit(&mut board, AUTHOR, &commit);
    board
}

/// Its elements, from the lowest to the highest.
pub(crate) fn elements() -> Vec<NewElement> {
    let mut all = elements_before_images();
    all.extend(images::images());
    all
}

/// The elements that version 4 of the protocol had before it had images.
pub(crate) fn elements_before_images() -> Vec<NewElement> {
    let mut all = elements_of_version_2();
    all.push(lines::written_line());
    all.extend(paths::paths());
    all
}

/// The elements that version 2 of the protocol had already.
pub(crate) fn elements_of_version_2() -> Vec<NewElement> {
    let mut all = shapes::shapes();
    all.extend(shapes::strokes());
    all.extend(texts::texts());
    all.extend(lines::framed());
    all.extend(lines::lines());
    all
}

fn id(number: u8) -> ElementId {
    ElementId::from_bytes([0xee, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number])
}

fn new(number: u8, at: [f64; 2], body: Body, color: Color, more: Vec<Prop>) -> NewElement {
    let z = OrderKey::from_bytes(vec![number]).unwrap();
    let at = BoardPoint::new(at[0], at[1]);
    let props = Props::plain(z, at, color, 4.0, 255);
    let props = more.into_iter().fold(props, Props::with);
    NewElement::new(id(number), props, body)
}

fn written(mut new: NewElement, stretches: &[(&str, Marks)]) -> NewElement {
    let stretches = stretches
        .iter()
        .map(|&(text, marks)| StyledRun { text, marks });
    new.text = RichText::typed(AUTHOR, stretches);
    new
}
