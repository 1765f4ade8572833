//! Lines that are bound to elements, and their routes around them.

use kurbo::Shape as _;
use proptest::prelude::*;
use shared::geometry::BoardPoint;
use shared::model::layout::{
    accepts_anchor, anchor_at, anchor_point, bounds, hit_by_swept_circle, line_layout, line_path,
    line_points,
};
use shared::model::{Arrowhead, Board, Outline, Prop, Route};
use shared::op::Op;

use crate::fixtures::{
    With as _, anchor, arrow, board, boxed, change, frame, get, id, line, point, set, shape, stroke,
};

fn ends(board: &Board, number: u8) -> (BoardPoint, BoardPoint) {
    let points = line_points(board, get(board, number));
    (points[0], points[points.len() - 1])
}

fn near(a: BoardPoint, x: f64, y: f64, slack: f64) -> bool {
    a.distance(point(x, y)) <= slack
}

/// Two boxes side by side and an arrow from one to the other.
fn two_boxes_and_an_arrow(route: Route) -> Board {
    board([
        boxed(1, (0.0, 0.0), [100.0, 100.0]),
        boxed(2, (300.0, 0.0), [100.0, 100.0]),
        arrow(3, &[[0.0, 0.0], [1.0, 1.0]])
            .with(Prop::Start(Some(anchor(1, 0.5, 0.5))))
            .with(Prop::End(Some(anchor(2, 0.5, 0.5))))
            .with(Prop::Route(route)),
    ])
}

#[test]
fn an_anchored_line_ends_at_the_outlines_and_follows_them() {
    let mut board = two_boxes_and_an_arrow(Route::Straight);
    let (start, end) = ends(&board, 3);
    assert!(near(start, 106.0, 50.0, 0.01) && near(end, 294.0, 50.0, 0.01));
    set(&mut board, 2, Prop::At(point(300.0, 300.0)));
    let (start, end) = ends(&board, 3);
    // It begins at the lower right corner of one box and ends at the upper left of the other.
    assert!(near(start, 103.0, 103.0, 5.0), "{start:?}");
    assert!(near(end, 297.0, 297.0, 5.0), "{end:?}");
    assert!(hit_by_swept_circle(
        &board,
        get(&board, 3),
        point(200.0, 200.0),
        point(200.0, 200.0),
        1.0
    ));
    assert!(bounds(&board, get(&board, 3)).y1 > 290.0);
    assert_eq!(
        board
            .dependents(id(2))
            .map(|line| line.id)
            .collect::<Vec<_>>(),
        [id(3)]
    );
}

#[test]
fn the_ends_of_every_route_match_its_path() {
    for route in [Route::Straight, Route::Curved, Route::Elbow] {
        let mut board = two_boxes_and_an_arrow(route);
        set(&mut board, 2, Prop::At(point(300.0, 200.0)));
        let path = line_path(&board, get(&board, 3));
        let drawn = path.elements();
        let (start, end) = ends(&board, 3);
        for (seen, drawn) in [(start, drawn.first()), (end, drawn.last())] {
            let drawn = drawn.unwrap().end_point().unwrap();
            assert!(
                near(seen, drawn.x, drawn.y, 1e-9),
                "{route:?}: {seen:?}, not {drawn:?}"
            );
        }
    }
}

#[test]
fn a_bound_line_follows_rotation_and_resizing() {
    let mut board = two_boxes_and_an_arrow(Route::Straight);
    set(&mut board, 2, Prop::Size([20.0, 100.0]));
    assert!(near(ends(&board, 3).1, 294.0, 50.0, 0.01));
    set(&mut board, 2, Prop::Angle(std::f32::consts::FRAC_PI_2));
    // The rotated box now reaches 50 units to each side of its centre, 310.
    assert!(near(ends(&board, 3).1, 254.0, 50.0, 0.01));
}

#[test]
fn a_bound_line_ends_at_round_outlines_from_any_direction() {
    let middle = Some(anchor(1, 0.5, 0.5));
    for angle in 0..16_u8 {
        let way = kurbo::Vec2::from_angle(f64::from(angle) / 16.0 * std::f64::consts::TAU);
        let from = way * 200.0 + kurbo::Vec2::new(50.0, 50.0);
        let board = board([
            shape(1, Outline::Ellipse, (0.0, 0.0), [100.0, 100.0]),
            line(2, &[[from.x as f32, from.y as f32], [0.0, 0.0]]).with(Prop::End(middle)),
        ]);
        let end = ends(&board, 2).1;
        // The radius 50, half the outline of the shape, and the width of the line.
        assert!(
            (end.distance(point(50.0, 50.0)) - 56.0).abs() < 0.2,
            "{end:?}"
        );
    }
}

#[test]
fn a_bound_line_survives_the_deletion_of_its_element() {
    let mut board = two_boxes_and_an_arrow(Route::Straight);
    set(&mut board, 3, Prop::Points(vec![[0.0, 0.0], [7.0, 9.0]]));
    change(&mut board, vec![Op::Delete { ids: vec![id(2)] }]);
    assert!(near(ends(&board, 3).1, 7.0, 9.0, 0.01));
}

#[test]
fn an_anchor_points_where_it_was_placed() {
    let new = boxed(1, (10.0, 20.0), [200.0, 100.0]).with(Prop::Angle(1.0));
    let board = board([new, stroke(2, (500.0, 0.0))]);
    let element = get(&board, 1);
    for at in [point(80.0, 80.0), point(150.0, 60.0), point(120.0, 110.0)] {
        let anchor = anchor_at(element, at);
        let aim = anchor_point(&board, &anchor).unwrap();
        assert!(aim.distance(at) < 1e-3, "{at:?} {aim:?}");
    }
    // A point near the centre snaps to it, and a point outside to the nearest point inside.
    let anchor_of = |at| anchor_at(element, at).at;
    assert_eq!(anchor_of(point(112.0, 71.0)), [0.5, 0.5]);
    assert!(
        anchor_of(point(1e6, 1e6))
            .iter()
            .all(|part| (0.0..=1.0).contains(part))
    );
    assert!(anchor_point(&board, &anchor(2, 0.5, 0.5)).is_none());
}

#[test]
fn lines_bind_to_boxes_and_to_the_edges_of_frames() {
    let board = board([
        boxed(1, (0.0, 0.0), [100.0, 100.0]),
        frame(2, (200.0, 0.0), [100.0, 100.0]),
        stroke(3, (0.0, 300.0)),
    ]);
    let attracted = |number, x, y| accepts_anchor(get(&board, number), point(x, y), 5.0);
    assert!(attracted(1, 50.0, 50.0) && attracted(1, -6.0, 50.0) && !attracted(1, -9.0, 50.0));
    assert!(!attracted(2, 250.0, 50.0) && attracted(2, 204.0, 50.0));
    assert!(!attracted(3, 50.0, 300.0));
}

/// The straight segments of a path.
fn segments(path: &kurbo::BezPath) -> Vec<kurbo::Line> {
    path.segments()
        .filter_map(|segment| match segment {
            kurbo::PathSeg::Line(line) => Some(line),
            kurbo::PathSeg::Quad(_) | kurbo::PathSeg::Cubic(_) => None,
        })
        .collect()
}

/// Whether a segment is inside a box for more than one unit.
fn crosses(leg: kurbo::Line, held: kurbo::Rect) -> bool {
    let within = held.inflate(-1.0, -1.0);
    (0..=20_u8)
        .map(|step| leg.p0.lerp(leg.p1, f64::from(step) / 20.0))
        .any(|place| within.contains(place))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn elbow_segments_are_axis_aligned_and_avoid_boxes(
        x in -400.0_f64..400.0,
        y in -400.0_f64..400.0,
        wide in 20.0_f32..300.0,
        high in 20.0_f32..300.0,
        aim in (0.0_f32..1.0, 0.0_f32..1.0),
    ) {
        let first = kurbo::Rect::new(0.0, 0.0, 100.0, 100.0);
        let second = kurbo::Rect::from_origin_size((x, y), (f64::from(wide), f64::from(high)));
        // The arrow needs some space between the boxes.
        prop_assume!(!first.inflate(12.0, 12.0).overlaps(second));
        let mut board = two_boxes_and_an_arrow(Route::Elbow);
        set(&mut board, 2, Prop::At(point(x, y)));
        set(&mut board, 2, Prop::Size([wide, high]));
        set(&mut board, 3, Prop::End(Some(anchor(2, aim.0, aim.1))));
        let legs = segments(&line_path(&board, get(&board, 3)));
        prop_assert!(!legs.is_empty() && legs.len() <= 5);
        for leg in legs {
            let way = leg.p1 - leg.p0;
            prop_assert!(way.x.abs() < 1e-6 || way.y.abs() < 1e-6, "{leg:?}");
            for held in [first, second] {
                prop_assert!(!crosses(leg, held), "{leg:?} runs through {held:?}");
            }
        }
    }
}

#[test]
fn an_elbow_does_not_leave_a_box_into_its_close_neighbour() {
    let second = kurbo::Rect::from_origin_size(
        (114.528_830_215_596_1, -152.597_008_575_927_62),
        (20.0, 230.050_87),
    );
    let mut board = two_boxes_and_an_arrow(Route::Elbow);
    set(&mut board, 2, Prop::At(point(second.x0, second.y0)));
    set(&mut board, 2, Prop::Size([20.0, 230.050_87]));
    set(&mut board, 3, Prop::End(Some(anchor(2, 0.775_786_9, 0.0))));
    for leg in segments(&line_path(&board, get(&board, 3))) {
        assert!(!crosses(leg, second), "{leg:?}");
    }
}

#[test]
fn a_short_route_to_a_free_end_has_no_elbow() {
    let board = board([
        boxed(1, (0.0, 0.0), [100.0, 100.0]),
        line(2, &[[0.0, 0.0], [120.0, 50.0]])
            .with(Prop::Start(Some(anchor(1, 0.5, 0.5))))
            .with(Prop::Route(Route::Elbow)),
    ]);
    assert_eq!(segments(&line_path(&board, get(&board, 2))).len(), 1);
}

#[test]
fn a_straight_route_has_no_elbow() {
    let board = two_boxes_and_an_arrow(Route::Elbow);
    assert_eq!(segments(&line_path(&board, get(&board, 3))).len(), 1);
}

#[test]
fn a_curved_line_goes_through_all_its_points() {
    let points = [[0.0, 0.0], [50.0, 80.0], [120.0, -30.0], [200.0, 10.0]];
    let board = board([line(1, &points).with(Prop::Route(Route::Curved))]);
    for [x, y] in points {
        let at = point(x.into(), y.into());
        assert!(
            hit_by_swept_circle(&board, get(&board, 1), at, at, 0.01),
            "{x} {y}"
        );
    }
    // It is no polygon: it leaves the straight line between the first two points.
    let path = line_path(&board, get(&board, 1));
    assert!(matches!(path.elements()[1], kurbo::PathEl::CurveTo(..)));
}

#[test]
fn arrowheads_point_along_the_line_and_filled_ones_cover_its_end() {
    for head in [
        Arrowhead::Arrow,
        Arrowhead::Triangle,
        Arrowhead::Dot,
        Arrowhead::Bar,
    ] {
        for route in [Route::Straight, Route::Curved] {
            let new = line(1, &[[0.0, 0.0], [50.0, 30.0], [200.0, 0.0]])
                .with(Prop::Heads([head, head]))
                .with(Prop::Route(route));
            let board = board([new]);
            let drawn = line_layout(&board, get(&board, 1));
            assert_eq!(drawn.heads.len(), 2);
            let end = drawn.path.elements().last().unwrap().end_point().unwrap();
            let short = (end - kurbo::Point::new(200.0, 0.0)).hypot();
            assert_eq!(short > 1.0, head == Arrowhead::Triangle, "{head:?} {short}");
            for shape in &drawn.heads {
                assert!(shape.path.is_finite() && shape.path.bounding_box().width() < 40.0);
            }
        }
    }
}

#[test]
fn a_line_without_length_has_finite_geometry() {
    for route in [Route::Straight, Route::Curved, Route::Elbow] {
        for points in [vec![], vec![[5.0, 5.0]], vec![[5.0, 5.0]; 3]] {
            let new = arrow(1, &points).with(Prop::Route(route));
            let board = board([new]);
            assert!(bounds(&board, get(&board, 1)).is_finite());
            assert!(line_layout(&board, get(&board, 1)).path.is_finite());
        }
    }
}
