//! Text on lines: its place, the gap in the line, and what hits and bounds see of it.

use kurbo::{BezPath, Point, Rect, Shape as _};
use shared::geometry::cut_out::{cut_out, part_at, point_at};
use shared::model::layout::{
    bounds, hit_by_click, line_layout, line_path, line_text, text_position_at,
};
use shared::model::palette::Theme;
use shared::model::{Board, Marks, Prop, Route, TextEdit};
use shared::op::Op;
use shared::paint::board_to_svg;

use crate::fixtures::{With as _, anchor, arrow, board, boxed, change, get, id, line, point, set};

/// A horizontal arrow of 400 units with text.
fn written(text: &str) -> Board {
    board([arrow(1, &[[0.0, 0.0], [400.0, 0.0]]).written(text)])
}

fn room(board: &Board, number: u8) -> Rect {
    line_text(board, get(board, number)).unwrap().room
}

#[test]
fn text_stands_in_the_middle_of_its_line_and_interrupts_it() {
    let board = written("yes");
    let room = room(&board, 1);
    assert!(room.center().distance(Point::new(200.0, 0.0)) < 1e-9);
    assert!(room.width() > 20.0 && room.width() < 120.0, "{room:?}");
    let drawn = line_layout(&board, get(&board, 1)).path;
    let parts: Vec<Rect> = drawn.segments().map(|part| part.bounding_box()).collect();
    assert_eq!(parts.len(), 2, "{drawn:?}");
    let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
    assert!(near(parts[0].x0, 0.0) && near(parts[0].x1, room.x0));
    assert!(near(parts[1].x0, room.x1) && near(parts[1].x1, 400.0));
    let svg = board_to_svg(&board, "A line", Theme::Light);
    assert!(svg.contains(">yes<"), "{svg}");
}

#[test]
fn a_line_without_text_is_drawn_as_before() {
    let plain = written("");
    let drawn = line_layout(&plain, get(&plain, 1));
    assert_eq!(drawn.path, line_path(&plain, get(&plain, 1)));
    assert_eq!(drawn.text, None);
}

#[test]
fn text_is_a_part_of_the_hit_area_and_the_bounds() {
    let board = written("yes");
    let (element, room) = (get(&board, 1), room(&board, 1));
    let beside_the_line = point(room.x0 + 3.0, room.y0 + 3.0);
    assert!(hit_by_click(&board, element, beside_the_line, 0.0));
    assert!(!hit_by_click(
        &board,
        element,
        point(100.0, room.y0 + 3.0),
        0.0
    ));
    assert_eq!(bounds(&board, element).union(room), bounds(&board, element));
}

#[test]
fn long_text_wraps_and_a_line_that_is_shorter_than_its_text_shows_it() {
    let long = written("an explanation that needs more than a single line");
    let room_of_long = room(&long, 1);
    assert!(room_of_long.width() < 8.0 * 24.0 + 24.0, "{room_of_long:?}");
    assert!(room_of_long.height() > 50.0, "{room_of_long:?}");
    let short = board([line(1, &[[0.0, 0.0], [20.0, 0.0]]).written("longer than it")]);
    let drawn = line_layout(&short, get(&short, 1));
    assert!(drawn.path.elements().is_empty());
    assert_eq!(bounds(&short, get(&short, 1)), room(&short, 1));
}

#[test]
fn text_keeps_its_place_along_a_line_that_follows_shapes() {
    for route in [Route::Straight, Route::Curved, Route::Elbow] {
        let mut board = board([
            boxed(1, (0.0, 0.0), [100.0, 100.0]),
            boxed(2, (400.0, 0.0), [100.0, 100.0]),
            arrow(3, &[[0.0, 0.0], [1.0, 1.0]])
                .with(Prop::Start(Some(anchor(1, 1.0, 0.5))))
                .with(Prop::End(Some(anchor(2, 0.0, 0.5))))
                .with(Prop::Route(route))
                .with(Prop::TextPosition(0.25))
                .written("no"),
        ]);
        for at in [point(400.0, 0.0), point(500.0, 300.0), point(100.0, -400.0)] {
            set(&mut board, 2, Prop::At(at));
            let middle = room(&board, 3).center();
            let path = line_path(&board, get(&board, 3));
            let part = part_at(&path, middle);
            assert!((part - 0.25).abs() < 1e-3, "{route:?}: {part}");
            let on_line = point_at(&path, 0.25).unwrap();
            assert!(middle.distance(on_line) < 0.5, "{route:?}");
            let found = text_position_at(&board, get(&board, 3), middle.into());
            assert!((found - 0.25).abs() < 1e-3);
        }
    }
}

#[test]
fn typed_text_goes_onto_a_line() {
    let mut board = written("");
    let edit = TextEdit::Insert {
        after: None,
        from: 0,
        text: "or".to_owned(),
        marks: Marks::NONE,
    };
    change(&mut board, vec![Op::Text { id: id(1), edit }]);
    assert_eq!(get(&board, 1).text.plain(), "or");
    assert!(line_layout(&board, get(&board, 1)).text.is_some());
}

#[test]
fn a_hole_is_cut_out_of_lines_and_curves() {
    let hole = Rect::new(10.0, -5.0, 20.0, 5.0);
    let mut path = BezPath::new();
    path.move_to((0.0, 0.0));
    path.line_to((15.0, 0.0));
    path.curve_to((40.0, 0.0), (40.0, 30.0), (15.0, 30.0));
    path.line_to((0.0, 30.0));
    let left = cut_out(&path, hole);
    let inside = hole.inflate(-1e-6, -1e-6);
    for part in left.segments() {
        for t in 0..=20_u8 {
            let at = kurbo::ParamCurve::eval(&part, f64::from(t) / 20.0);
            assert!(!inside.contains(at), "{at:?}");
        }
    }
    let moves = left.elements().iter();
    let moves = moves.filter(|it| matches!(it, kurbo::PathEl::MoveTo(_)));
    assert_eq!(moves.count(), 2, "{left:?}");
    // A path outside of the hole stays as it is.
    let far = Rect::new(100.0, 100.0, 110.0, 110.0);
    assert_eq!(cut_out(&path, far), path);
    assert!(
        cut_out(&path, Rect::new(-1.0, -1.0, 50.0, 50.0))
            .elements()
            .is_empty()
    );
}

#[test]
fn places_along_a_path_without_length_are_finite() {
    let mut point = BezPath::new();
    point.move_to((3.0, 4.0));
    point.line_to((3.0, 4.0));
    assert_eq!(point_at(&point, 0.5), Some(Point::new(3.0, 4.0)));
    assert_eq!(part_at(&point, Point::ORIGIN), 0.0);
    assert_eq!(point_at(&BezPath::new(), 0.5), None);
}
