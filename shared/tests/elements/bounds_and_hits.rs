//! Bounds, hit tests, marquee and lasso for each kind of element.

use shared::geometry::BoardRect;
use shared::model::layout::{
    bounds, box_size, frame_name_box, hit_by_click, hit_by_swept_circle, ink_samples,
    intersects_polygon, is_inside_polygon, oriented_box, rect_corners, visible_bounds, visible_ink,
};
use shared::model::palette::Theme;
use shared::model::{Board, Filling, Outline, Prop};
use shared::op::Op;
use shared::paint::board_to_svg;

use crate::fixtures::{
    With as _, arrow, board, boxed, change, frame, get, id, line, point, shape, sticky, stroke,
    text,
};

fn is_clicked(board: &Board, number: u8, x: f64, y: f64) -> bool {
    hit_by_click(board, get(board, number), point(x, y), 2.0)
}

fn is_erased(board: &Board, number: u8, x: f64, y: f64) -> bool {
    let at = point(x, y);
    hit_by_swept_circle(board, get(board, number), at, at, 1.0)
}

fn marquee(board: &Board, number: u8, region: BoardRect) -> (bool, bool) {
    let (region, element) = (rect_corners(region), get(board, number));
    (
        intersects_polygon(board, element, &region),
        is_inside_polygon(board, element, &region),
    )
}

#[test]
fn a_hollow_shape_is_hit_only_on_its_outline() {
    for outline in [Outline::Rectangle, Outline::Ellipse, Outline::Diamond] {
        let board = board([shape(1, outline, (0.0, 0.0), [100.0, 60.0])]);
        assert!(!is_clicked(&board, 1, 50.0, 30.0), "{outline:?}");
        assert!(is_clicked(&board, 1, 100.0, 30.0), "{outline:?}");
        assert!(is_clicked(&board, 1, 50.0, 0.0), "{outline:?}");
        assert!(!is_erased(&board, 1, 50.0, 30.0), "{outline:?}");
        assert!(is_erased(&board, 1, 0.0, 30.0), "{outline:?}");
    }
}

#[test]
fn the_bounding_corner_of_a_round_shape_is_no_hit() {
    for (outline, is_there) in [
        (Outline::Rectangle, true),
        (Outline::Ellipse, false),
        (Outline::Diamond, false),
        (Outline::Triangle, false),
    ] {
        let new = shape(1, outline, (0.0, 0.0), [100.0, 60.0]).with(Prop::Filling(Filling::Tint));
        let board = board([new]);
        assert_eq!(is_clicked(&board, 1, 3.0, 3.0), is_there, "{outline:?}");
        assert!(is_clicked(&board, 1, 50.0, 40.0), "{outline:?}");
    }
}

#[test]
fn a_rounded_corner_is_no_hit() {
    let new = boxed(1, (0.0, 0.0), [100.0, 60.0])
        .with(Prop::Filling(Filling::Solid))
        .with(Prop::Corner(30.0));
    let board = board([new]);
    assert!(!is_clicked(&board, 1, 2.0, 2.0));
    assert!(is_clicked(&board, 1, 50.0, 2.0));
}

#[test]
fn filling_or_text_makes_the_inside_clickable() {
    let filled = boxed(1, (0.0, 0.0), [100.0, 60.0]).with(Prop::Filling(Filling::Solid));
    let written = boxed(2, (200.0, 0.0), [100.0, 60.0]).written("so");
    let board = board([filled, written]);
    assert!(is_clicked(&board, 1, 10.0, 50.0) && is_erased(&board, 1, 50.0, 30.0));
    assert!(is_clicked(&board, 2, 290.0, 55.0));
    // An eraser hits only what is visible: the letters, not the empty rest.
    assert!(!is_erased(&board, 2, 290.0, 55.0));
    assert!(is_erased(&board, 2, 220.0, 30.0));
}

#[test]
fn bounds_include_line_width_and_rotation() {
    let mut board = board([boxed(1, (0.0, 0.0), [100.0, 60.0])]);
    assert_eq!(
        bounds(&board, get(&board, 1)),
        BoardRect::new(-2.0, -2.0, 102.0, 62.0)
    );
    crate::fixtures::set(&mut board, 1, Prop::Angle(std::f32::consts::FRAC_PI_2));
    let rotated = bounds(&board, get(&board, 1));
    assert!((rotated.width() - 64.0).abs() < 1e-3 && (rotated.height() - 104.0).abs() < 1e-3);
    assert!((rotated.center() - kurbo::Point::new(50.0, 30.0)).hypot() < 1e-3);
    assert!(is_clicked(&board, 1, 50.0, -20.0) && !is_clicked(&board, 1, 0.0, 30.0));
}

#[test]
fn boxes_grow_with_their_text_and_nothing_is_stored() {
    let long = "word ".repeat(60);
    let board = board([
        boxed(1, (0.0, 0.0), [100.0, 60.0]).written(&long),
        sticky(2, (300.0, 0.0), &long),
        text(3, (600.0, 0.0), &long).with(Prop::Size([100.0, 0.0])),
    ]);
    for number in [1, 2, 3] {
        let element = get(&board, number);
        assert!(box_size(element).height > 300.0, "{number}");
        assert!(element.props.size()[1] <= 200.0);
        let low = bounds(&board, element).y1 - 10.0;
        assert!(
            is_clicked(&board, number, element.props.at.x + 30.0, low),
            "{number}"
        );
    }
}

#[test]
fn a_line_is_hit_within_its_width_and_on_its_head() {
    let board = board([arrow(1, &[[0.0, 0.0], [200.0, 0.0]])]);
    assert!(is_erased(&board, 1, 100.0, 2.5) && !is_erased(&board, 1, 100.0, 4.0));
    // A barb of the arrowhead.
    assert!(is_erased(&board, 1, 184.0, 7.0));
    let all = bounds(&board, get(&board, 1));
    assert!(all.y0 < -8.0 && all.x1 > 200.0 && all.x0 <= -2.0);
    assert!(is_clicked(&board, 1, 30.0, 3.5) && !is_clicked(&board, 1, 30.0, 5.0));
}

#[test]
fn a_frame_is_hit_on_its_edge_and_its_name() {
    let board = board([frame(1, (0.0, 0.0), [300.0, 200.0])]);
    let name = frame_name_box(get(&board, 1));
    assert!(name.y1 < 0.0 && name.width() > 10.0);
    assert!(is_clicked(&board, 1, name.center().x, name.center().y));
    assert!(is_clicked(&board, 1, 300.0, 100.0));
    assert!(!is_clicked(&board, 1, 150.0, 100.0));
    let all = bounds(&board, get(&board, 1));
    assert!(all.contains(name.origin()));
}

#[test]
fn a_frame_is_enclosed_without_its_name() {
    let board = board([frame(1, (0.0, 0.0), [300.0, 200.0])]);
    let around = BoardRect::new(-5.0, -5.0, 305.0, 205.0);
    assert_eq!(marquee(&board, 1, around), (true, true));
}

#[test]
fn clipped_content_is_not_hit() {
    let held = boxed(2, (250.0, 50.0), [100.0, 50.0])
        .with(Prop::Filling(Filling::Solid))
        .with(Prop::Frame(Some(id(1))));
    let board = board([frame(1, (0.0, 0.0), [300.0, 200.0]), held]);
    assert!(is_clicked(&board, 2, 290.0, 70.0) && is_erased(&board, 2, 290.0, 70.0));
    assert!(!is_clicked(&board, 2, 320.0, 70.0) && !is_erased(&board, 2, 320.0, 70.0));
}

#[test]
fn a_marquee_touches_and_encloses() {
    let board = board([
        boxed(1, (0.0, 0.0), [100.0, 60.0]),
        line(2, &[[0.0, 100.0], [100.0, 200.0]]),
        stroke(3, (0.0, 300.0)),
        sticky(4, (0.0, 400.0), "hi"),
    ]);
    let rect = BoardRect::new;
    assert_eq!(
        marquee(&board, 1, rect(-10.0, -10.0, 110.0, 70.0)),
        (true, true)
    );
    assert_eq!(
        marquee(&board, 1, rect(-10.0, -10.0, 50.0, 70.0)),
        (true, false)
    );
    assert_eq!(
        marquee(&board, 1, rect(20.0, 20.0, 40.0, 40.0)),
        (false, false)
    );
    assert_eq!(
        marquee(&board, 2, rect(40.0, 140.0, 60.0, 160.0)),
        (true, false)
    );
    assert_eq!(
        marquee(&board, 2, rect(60.0, 110.0, 90.0, 140.0)),
        (false, false)
    );
    assert_eq!(
        marquee(&board, 2, rect(-5.0, 95.0, 105.0, 205.0)),
        (true, true)
    );
    assert_eq!(
        marquee(&board, 3, rect(45.0, 290.0, 55.0, 310.0)),
        (true, false)
    );
    assert_eq!(
        marquee(&board, 3, rect(-5.0, 290.0, 105.0, 310.0)),
        (true, true)
    );
    // The inside of a filled element counts as touched.
    assert_eq!(
        marquee(&board, 4, rect(90.0, 490.0, 95.0, 495.0)),
        (true, false)
    );
}

#[test]
fn a_lasso_selects_the_elements_that_it_crosses_or_encloses() {
    let board = board([boxed(1, (0.0, 0.0), [100.0, 60.0])]);
    let around = [(-20.0, -20.0), (120.0, -20.0), (50.0, 200.0)].map(|(x, y)| point(x, y));
    let past = [(200.0, 0.0), (300.0, 0.0), (250.0, 90.0)].map(|(x, y)| point(x, y));
    assert!(intersects_polygon(&board, get(&board, 1), &around));
    assert!(!is_inside_polygon(&board, get(&board, 1), &around));
    assert!(!intersects_polygon(&board, get(&board, 1), &past));
}

#[test]
fn erased_ink_is_neither_visible_nor_hit() {
    let mut board = board([stroke(1, (0.0, 0.0))]);
    assert!(is_erased(&board, 1, 50.0, 0.0));
    let erase = Op::Erase {
        id: id(1),
        spans: vec![[3.0, 7.5], [9.0, 10.0]],
    };
    change(&mut board, vec![erase]);
    let pieces = visible_ink(get(&board, 1));
    let ends: Vec<(f64, f64)> = pieces
        .iter()
        .map(|piece| (piece[0].x, piece[piece.len() - 1].x))
        .collect();
    assert_eq!(pieces.len(), 2);
    for ((from, to), (wanted_from, wanted_to)) in ends.into_iter().zip([(0.0, 30.0), (75.0, 90.0)])
    {
        assert!((from - wanted_from).abs() < 1e-6 && (to - wanted_to).abs() < 1e-6);
    }
    assert!(!is_erased(&board, 1, 50.0, 0.0) && is_erased(&board, 1, 20.0, 0.0));
    assert!(is_erased(&board, 1, 80.0, 0.0) && !is_erased(&board, 1, 99.0, 0.0));
    assert!(bounds(&board, get(&board, 1)).x1 < 95.0);
    let rest = vec![[0.0, 3.0], [7.5, 9.0]];
    change(
        &mut board,
        vec![Op::Erase {
            id: id(1),
            spans: rest,
        }],
    );
    assert!(visible_ink(get(&board, 1)).is_empty());
    assert!(bounds(&board, get(&board, 1)).is_finite());
}

#[test]
fn positions_along_ink_match_its_points() {
    let board = board([stroke(1, (5.0, 0.0))]);
    let along = ink_samples(get(&board, 1), 0.5);
    assert!(along.len() > 11);
    for sample in &along {
        assert!((sample.at.x - 5.0 - f64::from(sample.position) * 10.0).abs() < 1.0);
    }
    let gaps = along.windows(2).map(|pair| pair[0].at.distance(pair[1].at));
    assert!(gaps.fold(0.0, f64::max) <= 5.0);
}

#[test]
fn the_frame_of_a_rotated_stroke_is_rotated_with_it() {
    let new = stroke(1, (0.0, 0.0)).with(Prop::Angle(0.5));
    let board = board([new]);
    let (rect, angle) = oriented_box(&board, get(&board, 1));
    assert!((angle - 0.5).abs() < 1e-6);
    assert!((rect.width() - 104.0).abs() < 0.5, "{rect:?}");
    assert!(rect.height() < 6.0, "{rect:?}");
    let middle = kurbo::Affine::rotate(0.5) * kurbo::Point::new(50.0, 0.0);
    assert!((rect.center() - middle).hypot() < 0.5);
}

#[test]
fn clipped_content_does_not_extend_the_board() {
    let held = Prop::Frame(Some(id(1)));
    let size = [100.0, 50.0];
    let board = board([
        frame(1, (0.0, 0.0), [200.0, 100.0]),
        boxed(2, (150.0, 20.0), size).with(held.clone()),
        boxed(3, (900.0, 20.0), size).with(held),
        boxed(4, (150.0, 20.0), size),
    ]);
    let shown = |number| visible_bounds(&board, get(&board, number));
    assert_eq!(shown(2), BoardRect::new(148.0, 18.0, 200.0, 72.0));
    let nothing = shown(3);
    assert_eq!((nothing.x0, nothing.x1), (200.0, 200.0));
    assert_eq!(shown(4), bounds(&board, get(&board, 4)));
    // An exported picture is no larger than the visible content.
    let svg = board_to_svg(&board, "", Theme::Light);
    let width = shown(4).x1 - shown(1).x0 + 32.0;
    assert!(
        svg.contains(&format!(" width=\"{width}\"")),
        "{width}: {svg}"
    );
}
