//! The lines of the golden board, and a frame with a member.

use shared::model::{
    Anchor, Arrowhead, Body, Color, Dash, Filling, Marks, NewElement, Outline, Prop, Route,
};

use super::{id, new, written};

pub(super) fn framed() -> Vec<NewElement> {
    vec![
        new(
            30,
            [0.0, 460.0],
            Body::Frame,
            Color::Black,
            vec![
                Prop::Size([300.0, 140.0]),
                Prop::Name("Frame <1>".to_owned()),
            ],
        ),
        new(
            31,
            [240.0, 500.0],
            Body::Shape(Outline::Rectangle),
            Color::Orange,
            vec![
                Prop::Size([120.0, 60.0]),
                Prop::Filling(Filling::Solid),
                Prop::Frame(Some(id(30))),
            ],
        ),
    ]
}

/// A curved arrow with text before its middle.
pub(super) fn written_line() -> NewElement {
    written(
        new(
            44,
            [170.0, 420.0],
            Body::Line,
            Color::Red,
            vec![
                Prop::Points(vec![[0.0, 0.0], [130.0, 30.0], [140.0, 110.0]]),
                Prop::Route(Route::Curved),
                Prop::Heads([Arrowhead::None, Arrowhead::Arrow]),
                Prop::TextPosition(0.4),
            ],
        ),
        &[("if it is so", Marks::NONE)],
    )
}

pub(super) fn lines() -> Vec<NewElement> {
    let hold = |number, x, y| {
        Some(Anchor {
            to: id(number),
            at: [x, y],
        })
    };
    let points = |points: &[[f32; 2]]| Prop::Points(points.to_vec());
    vec![
        new(
            40,
            [0.0, 0.0],
            Body::Line,
            Color::Black,
            vec![
                points(&[[0.0, 0.0], [1.0, 1.0]]),
                Prop::Heads([Arrowhead::Dot, Arrowhead::Arrow]),
                Prop::Start(hold(1, 0.5, 0.5)),
                Prop::End(hold(2, 0.5, 0.5)),
            ],
        ),
        new(
            41,
            [340.0, 450.0],
            Body::Line,
            Color::Green,
            vec![
                points(&[[0.0, 0.0], [80.0, 60.0], [160.0, -10.0], [240.0, 40.0]]),
                Prop::Route(Route::Curved),
                Prop::Heads([Arrowhead::Bar, Arrowhead::Triangle]),
                Prop::Dash(Dash::Dashed),
            ],
        ),
        new(
            42,
            [0.0, 0.0],
            Body::Line,
            Color::Blue,
            vec![
                points(&[[0.0, 0.0], [1.0, 1.0]]),
                Prop::Route(Route::Elbow),
                Prop::Corner(10.0),
                Prop::Heads([Arrowhead::None, Arrowhead::Triangle]),
                Prop::Start(hold(23, 0.5, 0.5)),
                Prop::End(hold(24, 0.5, 0.5)),
            ],
        ),
        new(
            43,
            [620.0, 480.0],
            Body::Line,
            Color::Grey,
            vec![
                points(&[[0.0, 0.0], [60.0, 80.0], [150.0, 80.0]]),
                Prop::Width(10.0),
                Prop::Opacity(128),
                Prop::Heads([Arrowhead::None, Arrowhead::Arrow]),
            ],
        ),
    ]
}
