//! Tests that count how often queries of the board lay out texts and compute curves.

use std::sync::Arc;

use super::{CostlyWork, count};
use crate::geometry::{BoardPoint, BoardRect, Ink, InkPoint, Quantum};
use crate::id::{ClientId, ElementId};
use crate::limits::{MAX_ERASED_RANGES, MAX_INK_SAMPLES};
use crate::model::layout::{
    hit_by_click, hit_by_swept_circle, ink_samples, intersects_polygon, line_layout, line_points,
    visible_bounds, visible_ink,
};
use crate::model::palette::Theme;
use crate::model::transform::{Transform, transformed_props};
use crate::model::{
    Anchor, Arrowhead, Board, Body, Brush, Color, Element, ElementState, Erasure, Marks,
    NewElement, OrderKey, Outline, Prop, Props, RichText, Route, Stroke, StyledRun,
};
use crate::paint::{SvgPainter, paint_element};

const ADA: ClientId = ClientId::from_bytes([1; 16]);

fn id(number: u8) -> ElementId {
    ElementId::from_bytes([number; 16])
}

fn put(board: &mut Board, number: u8, body: Body, props: &[Prop], text: &str) {
    let at = BoardPoint::new(0.0, 0.0);
    let mut new = Props::plain(OrderKey::first(), at, Color::Black, 4.0, 255);
    props.iter().for_each(|prop| new.set(prop.clone()));
    let marks = Marks::NONE;
    let new = NewElement {
        text: RichText::typed(ADA, [StyledRun { text, marks }]),
        ..NewElement::new(id(number), new, body)
    };
    let element = Arc::new(Element::new(new, ADA));
    board.set_state(id(number), ElementState::Present(element));
}

fn get(board: &Board, number: u8) -> &Element {
    board.get(id(number)).unwrap()
}

fn at(x: f64, y: f64) -> BoardPoint {
    BoardPoint::new(x, y)
}

/// A wave of many points with as many erased ranges as allowed.
fn erased_wave() -> Board {
    let wave = |no: u32| InkPoint::new(f64::from(no) * 4.0, f64::from(no % 7) * 5.0, 0.5);
    let points: Vec<InkPoint> = (0..4_000).map(wave).collect();
    let erasure = |no: usize| {
        let from = no as f32 * 4.0 + 1.0;
        let (by, span) = (ADA, [from, from + 2.0]);
        Erasure { by, span }
    };
    let stroke = Stroke {
        brush: Brush::Pen,
        parts: vec![Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap()],
        open: false,
        erased: (0..MAX_ERASED_RANGES - 1).map(erasure).collect(),
    };
    let mut board = Board::new();
    put(&mut board, 1, Body::Stroke(stroke), &[], "");
    board
}

/// A shape with text, and an arrow from it to a sticky note with text.
fn anchored_arrow() -> Board {
    let mut board = Board::new();
    let size = Prop::Size([200.0, 40.0]);
    let text = "Some words that need more room than there is. ".repeat(4);
    let sticky = Body::Sticky {
        signed: String::new(),
    };
    let shape = Body::Shape(Outline::Ellipse);
    put(&mut board, 1, shape, std::slice::from_ref(&size), &text);
    let away = Prop::At(at(600.0, 0.0));
    put(&mut board, 2, sticky, &[size, away], &text);
    let to = |number| {
        let at = [0.5, 0.5];
        Some(Anchor { to: id(number), at })
    };
    let arrow = [
        Prop::Points(vec![[0.0, 0.0], [600.0, 0.0]]),
        Prop::Heads([Arrowhead::Triangle, Arrowhead::Arrow]),
        Prop::Start(to(1)),
        Prop::End(to(2)),
    ];
    put(&mut board, 3, Body::Line, &arrow, "");
    board
}

#[test]
fn erased_ranges_do_not_recompute_the_curves_of_a_stroke() {
    let board = erased_wave();
    let element = get(&board, 1);
    let mut pieces = 0;
    let costs = count(CostlyWork::Curves, || pieces = visible_ink(element).len());
    assert_eq!((pieces, costs), (MAX_ERASED_RANGES, 1));
}

#[test]
fn a_distant_hit_test_computes_no_curves() {
    let board = erased_wave();
    let element = get(&board, 1);
    let touch = |x, y| hit_by_swept_circle(&board, element, at(x, y), at(x, y), 2.0);
    assert_eq!(count(CostlyWork::Curves, || assert!(!touch(8.0, 99.0))), 0);
    assert!(touch(0.0, 0.0), "before the first erased range");
    assert!(!touch(8.0, 10.0), "in the first erased range");
}

#[test]
fn samples_of_a_stroke_are_bounded() {
    let far = |no: u32| InkPoint::new(f64::from(no % 2) * 9_000.0, f64::from(no), 0.5);
    let points: Vec<InkPoint> = (0..2_000).map(far).collect();
    let stroke = Stroke {
        brush: Brush::Pen,
        parts: vec![Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap()],
        open: false,
        erased: Vec::new(),
    };
    let mut board = Board::new();
    put(&mut board, 1, Body::Stroke(stroke), &[], "");
    let line = ink_samples(get(&board, 1), 1e-3);
    assert!(
        line.len() <= MAX_INK_SAMPLES + points.len(),
        "{}",
        line.len()
    );
    assert!(line.len() > MAX_INK_SAMPLES / 2, "{}", line.len());
    assert!(
        line.windows(2)
            .all(|pair| pair[0].position < pair[1].position)
    );
}

/// A query, and the name under which it fails.
type Query<'a> = (&'static str, &'a dyn Fn());

fn assert_layouts(texts: usize, queries: &[Query<'_>]) {
    for (name, work) in queries {
        assert_eq!(count(CostlyWork::Layout, work), texts, "{name}");
    }
}

fn paint(board: &Board, element: &Element) {
    let mut svg = SvgPainter::new(BoardRect::ZERO, "", Theme::Light);
    paint_element(board, element, Theme::Light, 1.0, &mut svg);
}

#[test]
fn a_query_of_a_anchored_arrow_lays_out_each_text_once() {
    let board = anchored_arrow();
    let arrow = get(&board, 3);
    let touch = |x, y| hit_by_swept_circle(&board, arrow, at(x, y), at(x, y), 2.0);
    let middle = visible_bounds(&board, arrow).center();
    assert_layouts(
        2,
        &[
            ("drawn", &|| drop(line_layout(&board, arrow))),
            ("far", &|| assert!(!touch(400.0, 9_999.0))),
            ("near", &|| assert!(touch(middle.x, middle.y))),
            ("painted", &|| paint(&board, arrow)),
        ],
    );
}

#[test]
fn a_query_of_an_elbow_arrow_routes_it_once() {
    let mut board = anchored_arrow();
    let mut arrow = get(&board, 3).clone();
    arrow.props.set(Prop::Route(Route::Elbow));
    board.set_state(arrow.id, ElementState::Present(Arc::new(arrow)));
    let arrow = get(&board, 3);
    let touch = |x, y| {
        std::hint::black_box(hit_by_swept_circle(&board, arrow, at(x, y), at(x, y), 2.0));
    };
    let queries: [Query<'_>; 4] = [
        ("drawn", &|| drop(line_layout(&board, arrow))),
        ("touched", &|| touch(400.0, 20.0)),
        ("painted", &|| paint(&board, arrow)),
        ("its points", &|| drop(line_points(&board, arrow))),
    ];
    for (name, work) in queries {
        assert_eq!(count(CostlyWork::Route, work), 1, "{name}");
    }
}

#[test]
fn a_query_of_a_box_lays_out_its_text_once() {
    let board = anchored_arrow();
    for (number, x) in [(1, 0.0), (2, 600.0)] {
        let element = get(&board, number);
        let inside = at(x + 100.0, 60.0);
        let region = [at(x, 50.0), at(x + 200.0, 50.0), at(x + 200.0, 90.0)];
        let rotation = Transform::Rotate {
            about: inside,
            by: 0.5,
        };
        assert_layouts(
            1,
            &[
                ("bounds", &|| {
                    assert!(visible_bounds(&board, element).height() > 50.0)
                }),
                ("covers", &|| {
                    assert!(hit_by_click(&board, element, inside, 2.0))
                }),
                ("touches", &|| {
                    assert!(intersects_polygon(&board, element, &region))
                }),
                ("painted", &|| paint(&board, element)),
            ],
        );
        let rotated = || drop(transformed_props(&board, element, &rotation));
        assert_layouts(2, &[("rotated: before and after", &rotated)]);
    }
}
