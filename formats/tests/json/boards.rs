//! Random elements with every kind and property, and comparison of what was read with them.

use kurbo::BezPath;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::geometry::{BoardPoint, FillRule, Ink, InkPoint, PackedPath, Quantum};
use shared::id::{ClientId, ElementId, GroupId};
use shared::model::palette::Rgb;
use shared::model::{
    Align, Anchor, Arrowhead, BlobHash, Body, Brush, Color, Crop, Dash, Erasure, Filling, Font,
    KeptSegment, Marks, MediaType, NewElement, OrderKey, Outline, Picture, Prop, PropKey, Props,
    RichText, Route, Stroke, StyledRun, VectorPath,
};
use shared::op::Op;
use shared::typeset::{Measure, Measures};

pub(crate) const AUTHOR: ClientId = ClientId::from_bytes([7; 16]);

pub(crate) fn id(number: u8) -> ElementId {
    ElementId::from_bytes([number.wrapping_add(1); 16])
}

fn color() -> impl Strategy<Value = Color> {
    prop_oneof![
        proptest::sample::select(Color::ALL.to_vec()),
        (0_u32..0x0100_0000).prop_map(|rgb| Color::Custom(Rgb::from_hex(rgb))),
        (0_u32..0x0100_0000).prop_map(|rgb| Color::Drawn(Rgb::from_hex(rgb))),
    ]
}

fn anchor() -> impl Strategy<Value = Option<Anchor>> {
    proptest::option::of(
        (any::<u8>(), [0.0_f32..=1.0, 0.0..=1.0]).prop_map(|(to, at)| Anchor { to: id(to), at }),
    )
}

fn head() -> impl Strategy<Value = Arrowhead> {
    use Arrowhead::{Arrow, Bar, Dot, None, Triangle};
    proptest::sample::select(vec![None, Arrow, Triangle, Dot, Bar])
}

fn measure() -> impl Strategy<Value = Measure> {
    (
        ".{1,8}",
        any::<bool>(),
        vec(1_u16..2_000, 1..2),
        vec(0_u16..1, 0..2),
    )
        .prop_map(|(text, bold, advances, breaks)| Measure {
            text,
            bold,
            italic: !bold,
            advances,
            breaks,
        })
}

fn picture() -> impl Strategy<Value = Picture> {
    let media_type = proptest::sample::select(MediaType::ALL.to_vec());
    (
        any::<[u8; 32]>(),
        media_type,
        1_u32..4_000,
        vec(any::<u8>(), 0..32),
    )
        .prop_map(|(hash, media_type, side, thumbhash)| Picture {
            sha256: BlobHash::from_bytes(hash),
            media_type,
            width: side,
            height: side + 1,
            thumbhash,
        })
}

fn number() -> impl Strategy<Value = f32> {
    prop_oneof![
        -1.0e7_f32..1.0e7,
        -1.0_f32..1.0,
        Just(0.1_f32),
        Just(-0.0_f32)
    ]
}

fn prop(key: PropKey) -> BoxedStrategy<Prop> {
    let one = |list: &'static [Prop]| proptest::sample::select(list.to_vec()).boxed();
    match key {
        PropKey::Z
        | PropKey::At
        | PropKey::Color
        | PropKey::Width
        | PropKey::Opacity
        | PropKey::Text
        // A file has no proposals.
        | PropKey::Proposal => Just(Prop::Locked(true)).boxed(),
        PropKey::Angle => (-7.0_f32..7.0).prop_map(Prop::Angle).boxed(),
        PropKey::Scale => [0.001_f32..1000.0, -1000.0..-0.001]
            .prop_map(Prop::Scale)
            .boxed(),
        PropKey::Size => [0.0_f32..1.0e7, 0.0..500.0].prop_map(Prop::Size).boxed(),
        PropKey::Filling => one(&[Prop::Filling(Filling::Tint), Prop::Filling(Filling::Solid)]),
        PropKey::Dash => one(&[Prop::Dash(Dash::Dashed), Prop::Dash(Dash::Dotted)]),
        PropKey::Corner => (0.0_f32..1.0e7).prop_map(Prop::Corner).boxed(),
        PropKey::Points => vec([number(), number()], 0..6)
            .prop_map(Prop::Points)
            .boxed(),
        PropKey::Route => one(&[Prop::Route(Route::Curved), Prop::Route(Route::Elbow)]),
        PropKey::Heads => [head(), head()].prop_map(Prop::Heads).boxed(),
        PropKey::Start => anchor().prop_map(Prop::Start).boxed(),
        PropKey::End => anchor().prop_map(Prop::End).boxed(),
        PropKey::Groups => vec(any::<[u8; 16]>().prop_map(GroupId::from_bytes), 0..16)
            .prop_map(Prop::Groups)
            .boxed(),
        PropKey::Locked => Just(Prop::Locked(true)).boxed(),
        PropKey::Frame => any::<u8>().prop_map(|of| Prop::Frame(Some(id(of)))).boxed(),
        PropKey::Name => ".{0,120}".prop_map(Prop::Name).boxed(),
        PropKey::Font => one(&[Prop::Font(Font::Sans), Prop::Font(Font::Mono)]),
        PropKey::TextSize => (0.1_f32..20_000.0).prop_map(Prop::TextSize).boxed(),
        PropKey::Align => one(&[Prop::Align(Align::Center), Prop::Align(Align::End)]),
        PropKey::Fill => color().prop_map(|color| Prop::Fill(Some(color))).boxed(),
        PropKey::Outlined => Just(Prop::Outlined(false)).boxed(),
        PropKey::KeptSegments => vec(
            prop_oneof![
                number().prop_map(KeptSegment::Vertical),
                number().prop_map(KeptSegment::Horizontal)
            ],
            0..8,
        )
        .prop_map(Prop::KeptSegments)
        .boxed(),
        PropKey::TextPosition => (0.0_f32..=1.0).prop_map(Prop::TextPosition).boxed(),
        PropKey::Picture => picture().prop_map(|it| Prop::Picture(Some(it))).boxed(),
        PropKey::Crop => [0.0_f32..0.4, 0.0..0.4, 0.5..1.0, 0.5..1.0]
            .prop_map(|[left, top, right, bottom]| {
                Prop::Crop(Crop {
                    left,
                    top,
                    right,
                    bottom,
                })
            })
            .boxed(),
        PropKey::Protected => Just(Prop::Protected(true)).boxed(),
        PropKey::AlternativeText => ".{0,99}".prop_map(Prop::AlternativeText).boxed(),
        PropKey::Measures => vec(measure(), 0..4)
            .prop_map(|list| Prop::Measures(list.into_iter().collect::<Measures>()))
            .boxed(),
    }
}

fn stroke() -> impl Strategy<Value = Body> {
    let point = (-9.0e4_f64..9.0e4, -9.0e4_f64..9.0e4, 0.0_f32..=1.0);
    let part = (vec(point, 1..9), -20_i8..=7).prop_map(|(points, step)| {
        let points = points.into_iter();
        let points: Vec<_> = points.map(|(x, y, p)| InkPoint::new(x, y, p)).collect();
        Ink::encode(&points, Quantum::from_exponent(step).unwrap()).unwrap()
    });
    let erased = vec((0.0_f32..10.0, 0.1_f32..5.0), 0..3);
    (vec(part, 1..3), any::<bool>(), erased).prop_map(|(parts, is_pen, erased)| {
        let erased = erased.into_iter().map(|(from, by)| Erasure {
            by: AUTHOR,
            span: [from, from + by],
        });
        Body::Stroke(Stroke {
            brush: if is_pen {
                Brush::Pen
            } else {
                Brush::Highlighter
            },
            parts,
            open: false,
            erased: erased.collect(),
        })
    })
}

fn path() -> impl Strategy<Value = Body> {
    let to = || (-300.0_f64..300.0, -300.0_f64..300.0);
    let segment = prop_oneof![
        to().prop_map(|(x, y)| format!("L{x} {y}")),
        (to(), to(), to())
            .prop_map(|(a, b, c)| format!("C{} {} {} {} {} {}", a.0, a.1, b.0, b.1, c.0, c.1)),
        to().prop_map(|(x, y)| format!("M{x} {y}L1 2")),
        Just("ZM3 4L5 6".to_owned()),
    ];
    (vec(segment, 1..9), any::<bool>()).prop_map(|(segments, is_even_odd)| {
        let path = BezPath::from_svg(&format!("M0 0L9 9{}", segments.concat())).unwrap();
        let (outline, _) = PackedPath::pack(&path).unwrap();
        let rule = if is_even_odd {
            FillRule::EvenOdd
        } else {
            FillRule::NonZero
        };
        Body::Path(VectorPath { rule, outline })
    })
}

fn body() -> impl Strategy<Value = Body> {
    use Outline::{Diamond, Ellipse, Rectangle, Triangle};
    prop_oneof![
        proptest::sample::select(vec![Rectangle, Ellipse, Diamond, Triangle]).prop_map(Body::Shape),
        proptest::sample::select(vec![Body::Line, Body::Text, Body::Frame, Body::Image]),
        ".{0,64}".prop_map(|signed| Body::Sticky { signed }),
        stroke(),
        path(),
    ]
}

fn text() -> impl Strategy<Value = Vec<(String, u8)>> {
    vec(("(\\PC|\n|\u{202e}|\"|\u{0}){1,9}", 0_u8..4), 0..4)
}

prop_compose! {
    fn element()(
        body in body(),
        color in color(),
        at in [-1.0e7_f64..1.0e7, -1.0e7..1.0e7],
        width in 0.01_f32..4_096.0,
        opacity in any::<u8>(),
        keys in proptest::sample::subsequence(PropKey::ALL.to_vec(), 0..=PropKey::ALL.len()),
        text in text(),
    )(
        more in keys.into_iter().map(prop).collect::<Vec<_>>(),
        fixed in Just((body, color, at, width, opacity, text)),
    ) -> NewElement {
        let (body, color, [x, y], width, opacity, text) = fixed;
        let z = OrderKey::first();
        let props = Props::plain(z, BoardPoint::new(x, y), color, width, opacity);
        let props = more.into_iter().fold(props, Props::with);
        let has_text = body.has_text();
        let mut new = NewElement::new(id(0), props, body);
        if has_text {
            let mark = |bits: u8| Marks::NONE
                .set(Marks::BOLD, bits & 1 > 0)
                .set(Marks::ITALIC, bits & 2 > 0);
            let runs = text.iter().map(|(text, bits)| StyledRun { text, marks: mark(*bits) });
            new.text = RichText::typed(AUTHOR, runs);
        }
        new
    }
}

/// Valid elements with different ids, from the bottom up.
pub(crate) fn elements() -> impl Strategy<Value = Vec<NewElement>> {
    vec(element(), 0..6).prop_map(|mut elements| {
        elements.retain(|new| Op::Put(Box::new(new.clone())).validate().is_ok());
        let mut z = None;
        for (number, new) in (0..).zip(&mut elements) {
            new.id = id(number);
            new.props.z = OrderKey::above(z.as_ref());
            z = Some(new.props.z.clone());
        }
        elements
    })
}

/// The element without its history: one part of ink, one typist, no deleters.
pub(crate) fn visible(new: &NewElement) -> NewElement {
    let mut new = new.clone();
    new.props.z = OrderKey::first();
    new.text = new.text.retyped(AUTHOR);
    if let Body::Stroke(stroke) = &mut new.body {
        let joined = stroke.parts.iter().skip(1);
        let joined = joined.fold(stroke.parts[0].clone(), |all, part| {
            all.concat(part).unwrap()
        });
        stroke.parts = vec![joined];
        stroke.erased.iter_mut().for_each(|it| it.by = AUTHOR);
    }
    new
}
