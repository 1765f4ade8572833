//! The texts of the golden board: free ones, a sticky note and a label.

use shared::model::{Align, Body, Color, Filling, Font, Marks, NewElement, Outline, Prop};

use super::{new, written};

pub(super) fn texts() -> Vec<NewElement> {
    let plain = |text| [(text, Marks::NONE)];
    let sticky = || Body::Sticky {
        signed: "Ada".to_owned(),
    };
    let rich = [
        ("Plain, ", Marks::NONE),
        ("bold", Marks::BOLD),
        (" and ", Marks::NONE),
        ("slanted", Marks::ITALIC),
        (" in a box that is not wide", Marks::NONE),
    ];
    let list = "• one thing\n• another thing that goes on\n2. <&>";
    vec![
        written(
            new(20, [0.0, 230.0], Body::Text, Color::Black, vec![]),
            &plain("Written by hand"),
        ),
        written(
            new(
                21,
                [0.0, 280.0],
                Body::Text,
                Color::Red,
                vec![Prop::Size([190.0, 0.0]), Prop::Font(Font::Sans)],
            ),
            &rich,
        ),
        written(
            new(
                22,
                [230.0, 230.0],
                Body::Text,
                Color::Blue,
                vec![
                    Prop::Size([170.0, 0.0]),
                    Prop::Font(Font::Mono),
                    Prop::TextSize(16.0),
                    Prop::Angle(0.1),
                ],
            ),
            &plain(list),
        ),
        written(
            new(
                23,
                [440.0, 230.0],
                sticky(),
                Color::Yellow,
                vec![Prop::Size([150.0, 150.0]), Prop::Align(Align::Center)],
            ),
            &plain("A note 日本語"),
        ),
        written(
            new(
                24,
                [660.0, 320.0],
                Body::Shape(Outline::Ellipse),
                Color::Violet,
                vec![
                    Prop::Size([150.0, 90.0]),
                    Prop::Align(Align::Center),
                    Prop::Filling(Filling::Solid),
                ],
            ),
            &plain("inside"),
        ),
    ]
}
