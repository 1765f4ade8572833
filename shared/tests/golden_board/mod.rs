//! The golden board has every kind of element in most of its styles. It is small enough to be
//! viewed as a whole, and painters are compared on it.

use kurbo::BezPath;
use shared::geometry::{BoardPoint, FillRule, Ink, InkPoint, PackedPath, Quantum};
use shared::id::{ClientId, ElementId};
use shared::model::palette::Rgb;
use shared::model::{
    Align, Anchor, Arrowhead, BlobHash, Board, Body, Brush, Color, Crop, Dash, Erasure, Filling,
    Font, Marks, MediaType, NewElement, OrderKey, Outline, Picture, Prop, Props, RichText, Route,
    Stroke, StyledRun, VectorPath,
};
use shared::op::{Commit, Guard, Op, apply_commit};

/// The author of all elements.
pub(crate) const AUTHOR: ClientId = ClientId::from_bytes([0x0a; 16]);

/// The preview of a picture of one shade of green.
const GREEN: [u8; 21] = [
    22, 72, 1, 5, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/// The golden board.
pub(crate) fn board() -> Board {
    board_of(elements())
}

/// A board with these elements.
pub(crate) fn board_of(elements: Vec<NewElement>) -> Board {
    let mut board = Board::new();
    let ops = elements
        .into_iter()
        .map(|new| Op::Put(Box::new(new)))
        .collect();
    let commit = Commit {
        cno: 1,
        guard: Guard::Any,
        ops,
    };
    apply_commit(&mut board, AUTHOR, &commit);
    board
}

/// Its elements, from the lowest to the highest.
pub(crate) fn elements() -> Vec<NewElement> {
    let mut all = elements_before_images();
    all.extend(images());
    all
}

/// The elements that version 4 of the protocol had before it had images.
pub(crate) fn elements_before_images() -> Vec<NewElement> {
    let mut all = elements_of_version_2();
    all.push(written_line());
    all.extend(paths());
    all
}

/// The elements that version 2 of the protocol had already.
pub(crate) fn elements_of_version_2() -> Vec<NewElement> {
    let mut all = shapes();
    all.extend(strokes());
    all.extend(texts());
    all.extend(framed());
    all.extend(lines());
    all
}

fn id(number: u8) -> ElementId {
    ElementId::from_bytes([0xee, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number])
}

fn new(number: u8, at: [f64; 2], body: Body, color: Color, more: Vec<Prop>) -> NewElement {
    let z = OrderKey::from_bytes(vec![number]).unwrap();
    let at = BoardPoint::new(at[0], at[1]);
    let props = Props::plain(z, at, color, 4.0, 255);
    let props = more.into_iter().fold(props, Props::with);
    NewElement::new(id(number), props, body)
}

fn written(mut new: NewElement, stretches: &[(&str, Marks)]) -> NewElement {
    let stretches = stretches
        .iter()
        .map(|&(text, marks)| StyledRun { text, marks });
    new.text = RichText::typed(AUTHOR, stretches);
    new
}

fn shapes() -> Vec<NewElement> {
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

fn strokes() -> Vec<NewElement> {
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

fn texts() -> Vec<NewElement> {
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

/// A filled path with a hole and a line of another colour, and an open, mirrored path of a drawing.
fn paths() -> Vec<NewElement> {
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

/// Two images of one picture, whose file no painter has: painters show its preview, which has one
/// colour. One image is cropped, turned and translucent with round corners.
fn images() -> Vec<NewElement> {
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

fn framed() -> Vec<NewElement> {
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
fn written_line() -> NewElement {
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

fn lines() -> Vec<NewElement> {
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
