//! What a board looks like as an SVG document.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum};
use shared::id::{ClientId, ElementId};
use shared::model::element::Props;
use shared::model::palette::Theme;
use shared::model::{Board, Body, Brush, Color, NewElement, OrderKey, Stroke};
use shared::op::{Commit, Guard, Op, apply_commit};
use shared::paint::board_to_svg;

fn stroke(id: u8, brush: Brush, opacity: u8) -> Op {
    let points = [InkPoint::new(0.0, 0.0, 0.5), InkPoint::new(90.0, 40.0, 0.5)];
    let ink = Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap();
    let body = Body::Stroke(Stroke {
        brush,
        parts: vec![ink],
        open: false,
    });
    let props = Props {
        z: OrderKey::first(),
        at: BoardPoint::default(),
        color: Color::Black,
        width: 4.0,
        opacity,
    };
    let id = ElementId::from_bytes([id; 16]);
    Op::Put(Box::new(NewElement { id, props, body }))
}

fn board(ops: Vec<Op>) -> Board {
    let mut board = Board::new();
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops,
    };
    apply_commit(&mut board, ClientId::from_bytes([1; 16]), &commit);
    board
}

#[test]
fn every_stroke_is_a_path_and_only_the_highlighter_blends() {
    let board = board(vec![
        stroke(1, Brush::Pen, 255),
        stroke(2, Brush::Highlighter, 100),
    ]);
    let svg = board_to_svg(&board, "Two", Theme::Light);
    assert_eq!(svg.matches("<path").count(), 2);
    assert_eq!(svg.matches("mix-blend-mode:multiply").count(), 1);
    assert_eq!(svg.matches("fill-opacity").count(), 1);
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}

#[test]
fn a_title_cannot_become_markup() {
    let svg = board_to_svg(&Board::new(), "</title><script>\u{7}\"&", Theme::Dark);
    assert!(
        svg.contains("&lt;/title&gt;&lt;script&gt;&quot;&amp;"),
        "{svg}"
    );
    assert!(!svg.contains("<script"));
}
