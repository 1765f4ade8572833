//! Paths: lines and curves in a box, filled by a rule.

use kurbo::{Affine, BezPath, ParamCurve as _, Point, Shape as _};
use proptest::prelude::*;
use shared::geometry::{FillRule, PackedPath, PathError};
use shared::limits::{MAX_PATH_BYTES, MAX_PATH_SEGMENTS};
use shared::model::layout::{
    bounds, hit_by_click, hit_by_swept_circle, intersects_polygon, outline_path, rect_corners,
};
use shared::model::palette::Theme;
use shared::model::transform::transformed_props;
use shared::model::{Body, Color, Filling, NewElement, Prop, Transform, VectorPath};
use shared::op::Op;
use shared::paint::recorder::Command;
use shared::paint::{Recorder, board_to_svg, paint_element};

use crate::fixtures::{With as _, board, change, get, id, new, point};

/// A ring: a square with a square hole, both drawn with the clock.
const RING: &str = "M0 0H90V90H0ZM30 30H60V60H30Z";

/// A path element with its box where the data says.
fn path(data: &str, rule: FillRule) -> NewElement {
    let drawn = BezPath::from_svg(data).unwrap();
    let (outline, rect) = PackedPath::pack(&drawn).unwrap();
    let size = [rect.width() as f32, rect.height() as f32];
    new(
        1,
        point(rect.x0, rect.y0),
        Body::Path(VectorPath { rule, outline }),
    )
    .with(Prop::Size(size))
}

#[test]
fn a_path_is_packed_and_read_within_a_step_of_its_box() {
    let data = "M-20 5L100 5C150 -40 150 80 100 45Q40 90 0 45ZM5 6L7 8";
    let drawn = BezPath::from_svg(data).unwrap();
    let (packed, rect) = PackedPath::pack(&drawn).unwrap();
    let read = PackedPath::from_bytes(packed.as_bytes()).unwrap();
    assert_eq!(read, packed);
    let placed = Affine::translate(rect.origin().to_vec2()) * read.to_path(rect.size());
    let size = placed.bounding_box().size();
    assert!((size.width - rect.width()).abs() < 0.01 && (size.height - rect.height()).abs() < 0.01);
    let ends = |path: &BezPath| {
        path.segments()
            .map(|it| (it.start(), it.end()))
            .collect::<Vec<_>>()
    };
    for ((from, to), (read_from, read_to)) in ends(&drawn).into_iter().zip(ends(&placed)) {
        assert!(from.distance(read_from) < 0.01 && to.distance(read_to) < 0.01);
    }
    assert_eq!(ends(&drawn).len(), ends(&placed).len());
    let (again, _) = PackedPath::pack(&placed).unwrap();
    assert_eq!(again.as_bytes().len(), packed.as_bytes().len());
}

#[test]
fn paths_that_break_the_format_are_refused() {
    for (bytes, error) in [
        (&[][..], PathError::Empty),
        (&[1], PathError::Empty),
        (&[2, 0, 0, 0, 1, 2, 2], PathError::UnknownVersion(2)),
        (&[1, 1, 2, 2], PathError::Command(1)),
        (&[1, 0, 0, 0, 0, 2, 2, 1, 4, 4], PathError::Command(0)),
        (&[1, 0, 0, 0, 1, 2, 2, 3, 1, 4, 4], PathError::Command(1)),
        (&[1, 0, 0, 0, 3], PathError::Command(3)),
        (&[1, 0, 0, 0, 1, 2, 2, 0, 2, 2], PathError::Command(0)),
        (&[1, 0, 0, 0, 1, 2], PathError::Number),
        (&[1, 0, 0, 0, 1, 0x80, 0], PathError::Number),
        (&[1, 0, 0, 0, 4, 2, 2], PathError::Command(4)),
        (
            &[1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0x7f, 0],
            PathError::OutOfRange,
        ),
    ] {
        assert_eq!(PackedPath::from_bytes(bytes), Err(error), "{bytes:?}");
    }
    let long =
        BezPath::from_svg(&format!("M0 0{}", "L1 1L0 0".repeat(MAX_PATH_SEGMENTS / 2))).unwrap();
    assert_eq!(PackedPath::pack(&long).unwrap_err(), PathError::TooLong);
    assert_eq!(
        PackedPath::from_bytes(&vec![1; MAX_PATH_BYTES + 1]),
        Err(PathError::TooLong)
    );
    for data in ["M0 0L1e9 0", "M0 0LNaN 0"] {
        if let Ok(far) = BezPath::from_svg(data) {
            assert_eq!(PackedPath::pack(&far).unwrap_err(), PathError::OutOfRange);
        }
    }
    let mut endless = BezPath::new();
    endless.move_to((0.0, 0.0));
    endless.line_to((f64::NAN, 1.0));
    assert_eq!(
        PackedPath::pack(&endless).unwrap_err(),
        PathError::OutOfRange
    );
}

#[test]
fn the_fill_rule_decides_about_holes() {
    for (rule, hole) in [(FillRule::EvenOdd, false), (FillRule::NonZero, true)] {
        let ring = path(RING, rule).with(Prop::Filling(Filling::Solid));
        let board = board([ring.with(Prop::Outlined(false))]);
        let element = get(&board, 1);
        let click = |x, y| hit_by_click(&board, element, point(x, y), 1.0);
        assert!(click(15.0, 15.0) && !click(120.0, 15.0));
        assert_eq!(click(45.0, 45.0), hole, "{rule:?}");
        let eraser = |x, y| hit_by_swept_circle(&board, element, point(x, y), point(x, y), 5.0);
        assert_eq!(eraser(45.0, 45.0), hole);
        assert!(eraser(33.0, 45.0) && eraser(-4.0, 20.0) && !eraser(-7.0, 20.0));
        let area = rect_corners(kurbo::Rect::new(40.0, 40.0, 50.0, 50.0));
        assert_eq!(intersects_polygon(&board, element, &area), hole);
    }
    let open = board([path(RING, FillRule::EvenOdd)]);
    assert!(
        !hit_by_click(&open, get(&open, 1), point(15.0, 15.0), 1.0),
        "not filled"
    );
}

#[test]
fn a_path_is_filled_and_lined_in_its_colours() {
    let red = Color::Drawn(shared::model::palette::Rgb::from_hex(0x00ff_0000));
    let ring = path(RING, FillRule::EvenOdd)
        .with(Prop::Filling(Filling::Solid))
        .with(Prop::Fill(Some(red)));
    let painted = |new: NewElement, theme| {
        let board = board([new]);
        let mut recorder = Recorder::default();
        paint_element(&board, get(&board, 1), theme, 0.1, &mut recorder);
        recorder.commands().to_vec()
    };
    let commands = painted(ring.clone(), Theme::Light);
    let [Command::FillEvenOdd(_, fill), Command::Line(_, line)] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    assert_eq!(
        (fill.rgb.to_hex(), line.fill.rgb.to_hex()),
        (0x00ff_0000, 0x001d_2026)
    );
    let bare = ring.with(Prop::Outlined(false));
    assert_eq!(painted(bare, Theme::Dark).len(), 1, "the line is left out");
}

#[test]
fn the_svg_of_a_path_has_its_rule_and_colours() {
    let pale = Color::Drawn(shared::model::palette::Rgb::from_hex(0x00ff_f3bf));
    let ring = path(RING, FillRule::EvenOdd)
        .with(Prop::Filling(Filling::Solid))
        .with(Prop::Fill(Some(pale)));
    let svg = board_to_svg(&board([ring]), "", Theme::Light);
    let data = "d=\"M0 0L90 0L90 90L0 90ZM30 30L60 30L60 60L30 60Z\"";
    assert!(
        svg.contains(&format!(
            "<path fill=\"#fff3bf\" fill-rule=\"evenodd\" {data}/>"
        )),
        "{svg}"
    );
    assert!(
        svg.contains("stroke=\"#1d2026\" stroke-width=\"4\""),
        "{svg}"
    );
}

#[test]
fn drawn_colours_are_exact_on_light_boards_and_flipped_on_dark_ones() {
    use shared::model::palette::{Rgb, swatch};
    for (light, dark) in [
        (0x00ff_ffff, 0),
        (0x0000_3049, 0x00b6_e6ff),
        (0x00ff_0000, 0x00ff_0000),
    ] {
        let shades = swatch(Color::Drawn(Rgb::from_hex(light)));
        assert_eq!(shades.ink(Theme::Light).to_hex(), light);
        assert_eq!(shades.ink(Theme::Dark).to_hex(), dark, "{light:06x}");
    }
}

/// The places where a path starts, and the ends of its segments.
fn corners(element: &shared::model::Element) -> Vec<Point> {
    let path = outline_path(element).unwrap();
    path.elements()
        .iter()
        .filter_map(kurbo::PathEl::end_point)
        .collect()
}

proptest! {
    #[test]
    fn transforms_move_every_corner(
        turn in -3.0..3.0_f64, x in prop_oneof![0.3..3.0, -3.0..-0.3], y in prop_oneof![0.3..3.0, -3.0..-0.3],
    ) {
        let steps = [
            Transform::Scale { about: point(10.0, 20.0), by: [x, y], angle: 0.0 },
            Transform::Rotate { about: point(-5.0, 0.0), by: turn },
            Transform::Move([7.0, -9.0]),
            Transform::Scale { about: point(0.0, 0.0), by: [-1.0, 1.0], angle: turn },
        ];
        let mut board = board([path("M0 0L80 10L60 70Q10 80 20 40Z", FillRule::NonZero)]);
        for step in steps {
            let before = corners(get(&board, 1));
            let props = transformed_props(&board, get(&board, 1), &step);
            let ops = props.into_iter().map(|prop| Op::Set { id: id(1), prop }).collect::<Vec<_>>();
            prop_assert!(ops.iter().all(|op| op.validate().is_ok()));
            change(&mut board, ops);
            for (before, after) in before.into_iter().zip(corners(get(&board, 1))) {
                prop_assert!((step.affine() * before).distance(after) < 0.1, "{step:?}");
            }
            let around = outline_path(get(&board, 1)).unwrap().bounding_box();
            let all = bounds(&board, get(&board, 1)).inflate(1e-3, 1e-3);
            prop_assert!(all.contains_rect(around));
        }
    }

    #[test]
    fn any_bytes_are_read_as_a_path_or_refused(bytes in proptest::collection::vec(0_u8..8, 0..40)) {
        let bytes: Vec<u8> = std::iter::once(1).chain(bytes).collect();
        if let Ok(path) = PackedPath::from_bytes(&bytes) {
            let drawn = path.to_path(kurbo::Size::new(10.0, 10.0));
            prop_assert!(drawn.is_finite() && !drawn.elements().is_empty());
            prop_assert_eq!(path.as_bytes(), bytes.as_slice());
        }
    }
}
