//! The images of the golden board.

use shared::model::{BlobHash, Body, Color, Crop, MediaType, NewElement, Picture, Prop};

use super::new;

/// The preview of a picture of one shade of green.
const GREEN: [u8; 21] = [
    22, 72, 1, 5, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/// Two images of one picture, whose file no painter has: painters show its preview, which has one
/// colour. One image is cropped, turned and translucent with round corners.
pub(super) fn images() -> Vec<NewElement> {
    let picture = || {
        Prop::Picture(Some(Picture {
            sha256: BlobHash::of(b"golden"),
            media_type: MediaType::Png,
            width: 6,
            height: 4,
            thumbhash: GREEN.to_vec(),
        }))
    };
    vec![
        new(
            60,
            [650.0, 540.0],
            Body::Image,
            Color::Black,
            vec![Prop::Size([60.0, 40.0]), picture()],
        ),
        new(
            61,
            [730.0, 540.0],
            Body::Image,
            Color::Black,
            vec![
                Prop::Size([80.0, 40.0]),
                picture(),
                Prop::Crop(Crop {
                    left: 0.5,
                    ..Crop::WHOLE
                }),
                Prop::Corner(10.0),
                Prop::Angle(0.2),
                Prop::Opacity(128),
                Prop::AlternativeText("A <green> field".to_owned()),
            ],
        ),
    ]
}
