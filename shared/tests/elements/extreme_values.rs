//! Elements with extreme valid values have finite geometry, computed in bounded time.

use proptest::prelude::*;
use shared::geometry::BoardPoint;
use shared::limits::{MAX_COORD, MAX_TEXT_SIZE, MAX_WIDTH, MIN_CROP, MIN_TEXT_SIZE, MIN_WIDTH};
use shared::model::layout::{
    bounds, hit_by_click, hit_by_swept_circle, intersects_polygon, is_inside_polygon, oriented_box,
};
use shared::model::palette::Theme;
use shared::model::transform::transformed_props;
use shared::model::{
    Anchor, Arrowhead, Body, Crop, Dash, Filling, NewElement, Outline, Prop, Route, Transform,
};
use shared::op::Op;
use shared::paint::recorder::Command;
use shared::paint::{Recorder, board_to_svg, paint_element};

use crate::images::picture;

use crate::fixtures::{With as _, board, id, new, point, stroke};

fn coordinate() -> impl Strategy<Value = f32> {
    let most = MAX_COORD as f32;
    prop_oneof![
        Just(0.0_f32),
        Just(most),
        Just(-most),
        -300.0_f32..300.0,
        -most..most
    ]
}

fn length() -> impl Strategy<Value = f32> {
    prop_oneof![
        Just(0.0_f32),
        Just(1e-3),
        Just(MAX_COORD as f32),
        0.0_f32..300.0
    ]
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        Just(Body::Shape(Outline::Rectangle)),
        Just(Body::Shape(Outline::Ellipse)),
        Just(Body::Shape(Outline::Diamond)),
        Just(Body::Shape(Outline::Triangle)),
        Just(Body::Line),
        Just(Body::Line),
        Just(Body::Text),
        Just(Body::Sticky {
            signed: "Ada".to_owned()
        }),
        Just(Body::Frame),
        Just(Body::Image),
        Just(stroke(1, (0.0, 0.0)).body),
    ]
}

fn anchor() -> impl Strategy<Value = Option<Anchor>> {
    (0_u8..5, 0.0_f32..1.0, 0.0_f32..1.0).prop_map(|(to, x, y)| {
        (to > 0).then(|| Anchor {
            to: id(to),
            at: [x, y],
        })
    })
}

fn properties() -> impl Strategy<Value = Vec<Prop>> {
    let one = prop_oneof![
        (length(), length()).prop_map(|(w, h)| Prop::Size([w, h])),
        (length(), length()).prop_map(|(w, h)| Prop::Size([w, h])),
        (-7.0_f32..7.0).prop_map(Prop::Angle),
        prop_oneof![Just(1e-3_f32), Just(-1e3), Just(1.0)].prop_map(|by| Prop::Scale([by, 1e3])),
        length().prop_map(Prop::Corner),
        prop_oneof![Just(MIN_WIDTH), Just(MAX_WIDTH), Just(4.0)].prop_map(Prop::Width),
        prop_oneof![Just(MIN_TEXT_SIZE), Just(MAX_TEXT_SIZE)].prop_map(Prop::TextSize),
        proptest::collection::vec((coordinate(), coordinate()), 0..6)
            .prop_map(|points| Prop::Points(points.into_iter().map(|(x, y)| [x, y]).collect())),
        prop_oneof![Just(Route::Curved), Just(Route::Elbow)].prop_map(Prop::Route),
        prop_oneof![
            Just(Arrowhead::Arrow),
            Just(Arrowhead::Triangle),
            Just(Arrowhead::Dot)
        ]
        .prop_map(|head| Prop::Heads([head, head])),
        prop_oneof![Just(Dash::Dotted), Just(Dash::Dashed)].prop_map(Prop::Dash),
        Just(Prop::Filling(Filling::Solid)),
        anchor().prop_map(Prop::Start),
        anchor().prop_map(Prop::End),
        (0_u8..5).prop_map(|frame| Prop::Frame(Some(id(frame)))),
        Just(Prop::Name("Frame of some length".to_owned())),
        Just(Prop::Picture(Some(picture()))),
        prop_oneof![Just(0.0_f32), Just(1.0 - MIN_CROP)].prop_map(|left| {
            let right = left + MIN_CROP;
            Prop::Crop(Crop {
                left,
                right,
                ..Crop::WHOLE
            })
        }),
    ];
    proptest::collection::vec(one, 0..9)
}

fn elements() -> impl Strategy<Value = Vec<NewElement>> {
    let element = (
        body(),
        coordinate(),
        coordinate(),
        properties(),
        proptest::bool::ANY,
    );
    proptest::collection::vec(element, 1..5).prop_map(|all| {
        (1_u8..)
            .zip(all)
            .map(|(number, (body, x, y, looks, written))| {
                let at = BoardPoint::new(x.into(), y.into());
                let writes = written && body.has_text();
                let new = looks
                    .into_iter()
                    .fold(new(number, at, body), NewElement::with);
                if writes {
                    new.written("Some wörds\n• 日本語 that wrap")
                } else {
                    new
                }
            })
            .collect()
    })
}

fn transforms() -> [Transform; 4] {
    let about = point(3.0, 4.0);
    [
        Transform::Move([1e7, -1e7]),
        Transform::Scale {
            about,
            by: [-1e-9, 1e9],
            angle: 0.3,
        },
        Transform::Scale {
            about,
            by: [2.0, 3.0],
            angle: 0.0,
        },
        Transform::Rotate { about, by: 100.0 },
    ]
}

fn assert_finite(command: &Command) {
    let sound = match command {
        Command::Fill(path, _) | Command::FillEvenOdd(path, _) | Command::Clip(path) => {
            path.is_finite()
        }
        Command::Line(path, line) => {
            let dash = line.dash.is_none_or(|[dash, gap]| dash > 0.0 && gap > 0.0);
            path.is_finite() && line.width.is_finite() && dash
        }
        Command::Text { at, size, .. } => at.is_finite() && *size > 0.0,
        Command::Picture {
            size, place, alpha, ..
        } => size.is_finite() && place.is_finite() && (0.0..=1.0).contains(alpha),
        Command::Unclip => true,
    };
    assert!(sound, "{command:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn geometry_of_valid_elements_is_finite(elements in elements()) {
        let board = board(elements);
        for element in board.elements() {
            let all = bounds(&board, element);
            prop_assert!(all.is_finite() && all.width() >= 0.0, "{:?}", all);
            let (rect, angle) = oriented_box(&board, element);
            prop_assert!(rect.is_finite() && angle.is_finite());
            let here = element.props.at;
            let _ = hit_by_swept_circle(&board, element, here, point(0.0, 0.0), 5.0);
            let _ = hit_by_click(&board, element, all.center().into(), 5.0);
            let region = [here, point(100.0, 0.0), point(0.0, 1e6)];
            if is_inside_polygon(&board, element, &region) {
                prop_assert!(intersects_polygon(&board, element, &region));
            }
            let mut recorder = Recorder::default();
            paint_element(&board, element, Theme::Dark, 0.2, &mut recorder);
            recorder.commands().iter().for_each(assert_finite);
        }
        let svg = board_to_svg(&board, "Hostile", Theme::Light);
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn transforms_set_only_valid_values(elements in elements()) {
        let board = board(elements);
        for transform in transforms() {
            prop_assert!(transform.is_valid());
            for element in board.elements() {
                for prop in transformed_props(&board, element, &transform) {
                    let op = Op::Set { id: element.id, prop };
                    prop_assert_eq!(op.validate(), Ok(()));
                }
            }
        }
    }
}
