//! Elbow lines between shapes: the sides that they leave and enter, and their way around both.

use std::f64::consts::FRAC_PI_2;

use kurbo::{Line, ParamCurveNearest as _, PathSeg, Rect, Vec2};
use shared::model::layout::{elbow_segments, line_path, outline_path};
use shared::model::transform::transformed_props;
use shared::model::{Board, KeptSegment, Outline, Prop, Route, Transform};

use crate::fixtures::{With as _, anchor, arrow, board, boxed, get, point, set, shape};

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
fn an_elbow_from_inside_of_a_box_leaves_it_on_the_way_to_the_other() {
    let a = rect(360.0, 160.0, 120.0, 80.0);
    let b = rect(700.0, 160.0, 120.0, 80.0);
    for inside in [(0.3, 0.5), (0.5, 0.5), (0.7, 0.4), (0.4, 0.7)] {
        let start = (inside, RIGHT.1);
        assert_sound(&connected([a, b], [start, LEFT]), &[a, b], [start, LEFT]);
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

/// A box that holds another, and an elbow arrow from a side of the outer one to a side of the inner
/// one.
#[test]
fn an_elbow_from_a_box_into_it_stays_inside() {
    let (outer, inner) = (rect(0.0, 0.0, 400.0, 300.0), rect(250.0, 100.0, 80.0, 60.0));
    for sides in [[LEFT, LEFT], [LEFT, TOP], [TOP, BOTTOM], [RIGHT, LEFT]] {
        let board = connected([outer, inner], sides);
        for leg in legs(&board) {
            let spanned = Rect::from_points(leg.p0, leg.p1);
            assert!(outer.contains_rect(spanned), "{leg:?}");
            assert!(!touches(&leg, inner), "{leg:?}");
        }
    }
}

#[test]
fn an_elbow_between_overlapping_boxes_has_right_angles() {
    let a = rect(0.0, 0.0, 200.0, 100.0);
    for b in [
        rect(100.0, 50.0, 200.0, 100.0),
        rect(200.0, 0.0, 100.0, 100.0),
        a,
        rect(0.0, 0.0, 0.0, 0.0),
    ] {
        for one in [RIGHT, BOTTOM, LEFT, TOP] {
            for other in [RIGHT, BOTTOM, LEFT, TOP] {
                let board = connected([a, b], [one, other]);
                let legs = legs(&board);
                assert!(!legs.is_empty());
                for leg in &legs {
                    let way = leg.p1 - leg.p0;
                    assert!(way.x.abs().min(way.y.abs()) < 1e-6, "{legs:?}");
                }
            }
        }
    }
}

#[test]
fn an_elbow_meets_round_and_pointed_shapes_at_right_angles() {
    for outline in [Outline::Ellipse, Outline::Diamond, Outline::Triangle] {
        for corner in [(0.0, 0.1), (0.9, 0.0), (1.0, 1.0), (0.1, 0.6)] {
            let end = arrow(3, &[[300.0, 300.0], [0.0, 0.0]])
                .with(Prop::End(Some(anchor(1, corner.0, corner.1))))
                .with(Prop::Route(Route::Elbow));
            let board = board([shape(1, outline, (0.0, 0.0), [120.0, 80.0]), end]);
            let legs = legs(&board);
            let last = legs.last().unwrap();
            let way = last.p1 - last.p0;
            assert!(way.x.abs().min(way.y.abs()) < 1e-6, "{outline:?}: {legs:?}");
            let outline = outline_path(get(&board, 1)).unwrap();
            let away = outline.segments().map(|side| side.nearest(last.p1, 1e-3));
            let away = away.map(|near| near.distance_sq.sqrt());
            let away = away.fold(f64::INFINITY, f64::min);
            // The widths of line and outline, seen at an angle.
            assert!(away < 7.0, "{away}: {legs:?}");
        }
    }
}

#[test]
fn a_moved_segment_follows_a_transform_of_the_line() {
    let free = || {
        arrow(3, &[[0.0, 0.0], [200.0, 100.0]])
            .with(Prop::Route(Route::Elbow))
            .with(Prop::KeptSegments(vec![KeptSegment::Vertical(50.0)]))
    };
    let about = point(0.0, 0.0);
    for (transform, expected) in [
        (
            Transform::Move([7.0, 3.0]),
            vec![KeptSegment::Vertical(50.0)],
        ),
        (
            Transform::Scale {
                about,
                by: [-2.0, 1.0],
                angle: 0.0,
            },
            vec![KeptSegment::Vertical(-100.0)],
        ),
        (
            Transform::Rotate {
                about,
                by: FRAC_PI_2,
            },
            vec![KeptSegment::Horizontal(50.0)],
        ),
        (Transform::Rotate { about, by: 0.3 }, vec![]),
    ] {
        let mut board = board([free()]);
        for prop in transformed_props(&board, get(&board, 3), &transform) {
            set(&mut board, 3, prop);
        }
        assert_eq!(get(&board, 3).props.kept_segments(), expected);
    }
}

#[test]
fn an_elbow_follows_all_moved_segments_in_their_order() {
    let kept = [
        KeptSegment::Vertical(60.0),
        KeptSegment::Horizontal(-40.0),
        KeptSegment::Vertical(150.0),
    ];
    let new = arrow(3, &[[0.0, 0.0], [200.0, 100.0]])
        .with(Prop::Route(Route::Elbow))
        .with(Prop::KeptSegments(kept.to_vec()));
    let board = board([new]);
    let followed = elbow_segments(&board, get(&board, 3));
    let followed: Vec<_> = followed.iter().filter(|it| it.is_kept).collect();
    assert_eq!(followed.len(), 3);
    assert_eq!((followed[0].from.x, followed[0].to.x), (60.0, 60.0));
    assert_eq!((followed[1].from.y, followed[1].to.y), (-40.0, -40.0));
    assert_eq!((followed[2].from.x, followed[2].to.x), (150.0, 150.0));
}
