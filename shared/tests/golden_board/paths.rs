//! The paths of the golden board, and a shape without an outline.

use kurbo::BezPath;
use shared::geometry::{FillRule, PackedPath};
use shared::model::palette::Rgb;
use shared::model::{Body, Color, Dash, Filling, NewElement, Outline, Prop, VectorPath};

use super::new;

/// A filled path with a hole and a line of another colour, and an open, mirrored path of a drawing.
pub(super) fn paths() -> Vec<NewElement> {
    let path = |data: &str, rule| {
        let (outline, _) = PackedPath::pack(&BezPath::from_svg(data).unwrap()).unwrap();
        Body::Path(VectorPath { rule, outline })
    };
    let arrow = "M0 20H50V0L90 30L50 60V40H0ZM10 30C10 25 20 25 20 30Z";
    vec![
        new(
            50,
            [340.0, 520.0],
            path(arrow, FillRule::EvenOdd),
            Color::Blue,
            vec![
                Prop::Size([90.0, 60.0]),
                Prop::Angle(-0.2),
                Prop::Filling(Filling::Solid),
                Prop::Fill(Some(Color::Drawn(Rgb::from_hex(0x00ff_f3bf)))),
            ],
        ),
        new(
            51,
            [460.0, 540.0],
            path("M0 0C40 -20 40 60 80 20L100 30", FillRule::NonZero),
            Color::Drawn(Rgb::from_hex(0x0000_3049)),
            vec![
                Prop::Size([100.0, 40.0]),
                Prop::Scale([-1.0, 1.0]),
                Prop::Dash(Dash::Dashed),
            ],
        ),
        new(
            52,
            [580.0, 540.0],
            Body::Shape(Outline::Rectangle),
            Color::Teal,
            vec![
                Prop::Size([40.0, 40.0]),
                Prop::Filling(Filling::Solid),
                Prop::Outlined(false),
            ],
        ),
    ]
}
