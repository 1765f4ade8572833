//! Elements for tests.

use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum};
use shared::id::{ClientId, ElementId};
use shared::model::{
    Anchor, Arrowhead, Board, Body, Brush, Color, Element, Marks, NewElement, OrderKey, Outline,
    Prop, Props, RichText, Stroke, StyledRun,
};
use shared::op::{Commit, Guard, Op, apply_commit};
use testkit::fixtures::pen;

pub(crate) const ADA: ClientId = ClientId::from_bytes([1; 16]);

pub(crate) fn id(number: u8) -> ElementId {
    ElementId::from_bytes([number; 16])
}

pub(crate) fn point(x: f64, y: f64) -> BoardPoint {
    BoardPoint::new(x, y)
}

/// A new element. Elements with higher numbers are above others.
pub(crate) fn new(number: u8, at: BoardPoint, body: Body) -> NewElement {
    let z = OrderKey::from_bytes(vec![number.max(1)]).unwrap();
    let props = Props::plain(z, at, Color::Black, 4.0, 255);
    NewElement::new(id(number), props, body)
}

pub(crate) trait With {
    fn with(self, prop: Prop) -> Self;
    fn written(self, text: &str) -> Self;
}

impl With for NewElement {
    fn with(mut self, prop: Prop) -> Self {
        self.props.set(prop);
        self
    }

    fn written(mut self, text: &str) -> Self {
        let marks = Marks::NONE;
        self.text = RichText::typed(ADA, [StyledRun { text, marks }]);
        self
    }
}

pub(crate) fn shape(number: u8, outline: Outline, at: (f64, f64), size: [f32; 2]) -> NewElement {
    new(number, point(at.0, at.1), Body::Shape(outline)).with(Prop::Size(size))
}

pub(crate) fn boxed(number: u8, at: (f64, f64), size: [f32; 2]) -> NewElement {
    shape(number, Outline::Rectangle, at, size)
}

pub(crate) fn frame(number: u8, at: (f64, f64), size: [f32; 2]) -> NewElement {
    new(number, point(at.0, at.1), Body::Frame)
        .with(Prop::Size(size))
        .with(Prop::Name("Plan".to_owned()))
}

pub(crate) fn line(number: u8, points: &[[f32; 2]]) -> NewElement {
    new(number, point(0.0, 0.0), Body::Line).with(Prop::Points(points.to_vec()))
}

pub(crate) fn arrow(number: u8, points: &[[f32; 2]]) -> NewElement {
    line(number, points).with(Prop::Heads([Arrowhead::None, Arrowhead::Arrow]))
}

pub(crate) fn sticky(number: u8, at: (f64, f64), text: &str) -> NewElement {
    let body = Body::Sticky {
        signed: "Ada".to_owned(),
    };
    new(number, point(at.0, at.1), body)
        .with(Prop::Size([200.0, 200.0]))
        .with(Prop::Color(Color::Yellow))
        .written(text)
}

pub(crate) fn text(number: u8, at: (f64, f64), text: &str) -> NewElement {
    new(number, point(at.0, at.1), Body::Text).written(text)
}

pub(crate) fn stroke_of(brush: Brush, points: &[InkPoint]) -> Body {
    let ink = Ink::encode(points, Quantum::for_zoom(1.0)).unwrap();
    Body::Stroke(Stroke { brush, ..pen(ink) })
}

/// A horizontal stroke of 11 points, 10 units apart.
pub(crate) fn stroke(number: u8, at: (f64, f64)) -> NewElement {
    let points: Vec<InkPoint> = (0..=10)
        .map(|x| InkPoint::new(f64::from(x) * 10.0, 0.0, 0.5))
        .collect();
    new(number, point(at.0, at.1), stroke_of(Brush::Pen, &points))
}

pub(crate) fn anchor(number: u8, x: f32, y: f32) -> Anchor {
    Anchor {
        to: id(number),
        at: [x, y],
    }
}

pub(crate) fn board(elements: impl IntoIterator<Item = NewElement>) -> Board {
    let mut board = Board::new();
    let ops: Vec<Op> = elements
        .into_iter()
        .map(|new| Op::Put(Box::new(new)))
        .collect();
    for op in &ops {
        op.validate().expect("a sound element");
    }
    change(&mut board, ops);
    board
}

pub(crate) fn change(board: &mut Board, ops: Vec<Op>) {
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops,
    };
    apply_commit(board, ADA, &commit);
}

pub(crate) fn set(board: &mut Board, number: u8, prop: Prop) {
    change(
        board,
        vec![Op::Set {
            id: id(number),
            prop,
        }],
    );
}

pub(crate) fn get(board: &Board, number: u8) -> &Element {
    board.get(id(number)).expect("it is on the board")
}
