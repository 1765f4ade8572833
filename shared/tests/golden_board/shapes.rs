//! The shapes and strokes of the golden board.

use shared::geometry::{Ink, InkPoint, Quantum};
use shared::model::palette::Rgb;
use shared::model::{
    Body, Brush, Color, Dash, Erasure, Filling, NewElement, Outline, Prop, Stroke,
};

use super::{AUTHOR, new};

pub(super) fn shapes() -> Vec<NewElement> {
    let size = Prop::Size([120.0, 80.0]);
    vec![
        new(
            1,
            [0.0, 0.0],
            Body::Shape(Outline::Rectangle),
            Color::Black,
            vec![size.clone()],
        ),
        new(
            2,
            [160.0, 0.0],
            Body::Shape(Outline::Rectangle),
            Color::Blue,
            vec![
                size.clone(),
                Prop::Corner(20.0),
                Prop::Filling(Filling::Tint),
                Prop::Dash(Dash::Dashed),
            ],
        ),
        new(
            3,
            [320.0, 0.0],
            Body::Shape(Outline::Ellipse),
            Color::Green,
            vec![
                size.clone(),
                Prop::Filling(Filling::Solid),
                Prop::Opacity(160),
            ],
        ),
        new(
            4,
            [480.0, 0.0],
            Body::Shape(Outline::Diamond),
            Color::Red,
            vec![size.clone(), Prop::Dash(Dash::Dotted)],
        ),
        new(
            5,
            [640.0, 0.0],
            Body::Shape(Outline::Triangle),
            Color::Custom(Rgb::from_hex(0x0012_3456)),
            vec![size, Prop::Angle(0.4), Prop::Filling(Filling::Tint)],
        ),
    ]
}

pub(super) fn strokes() -> Vec<NewElement> {
    let wave: Vec<InkPoint> = (0..24_u8)
        .map(|step| {
            let x = f64::from(step) * 8.0;
            let pressure = 0.3 + 0.5 * f32::from(step) / 24.0;
            InkPoint::new(x, (x / 20.0).sin() * 25.0, pressure)
        })
        .collect();
    let ink = |brush, cuts| {
        Body::Stroke(Stroke {
            brush,
            parts: vec![Ink::encode(&wave, Quantum::for_zoom(1.0)).unwrap()],
            open: false,
            erased: cuts,
        })
    };
    let cut = |span| Erasure { by: AUTHOR, span };
    let cuts = vec![cut([4.0, 7.5]), cut([12.25, 15.0]), cut([14.0, 16.5])];
    vec![
        new(
            10,
            [0.0, 150.0],
            ink(Brush::Pen, Vec::new()),
            Color::Violet,
            vec![],
        ),
        new(
            11,
            [220.0, 150.0],
            ink(Brush::Highlighter, Vec::new()),
            Color::Yellow,
            vec![Prop::Width(20.0), Prop::Opacity(107)],
        ),
        new(
            12,
            [440.0, 150.0],
            ink(Brush::Pen, cuts),
            Color::Teal,
            vec![],
        ),
        new(
            13,
            [660.0, 190.0],
            ink(Brush::Pen, Vec::new()),
            Color::Pink,
            vec![Prop::Angle(-0.5), Prop::Scale([0.6, -1.5])],
        ),
    ]
}
