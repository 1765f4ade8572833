//! Elbow lines between shapes: the sides that they leave and enter, and their way around both.

use kurbo::{Line, PathSeg, Rect, Vec2};
use shared::model::layout::line_path;
use shared::model::{Board, Prop, Route};

use crate::fixtures::{With as _, anchor, arrow, board, boxed, get, point, set};

/// A side of a box: the middle of it as parts of the box, and the direction away from the box.
type Side = ((f32, f32), Vec2);

const RIGHT: Side = ((1.0, 0.5), Vec2::new(1.0, 0.0));
const LEFT: Side = ((0.0, 0.5), Vec2::new(-1.0, 0.0));
const BOTTOM: Side = ((0.5, 1.0), Vec2::new(0.0, 1.0));
const TOP: Side = ((0.5, 0.0), Vec2::new(0.0, -1.0));

fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::from_origin_size((x, y), (width, height))
}

/// A board with box 1, box 2, and the elbow arrow 3 from a side of box 1 to a side of box 2.
fn connected(boxes: [Rect; 2], sides: [Side; 2]) -> Board {
    let new = |number, rect: Rect| {
        let size = [rect.width() as f32, rect.height() as f32];
        boxed(number, (rect.x0, rect.y0), size)
    };
    let [((x0, y0), _), ((x1, y1), _)] = sides;
    board([
        new(1, boxes[0]),
        new(2, boxes[1]),
        arrow(3, &[[0.0, 0.0], [1.0, 1.0]])
            .with(Prop::Start(Some(anchor(1, x0, y0))))
            .with(Prop::End(Some(anchor(2, x1, y1))))
            .with(Prop::Route(Route::Elbow)),
    ])
}

/// The straight segments of a line without rounded corners.
fn legs(board: &Board) -> Vec<Line> {
    let segments = line_path(board, get(board, 3))
        .segments()
        .collect::<Vec<_>>();
    let leg = |segment: PathSeg| match segment {
        PathSeg::Line(line) => line,
        other => panic!("{other:?} is no straight segment"),
    };
    segments.into_iter().map(leg).collect()
}

/// Whether a segment runs through a box or along its edge.
fn touches(leg: &Line, held: Rect) -> bool {
    let spanned = Rect::from_points(leg.p0, leg.p1);
    spanned.x0 <= held.x1 && held.x0 <= spanned.x1 && spanned.y0 <= held.y1 && held.y0 <= spanned.y1
}

fn assert_sound(board: &Board, boxes: &[Rect], sides: [Side; 2]) {
    let legs = legs(board);
    let (first, last) = (legs.first().unwrap(), legs.last().unwrap());
    let along = |leg: &Line| (leg.p1 - leg.p0) / (leg.p1 - leg.p0).hypot();
    assert!((along(first) - sides[0].1).hypot() < 1e-6, "{legs:?}");
    assert!((along(last) + sides[1].1).hypot() < 1e-6, "{legs:?}");
    for leg in &legs {
        let way = leg.p1 - leg.p0;
        assert!(way.x.abs() < 1e-6 || way.y.abs() < 1e-6, "{legs:?}");
        for held in boxes {
            assert!(!touches(leg, *held), "{leg:?} of {legs:?} touches {held:?}");
        }
    }
}

#[test]
fn an_elbow_leaves_and_enters_at_the_sides_of_its_ends() {
    let a = rect(360.0, 160.0, 120.0, 80.0);
    for (b, sides) in [
        (rect(700.0, 420.0, 120.0, 80.0), [RIGHT, LEFT]),
        (rect(700.0, 420.0, 120.0, 80.0), [BOTTOM, LEFT]),
        (rect(700.0, 160.0, 120.0, 80.0), [TOP, TOP]),
        (rect(700.0, 160.0, 120.0, 80.0), [LEFT, RIGHT]),
        (rect(360.0, 320.0, 120.0, 80.0), [TOP, BOTTOM]),
    ] {
        assert_sound(&connected([a, b], sides), &[a, b], sides);
    }
}

#[test]
fn an_elbow_around_one_box_follows_it() {
    let a = rect(400.0, 240.0, 200.0, 140.0);
    let mut board = connected([a, rect(0.0, 0.0, 1.0, 1.0)], [RIGHT, TOP]);
    let ((x, y), _) = TOP;
    set(&mut board, 3, Prop::End(Some(anchor(1, x, y))));
    assert_sound(&board, &[a], [RIGHT, TOP]);
    let before = legs(&board);
    set(&mut board, 1, Prop::At(point(420.0, 300.0)));
    let moved = legs(&board).into_iter().zip(before);
    for (now, before) in moved {
        assert!((now.p0 - before.p0 - Vec2::new(20.0, 60.0)).hypot() < 1e-6);
    }
}
