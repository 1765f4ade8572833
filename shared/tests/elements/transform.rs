//! A transform moves an element as it moves the plane.

use kurbo::{Affine, Point};
use proptest::prelude::*;
use shared::model::layout::{ink_points, line_points, local_to_board, outline_path};
use shared::model::text_layout::box_size;
use shared::model::transform::transformed_props;
use shared::model::{Board, NewElement, Outline, Prop, Transform};
use shared::op::Op;

use crate::fixtures::{
    With as _, anchor, arrow, board, boxed, change, get, id, line, point, shape, stroke, text,
};

/// The board before and after a transform of element 1 was committed.
fn after(new: NewElement, transform: &Transform) -> (Board, Board) {
    let before = board([new]);
    let mut after = before.clone();
    commit(&mut after, 1, transform);
    (before, after)
}

fn commit(board: &mut Board, number: u8, transform: &Transform) {
    let ops: Vec<Op> = transformed_props(board, get(board, number), transform)
        .into_iter()
        .map(|prop| Op::Set {
            id: id(number),
            prop,
        })
        .collect();
    for op in &ops {
        op.validate().expect("a sound change");
    }
    change(board, ops);
}

fn assert_near(a: Point, b: Point, slack: f64) {
    assert!((a - b).hypot() <= slack, "{a:?} is not {b:?}");
}

fn any_transform() -> impl Strategy<Value = Transform> {
    let factor = prop_oneof![0.2..4.0, -4.0..-0.2];
    let place = || (-500.0..500.0, -500.0..500.0).prop_map(|(x, y)| point(x, y));
    prop_oneof![
        (-900.0..900.0, -900.0..900.0).prop_map(|(x, y)| Transform::Move([x, y])),
        (place(), factor.clone(), factor).prop_map(|(about, x, y)| Transform::Scale {
            about,
            by: [x, y],
            angle: 0.0,
        }),
        (place(), -6.0..6.0).prop_map(|(about, by)| Transform::Rotate { about, by }),
    ]
}

/// The corners and the midpoints of the sides of a box.
fn outline_points(board: &Board) -> Vec<Point> {
    let path = outline_path(get(board, 1)).unwrap();
    path.elements()
        .iter()
        .filter_map(kurbo::PathEl::end_point)
        .collect()
}

fn assert_same_outline(before: &Board, after: &Board, map: Affine) {
    let now = outline_points(after);
    for point in outline_points(before) {
        let wanted = map * point;
        let nearest = now
            .iter()
            .map(|at| (*at - wanted).hypot())
            .fold(f64::INFINITY, f64::min);
        assert!(nearest < 0.01, "nothing at {wanted:?}: {now:?}");
    }
}

proptest! {
    #[test]
    fn ink_follows_the_transform(transform in any_transform(), x in -300.0..300.0) {
        let (before, after) = after(stroke(1, (x, 40.0)), &transform);
        let now = ink_points(get(&after, 1));
        for (old, new) in ink_points(get(&before, 1)).iter().zip(now) {
            let wanted = transform.affine() * Point::new(old.x, old.y);
            assert_near(wanted, Point::new(new.x, new.y), 0.01);
        }
    }

    #[test]
    fn ink_can_be_transformed_repeatedly(
        angle in -3.0..3.0,
        by in 0.3_f64..3.0,
        flip in proptest::bool::ANY,
    ) {
        let about = point(30.0, 10.0);
        let flip = if flip { -by } else { by };
        // A rotated stroke can be resized exactly along its own axes.
        let steps = [
            Transform::Rotate { about, by: angle },
            Transform::Scale { about, by: [flip, 1.5], angle },
            Transform::Rotate { about, by: -0.4 },
        ];
        let mut board = board([stroke(1, (0.0, 0.0))]);
        let start = ink_points(get(&board, 1));
        let mut map = Affine::IDENTITY;
        for step in &steps {
            commit(&mut board, 1, step);
            map = step.affine() * map;
        }
        for (old, new) in start.iter().zip(ink_points(get(&board, 1))) {
            assert_near(map * Point::new(old.x, old.y), Point::new(new.x, new.y), 0.02);
        }
    }

    #[test]
    fn boxes_follow_the_transform(transform in any_transform(), kind in 0..4_usize) {
        let outline = [
            Outline::Rectangle, Outline::Ellipse, Outline::Diamond, Outline::Triangle,
        ][kind];
        let (before, after) = after(shape(1, outline, (20.0, 30.0), [120.0, 70.0]), &transform);
        assert_same_outline(&before, &after, transform.affine());
    }

    #[test]
    fn a_rotated_box_is_resized_along_its_own_axes(
        angle in -3.0_f64..3.0,
        x in 0.3..3.0,
        y in -3.0..-0.3,
    ) {
        let new = shape(1, Outline::Triangle, (20.0, 30.0), [120.0, 70.0])
            .with(Prop::Angle(angle as f32));
        let scale = Transform::Scale { about: point(0.0, 0.0), by: [x, y], angle };
        let (before, after) = after(new, &scale);
        assert_same_outline(&before, &after, scale.affine());
    }

    #[test]
    fn lines_follow_the_transform(transform in any_transform()) {
        let new = line(1, &[[0.0, 0.0], [50.0, 80.0], [120.0, -30.0]]);
        let (before, after) = after(new, &transform);
        let now = line_points(&after, get(&after, 1));
        for (old, new) in line_points(&before, get(&before, 1)).into_iter().zip(now) {
            assert_near(transform.affine() * Point::from(old), new.into(), 0.01);
        }
    }

    #[test]
    fn flipping_twice_restores_the_element(angle in -3.0_f32..3.0) {
        let flip = Transform::Scale { about: point(50.0, 50.0), by: [-1.0, 1.0], angle: 0.0 };
        for new in [
            boxed(1, (0.0, 0.0), [120.0, 70.0]).with(Prop::Angle(angle)),
            stroke(1, (0.0, 0.0)).with(Prop::Angle(angle)),
        ] {
            let mut board = board([new]);
            let before = local_to_board(get(&board, 1));
            commit(&mut board, 1, &flip);
            commit(&mut board, 1, &flip);
            let now = local_to_board(get(&board, 1));
            for corner in [Point::ZERO, Point::new(100.0, 0.0), Point::new(0.0, 60.0)] {
                assert_near(before * corner, now * corner, 0.01);
            }
        }
    }
}

#[test]
fn a_transform_sets_only_changed_properties() {
    let board = board([boxed(1, (0.0, 0.0), [120.0, 70.0])]);
    let set = transformed_props(&board, get(&board, 1), &Transform::Move([5.0, 0.0]));
    assert_eq!(set, [Prop::At(point(5.0, 0.0))]);
    let wider = Transform::Scale {
        about: point(0.0, 0.0),
        by: [2.0, 1.0],
        angle: 0.0,
    };
    let set = transformed_props(&board, get(&board, 1), &wider);
    assert_eq!(set, [Prop::Size([240.0, 70.0])]);
    let none = transformed_props(&board, get(&board, 1), &Transform::Move([0.0, 0.0]));
    assert_eq!(none, []);
}

#[test]
fn flipping_never_turns_text_upside_down() {
    for by in [[-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]] {
        let flip = Transform::Scale {
            about: point(0.0, 0.0),
            by,
            angle: 0.0,
        };
        let (_, after) = after(boxed(1, (10.0, 10.0), [120.0, 70.0]).written("up"), &flip);
        assert_eq!(get(&after, 1).props.angle(), 0.0, "{by:?}");
    }
}

#[test]
fn a_flipped_box_is_rotated_the_other_way() {
    let flip = Transform::Scale {
        about: point(0.0, 0.0),
        by: [-1.0, 1.0],
        angle: 0.0,
    };
    for angle in [0.5, 2.0, -2.5] {
        for new in [
            boxed(1, (10.0, 10.0), [120.0, 70.0]).with(Prop::Angle(angle)),
            stroke(1, (0.0, 0.0)).with(Prop::Angle(angle)),
        ] {
            let (_, after) = after(new, &flip);
            assert!(
                (get(&after, 1).props.angle() + angle).abs() < 1e-5,
                "{angle}"
            );
        }
    }
}

#[test]
fn corners_scale_a_text_and_sides_set_its_wrap_width() {
    let new = || text(1, (10.0, 10.0), "Some words that are long");
    let scale = |by| Transform::Scale {
        about: point(10.0, 10.0),
        by,
        angle: 0.0,
    };
    let (before, larger) = after(new(), &scale([2.0, 2.0]));
    let (old, now) = (box_size(get(&before, 1)), box_size(get(&larger, 1)));
    assert!((get(&larger, 1).props.text_size() - 48.0).abs() < 1e-3);
    assert!(
        (now.width - 2.0 * old.width).abs() < 0.1 && (now.height - 2.0 * old.height).abs() < 0.1
    );
    assert_eq!(get(&larger, 1).props.size(), [0.0, 0.0]);
    assert_eq!(get(&larger, 1).props.at, point(10.0, 10.0));

    let (_, narrower) = after(new(), &scale([0.5, 1.0]));
    let narrow = get(&narrower, 1);
    assert!((narrow.props.text_size() - 24.0).abs() < 1e-3);
    assert!((f64::from(narrow.props.size()[0]) - old.width / 2.0).abs() < 0.1);
    assert!(box_size(narrow).height > 1.5 * old.height);
    assert!(
        (narrow.props.at.y - 10.0).abs() < 1e-6,
        "its upper edge stays"
    );
}

#[test]
fn an_unbound_line_stays_where_it_was() {
    let mut board = board([
        boxed(2, (100.0, 0.0), [100.0, 100.0]),
        arrow(1, &[[0.0, 50.0], [1.0, 1.0]]).with(Prop::End(Some(anchor(2, 0.5, 0.5)))),
    ]);
    let before = line_points(&board, get(&board, 1));
    commit(&mut board, 1, &Transform::Move([0.0, 30.0]));
    crate::fixtures::set(&mut board, 1, Prop::End(None));
    let now = line_points(&board, get(&board, 1));
    for (old, new) in before.into_iter().zip(now) {
        assert!(point(old.x, old.y + 30.0).distance(new) < 1e-3);
    }
}
