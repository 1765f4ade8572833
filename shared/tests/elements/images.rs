//! Images: pictures in boxes, with a crop, round corners, mirrored, and as a preview.

use kurbo::Point;
use proptest::prelude::*;
use shared::limits::{MAX_ALTERNATIVE_TEXT_CHARS, MAX_PICTURE_SIDE, MAX_THUMBHASH_BYTES};
use shared::model::layout::{bounds, hit_by_click};
use shared::model::palette::Theme;
use shared::model::transform::transformed_props;
use shared::model::{
    BlobHash, Board, Body, Crop, MediaType, NewElement, Picture, Prop, Scope, Transform,
};
use shared::op::Op;
use shared::paint::recorder::Command;
use shared::paint::{
    PictureAddresses, PlacedPicture, Preview, Recorder, Rendering, RenderingOptions, SvgDetails,
    board_to_svg, data_address, paint_element, paint_preview,
};

use crate::fixtures::{With as _, board, change, get, id, new, point};

/// A picture that is red on the left and blue on the right.
pub(crate) fn picture() -> Picture {
    let pixels: Vec<u8> = (0..20 * 10)
        .flat_map(|pixel| {
            if pixel % 20 < 10 {
                [255, 0, 0, 255]
            } else {
                [0, 0, 255, 255]
            }
        })
        .collect();
    Picture {
        sha256: BlobHash::of(b"a file"),
        media_type: MediaType::Png,
        width: 20,
        height: 10,
        thumbhash: thumbhash::rgba_to_thumb_hash(20, 10, &pixels),
    }
}

/// An image of 200 by 100 at 10, 20.
fn image() -> NewElement {
    new(1, point(10.0, 20.0), Body::Image)
        .with(Prop::Size([200.0, 100.0]))
        .with(Prop::Picture(Some(picture())))
}

fn painted(board: &Board) -> Vec<Command> {
    let mut recorder = Recorder::default();
    paint_element(board, get(board, 1), Theme::Light, 0.1, &mut recorder);
    recorder.commands().to_vec()
}

/// Where the corners of the whole picture are on the board.
fn corners(board: &Board) -> Vec<Point> {
    let commands = painted(board);
    let [
        Command::Picture {
            picture,
            crop,
            size,
            corner,
            place,
            alpha,
            alternative_text,
        },
    ] = commands.as_slice()
    else {
        panic!("{commands:?}");
    };
    let placed = PlacedPicture {
        picture,
        crop: *crop,
        size: *size,
        corner: *corner,
        place: *place,
        alpha: *alpha,
        alternative_text,
    };
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let corners = corners.map(|corner| placed.whole() * Point::from(corner));
    corners.to_vec()
}

fn are_near(one: &[Point], other: &[Point]) -> bool {
    one.iter().zip(other).all(|(a, b)| a.distance(*b) < 0.1)
}

#[test]
fn a_crop_fills_the_box_and_a_negative_scale_mirrors_it() {
    let whole = [(10.0, 20.0), (210.0, 20.0), (210.0, 120.0), (10.0, 120.0)].map(Point::from);
    assert!(are_near(&corners(&board([image()])), &whole));
    let right_half = Crop {
        left: 0.5,
        ..Crop::WHOLE
    };
    let cropped = board([image().with(Prop::Crop(right_half))]);
    let wide = [
        (-190.0, 20.0),
        (210.0, 20.0),
        (210.0, 120.0),
        (-190.0, 120.0),
    ]
    .map(Point::from);
    assert!(are_near(&corners(&cropped), &wide));
    let mirrored = board([image().with(Prop::Scale([-1.0, 1.0]))]);
    let [a, b, c, d] = whole;
    assert!(are_near(&corners(&mirrored), &[b, a, d, c]));
}

#[test]
fn an_image_is_hit_anywhere_within_its_round_corners() {
    let board = board([image().with(Prop::Corner(50.0))]);
    let click = |x, y| hit_by_click(&board, get(&board, 1), point(x, y), 1.0);
    assert!(click(110.0, 70.0) && click(12.0, 70.0));
    assert!(!click(12.0, 22.0) && !click(5.0, 70.0));
    let room = bounds(&board, get(&board, 1));
    assert_eq!(
        room,
        kurbo::Rect::new(10.0, 20.0, 210.0, 120.0),
        "no line around it"
    );
}

#[test]
fn an_image_without_a_picture_is_grey() {
    let empty = board([image().with(Prop::Picture(None))]);
    let commands = painted(&empty);
    assert!(
        matches!(commands.as_slice(), [Command::Fill(..)]),
        "{commands:?}"
    );
}

/// Holds the file of the picture.
#[derive(Debug)]
struct Files(Vec<u8>);

impl PictureAddresses for Files {
    fn address(&self, picture: &Picture) -> Option<String> {
        Some(data_address(picture.media_type, &self.0))
    }
}

#[test]
fn the_svg_of_a_picture_has_its_file_once_and_its_description() {
    let described = image().with(Prop::AlternativeText("A <cat> & a dog".to_owned()));
    let mut second = image().with(Prop::Opacity(51));
    second.id = id(2);
    let board = board([described, second]);
    let files = Files(b"a file".to_vec());
    let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
    let details = SvgDetails {
        pictures: Some(&files),
        ..SvgDetails::titled("")
    };
    let svg = rendering.write_svg(&details, String::new());
    assert_eq!(
        svg.matches("data:image/png;base64,YSBmaWxl").count(),
        1,
        "{svg}"
    );
    assert_eq!(svg.matches("<use href=\"#picture1\"").count(), 2, "{svg}");
    assert!(
        svg.contains("<title>A &lt;cat&gt; &amp; a dog</title>"),
        "{svg}"
    );
    assert!(svg.contains("opacity=\"0.2\""), "{svg}");
    assert!(
        svg.contains("transform=\"matrix(200 0 0 100 10 20)\""),
        "{svg}"
    );
}

#[test]
fn a_document_without_the_file_shows_the_preview() {
    let svg = board_to_svg(&board([image()]), "", Theme::Light);
    assert!(!svg.contains("<use") && !svg.contains("<image"), "{svg}");
    let fields: Vec<&str> = svg.split("<path fill=\"#").skip(1).collect();
    assert_eq!(fields.len(), 8 * 4);
    let [first, .., last] = fields.as_slice() else {
        panic!("{svg}");
    };
    assert!(
        first.starts_with('d') || first.starts_with('e') || first.starts_with('f'),
        "{first}"
    );
    assert!(
        last.starts_with('0') || last.starts_with('1') || last.starts_with('2'),
        "{last}"
    );
}

#[test]
fn numbers_out_of_range_are_refused_with_their_names() {
    let crop = |left, top, right, bottom| {
        Prop::Crop(Crop {
            left,
            top,
            right,
            bottom,
        })
    };
    let with = |change: fn(&mut Picture)| {
        let mut picture = picture();
        change(&mut picture);
        Prop::Picture(Some(picture))
    };
    let broken = [
        (crop(-0.1, 0.0, 1.0, 1.0), "left edge of a crop is -0.1"),
        (crop(0.0, f32::NAN, 1.0, 1.0), "upper edge of a crop is NaN"),
        (crop(0.5, 0.0, 0.5, 1.0), "right edge of a crop is 0.5"),
        (crop(0.0, 0.5, 1.0, 1.1), "lower edge of a crop is 1.1"),
        (with(|it| it.width = 0), "width of a picture is 0"),
        (
            with(|it| it.height = MAX_PICTURE_SIDE + 1),
            "height of a picture is 16384",
        ),
        (
            with(|it| (it.width, it.height) = (10_000, 4_001)),
            "40010000 pixels of a picture",
        ),
        (
            with(|it| it.thumbhash = vec![0; MAX_THUMBHASH_BYTES + 1]),
            "33 bytes of a preview",
        ),
        (
            Prop::AlternativeText("ä".repeat(MAX_ALTERNATIVE_TEXT_CHARS + 1)),
            "1001 characters of an alternative text",
        ),
    ];
    for (prop, cause) in broken {
        for op in [
            Op::Put(Box::new(image().with(prop.clone()))),
            Op::Set {
                id: id(1),
                prop: prop.clone(),
            },
        ] {
            let message = op.validate().unwrap_err().to_string();
            assert!(message.starts_with(cause), "{message}");
        }
    }
    let largest = with(|it| (it.width, it.height) = (10_000, 4_000));
    for prop in [largest, crop(0.999, 0.0, 1.0, 0.001)] {
        let op = Op::Put(Box::new(image().with(prop)));
        assert_eq!(op.validate(), Ok(()));
    }
}

proptest! {
    #[test]
    fn transforms_move_every_corner_of_the_picture(
        turn in -3.0..3.0_f64, x in prop_oneof![0.3..3.0, -3.0..-0.3], y in prop_oneof![0.3..3.0, -3.0..-0.3],
    ) {
        let steps = [
            Transform::Scale { about: point(10.0, 20.0), by: [x, y], angle: 0.0 },
            Transform::Rotate { about: point(-5.0, 0.0), by: turn },
            Transform::Scale { about: point(0.0, 0.0), by: [1.0, -1.0], angle: turn },
        ];
        let crop = Crop { left: 0.25, top: 0.1, right: 0.5, bottom: 1.0 };
        let mut board = board([image().with(Prop::Crop(crop))]);
        for step in steps {
            let before: Vec<Point> =
                corners(&board).into_iter().map(|corner| step.affine() * corner).collect();
            let props = transformed_props(&board, get(&board, 1), &step);
            let ops = props.into_iter().map(|prop| Op::Set { id: id(1), prop }).collect::<Vec<_>>();
            prop_assert!(ops.iter().all(|op| op.validate().is_ok()));
            change(&mut board, ops);
            prop_assert!(are_near(&corners(&board), &before), "{step:?}");
        }
    }

    #[test]
    fn any_bytes_are_a_preview(bytes in proptest::collection::vec(any::<u8>(), 0..=MAX_THUMBHASH_BYTES)) {
        let picture = Picture { thumbhash: bytes, ..picture() };
        let preview = Preview::of(&picture);
        prop_assert_eq!(preview.rgba.len(), preview.width * preview.height * 4);
        prop_assert!((1..=32).contains(&preview.width) && (1..=32).contains(&preview.height));
        let placed = PlacedPicture {
            picture: &picture,
            crop: Crop::WHOLE,
            size: kurbo::Size::new(30.0, 1e7),
            corner: 3.0,
            place: kurbo::Affine::IDENTITY,
            alpha: 1.0,
            alternative_text: "",
        };
        let mut recorder = Recorder::default();
        paint_preview(&placed, &mut recorder);
        prop_assert!(recorder.commands().len() <= 66);
    }
}
